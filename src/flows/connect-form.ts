/**
 * Reads the form of a connection back, with every problem at once on its input (STORYBOARD A1). What is not asked for the
 * wish is left alone, and what is not sent stays as it was. What the form looks like: `connect-form-card.ts`.
 */
import type { ResourceId } from '../plan/plan.ts';
import { sameResource } from '../plan/world.ts';
import { type Choosable, matchEnvironment, matchLink, networkProblem, tidyId } from './connect-choices.ts';
import { environmentProblem, linkProblem, usableNetwork } from './connect-draft.ts';
import { readNeedsField } from './connect-needs.ts';
import type { Inputs } from './event.ts';
import type { Draft, DraftService, Wish } from './state.ts';

export interface Problem {
  input: string;
  message: string;
  /** Nothing is wrong; it was not said yet. */
  isMissing?: true;
}

export type FormResult =
  | { kind: 'draft'; draft: Draft }
  /** `draft` holds what was right. */
  | { kind: 'invalid'; draft: Draft; errors: Problem[] };

/** What one input, or a group of them, says. */
interface Read<Value> {
  value: Value;
  problems: Problem[];
}

export const wishes: readonly Wish[] = ['apps', 'service', 'dns', 'database', 'peering'];

export function readForm(draft: Draft, inputs: Inputs, choosable: Choosable): FormResult {
  const wish = wishes.find((one) => one === inputs['wish']?.trim()) ?? draft.wish;
  const asked: Draft = { ...draft, wish };
  const environment = readEnvironment(asked, inputs, choosable);
  const networks = readNetworks(asked, inputs, choosable);
  const names = wish === 'apps' ? readNames(asked, inputs) : kept(asked);
  const service = wish === 'service' ? readService(asked, inputs, choosable) : { value: asked.service, problems: [] };
  const servers = wish === 'dns' ? readServers(asked, inputs) : { value: asked.dnsServers, problems: [] };
  const needs = readNeedsField(asked.needs ?? [], inputs);
  const errors = [environment, networks, names, service, servers, needs].flatMap((read) => read.problems);
  const next: Draft = {
    ...asked,
    environment: environment.value,
    networks: networks.value,
    networkWords: networks.value.length === 0 ? draft.networkWords : [],
    ...names.value,
    service: service.value,
    dnsServers: servers.value,
    isolation: inputs['isolation'] === undefined ? draft.isolation : isYes(inputs['isolation']),
    needs: needs.value,
    ...readExtras(draft, inputs),
  };
  return errors.length > 0 ? { kind: 'invalid', draft: next, errors } : { kind: 'draft', draft: next };
}

function kept({ apps, wildcard }: Draft): Read<Pick<Draft, 'apps' | 'wildcard'>> {
  return { value: { apps, wildcard }, problems: [] };
}

function isYes(value: string): boolean {
  return /^(?:yes|true|on)$/i.test(value.trim());
}

/** Both stand in one field with two boxes; typed, each is an answer of its own. */
function readExtras(draft: Draft, inputs: Inputs): Pick<Draft, 'useGateway' | 'openRules'> {
  const ticked = inputs['extras']?.split(',').map((one) => one.trim());
  const { gateway, rules } = inputs;
  return {
    useGateway: gateway === undefined ? (ticked?.includes('gateway') ?? draft.useGateway) : isYes(gateway),
    openRules: rules === undefined ? (ticked?.includes('rules') ?? draft.openRules) : isYes(rules),
  };
}

function readEnvironment(draft: Draft, inputs: Inputs, choosable: Choosable): Read<string | null> {
  const said = (inputs['environment'] ?? draft.environment ?? '').trim();
  const match = said === '' ? null : matchEnvironment(said, choosable);
  if (typeof match === 'string') {
    return { value: match, problems: [] };
  }
  const problem: Problem = { input: 'environment', message: environmentProblem(said, choosable) };
  return { value: null, problems: [said === '' ? { ...problem, isMissing: true } : problem] };
}

/** As the form shows them: the first listed one is chosen, all others are written below. */
export function networkFields(draft: Draft, choosable: Choosable): { network: ResourceId; networkId: string } {
  const listed = draft.networks.find((id) => choosable.networks.some((known) => sameResource(known.id, id)));
  const others = draft.networks.filter((id) => id !== listed).map((id) => nameOrId(id, choosable));
  return { network: listed ?? '', networkId: others.join(', ') };
}

/** A name that only one network has; else its id. */
function nameOrId(id: ResourceId, { networks }: Choosable): string {
  const known = networks.find((network) => sameResource(network.id, id));
  return known !== undefined && networks.filter(({ name }) => name === known.name).length === 1 ? known.name : id;
}

const needsNetwork: ReadonlySet<Wish> = new Set(['apps', 'database', 'peering']);

function readNetworks(draft: Draft, inputs: Inputs, choosable: Choosable): Read<ResourceId[]> {
  const shown = networkFields(draft, choosable);
  const said = (['network', 'networkId'] as const).flatMap((input) =>
    splitNetworks(inputs[input] ?? shown[input]).map((words) => ({ input, words })),
  );
  const found = said.map((one) => ({ ...one, id: usableNetwork(one.words, choosable) }));
  const ids = found.flatMap(({ id }) => id ?? []);
  const value = ids.filter((id, index) => ids.findIndex((other) => sameResource(other, id)) === index);
  const problems = found
    .filter(({ id }) => id === null)
    .map(({ input, words }): Problem => ({ input, message: networkProblem(words, choosable) }));
  const isMissing = said.length === 0 && needsNetwork.has(draft.wish);
  const message = 'Choose the other network, or paste its resource id.';
  return { value, problems: isMissing ? [{ input: 'network', message, isMissing }] : problems };
}

function splitNetworks(text: string): string[] {
  return text
    .split(/[\n,;]+|\s+(?:and|&)\s+|\s+(?=\/subscriptions\/)/i)
    .map(tidyId)
    .filter((words) => words !== '');
}

/** Naming apps takes back “every app”, unless the form says both. */
function readNames(draft: Draft, inputs: Inputs): Read<Pick<Draft, 'apps' | 'wildcard'>> {
  const apps = inputs['apps'] === undefined ? draft.apps : splitApps(inputs['apps']);
  const asBefore = draft.wildcard && inputs['apps'] === undefined;
  const wildcard = inputs['names'] === 'wildcard' || apps.includes('*') || (inputs['names'] === undefined && asBefore);
  if (wildcard) {
    return { value: { apps: apps.filter(isAppName), wildcard }, problems: [] };
  }
  if (apps.length === 0) {
    const message = 'Name at least one app, such as orders, or choose “every app” instead.';
    return { value: { apps: [], wildcard }, problems: [{ input: 'apps', message, isMissing: true }] };
  }
  const problems = apps
    .filter((app) => !isAppName(app))
    .map((app) => ({
      input: 'apps',
      message: `“${app}” is no DNS name. Write the first part of the app’s address, such as orders, or a whole domain of your own, such as orders.example.com.`,
    }));
  return { value: { apps: problems.length > 0 ? draft.apps : apps, wildcard }, problems };
}

function splitApps(text: string): string[] {
  const names = text.replaceAll(/\s(?:and|&)\s/gi, ' ').split(/[\s,;]+/);
  const plain = names.map((app) =>
    app
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[/.]+$/, ''),
  );
  return [...new Set(plain.filter((app) => app !== ''))];
}

/** One label of a DNS name: RFC 1035, letters, digits and hyphens, at most 63. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** An app's own label, or a whole name. */
function isAppName(app: string): boolean {
  return app.length <= 253 && app.split('.').every((part) => label.test(part));
}

const serviceName = /^(?<fqdn>[a-z0-9_.-]+?)\.?(?::(?<port>\d{1,5}))?$/i;

function readService(draft: Draft, inputs: Inputs, choosable: Choosable): Read<DraftService> {
  const name = readServiceName(draft.service, inputs['service']);
  const link = readLink(draft.service, inputs, choosable);
  const address = readAddress(draft.service, inputs['address']);
  return {
    value: { ...draft.service, ...name.value, ...link.value, ...address.value },
    problems: [...name.problems, ...link.problems, ...address.problems],
  };
}

function readServiceName(known: DraftService, said: string | undefined): Read<Pick<DraftService, 'fqdn' | 'port'>> {
  const text = (said ?? shownService(known)).trim().toLowerCase();
  const { fqdn = '', port } = serviceName.exec(text.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))?.groups ?? {};
  const value = { fqdn, port: port === undefined ? (said === undefined ? known.port : null) : Number(port) };
  const isName = fqdn.includes('.') && isAppName(fqdn) && /[a-z]/.test(fqdn.split('.').at(-1) ?? '');
  if (isName && (value.port === null || (value.port > 0 && value.port < 65_536))) {
    return { value, problems: [] };
  }
  const message =
    text === ''
      ? 'Name the service as your apps call it, such as erp.corp.example.'
      : `“${text}” is no whole DNS name. Write it as your apps call it, such as erp.corp.example or erp.corp.example:8443.`;
  const problem: Problem = { input: 'service', message };
  return {
    value: { fqdn: known.fqdn, port: known.port },
    problems: [text === '' ? { ...problem, isMissing: true } : problem],
  };
}

/** The name, with its port when it has one of its own. */
export function shownService({ fqdn, port }: DraftService): string {
  return port === null || fqdn === '' ? fqdn : `${fqdn}:${port}`;
}

/** Chosen from the list, or pasted below it; it may have none. */
function readLink(
  known: DraftService,
  inputs: Inputs,
  choosable: Choosable,
): Read<Pick<DraftService, 'link' | 'linkWords'>> {
  const pasted = inputs['linkId']?.trim() ?? '';
  const chosen = inputs['link']?.trim();
  const wasSent = chosen !== undefined || inputs['linkId'] !== undefined;
  // Both fields come filled in from the last answer; the one that was changed is meant.
  const isOld = pasted === '' || (pasted === known.link && chosen !== undefined && chosen !== '');
  const words = isOld ? (chosen ?? '') : pasted;
  if (!wasSent || words === '') {
    return { value: wasSent ? { link: '', linkWords: '' } : known, problems: [] };
  }
  const match = matchLink(words, choosable);
  return typeof match === 'string'
    ? { value: { link: match, linkWords: '' }, problems: [] }
    : {
        value: { link: known.link, linkWords: words },
        problems: [{ input: isOld ? 'link' : 'linkId', message: linkProblem(words, choosable) }],
      };
}

function readAddress(known: DraftService, said: string | undefined): Read<Pick<DraftService, 'address'>> {
  const address = (said ?? known.address).trim();
  return address === '' || isAddress(address)
    ? { value: { address }, problems: [] }
    : {
        value: { address: known.address },
        problems: [{ input: 'address', message: `“${address}” is no IPv4 address. Write it like 10.20.1.7.` }],
      };
}

function isAddress(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

function readServers(draft: Draft, inputs: Inputs): Read<string[]> {
  const said = inputs['servers'] ?? draft.dnsServers.join(', ');
  const servers = [...new Set(said.split(/[\s,;]+/).filter((part) => part !== '' && !/^(?:and|&)$/i.test(part)))];
  if (servers.length === 0) {
    const message = 'Name the address of at least one DNS server, such as 10.1.0.4.';
    return { value: [], problems: [{ input: 'servers', message, isMissing: true }] };
  }
  const problems = servers
    .filter((server) => !isAddress(server))
    .map((server) => ({
      input: 'servers',
      message: `“${server}” is no IPv4 address. Write the addresses of your DNS servers, such as 10.1.0.4, 10.1.0.5.`,
    }));
  return { value: problems.length > 0 ? [...draft.dnsServers] : servers, problems };
}

/** What can be typed in the thread of a connection: a form for each button, and whole sentences. */
import { type ConnectIntent, readConnect } from '../policy/connect-intent.ts';
import type { Inputs } from './event.ts';
import { type Form, matchForm, type TypedCommand } from './typed.ts';

const draftWords =
  /^(?:(?:my |open (?:my )?|show (?:my )?)?draft|(?:continue|resume|open|go on with) (?:my|the) (?:connection|draft|request))$/i;

export const connectForms: readonly Form[] = [
  {
    pattern: /^(?:continue|next)$/i,
    verb: 'connect-continue',
    shown: 'continue',
    meaning: 'go on with the answers as they stand',
  },
  {
    pattern: /^apps?\s+(?<value>.+)$/i,
    verb: 'connect-continue',
    input: 'apps',
    shown: 'apps orders, billing',
    meaning: 'name the apps and go on',
  },
  {
    pattern: /^(?:every|all) apps?$/i,
    verb: 'connect-continue',
    inputs: { names: 'wildcard' },
    shown: 'every app',
    meaning: 'connect every app, also those to come',
  },
  {
    pattern: /^environment:?\s+(?<value>\S.*)$/i,
    verb: 'connect-continue',
    input: 'environment',
    shown: 'environment mendix-prod',
    meaning: 'name the environment and go on',
  },
  {
    pattern: /^networks?:?\s+(?<value>\S.*)$/i,
    verb: 'connect-continue',
    input: 'network',
    inputs: { networkId: '' },
    shown: 'network hub-vnet',
    meaning: 'name the other networks, or paste their resource ids, and go on',
  },
  {
    pattern: /^only (?:the )?apps:?\s+(?<value>yes|no)$/i,
    verb: 'connect-continue',
    input: 'isolation',
    shown: 'only the apps yes',
    meaning: 'say whether nothing but the apps may be reachable (yes or no)',
  },
  {
    pattern: /^needs?:?\s+(?<needs>\S.*)$/i,
    verb: 'connect-continue',
    shown: 'needs source address',
    meaning:
      'say what else it must carry: services in both directions, source address, other protocols, idle connections, or nothing',
  },
  {
    pattern: /^database:?\s+yes$/i,
    verb: 'connect-continue',
    inputs: { wish: 'database' },
    shown: 'database yes',
    meaning: 'ask for direct read access to the database',
  },
  {
    pattern: /^database:?\s+no$/i,
    verb: 'connect-continue',
    inputs: { wish: 'apps' },
    shown: 'database no',
    meaning: 'ask for the apps, not for the database',
  },
  {
    pattern: /^service:?\s+(?<service>\S+)$/i,
    verb: 'connect-continue',
    inputs: { wish: 'service' },
    shown: 'service erp.corp.example',
    meaning: 'name an internal service that your apps must reach',
  },
  {
    pattern: /^(?:private link service|link service|via):?\s+(?<linkId>\S+)$/i,
    verb: 'connect-continue',
    inputs: { wish: 'service' },
    shown: 'via pls-erp',
    meaning: 'name its Private Link service, or paste its resource id or alias',
  },
  {
    pattern: /^address:?\s+(?<address>\S+)$/i,
    verb: 'connect-continue',
    inputs: { wish: 'service' },
    shown: 'address 10.20.1.7',
    meaning: 'say at which private address the service answers, when no zone knows it',
  },
  {
    pattern: /^(?:dns )?servers?:?\s+(?<servers>\d.*)$/i,
    verb: 'connect-continue',
    inputs: { wish: 'dns' },
    shown: 'dns servers 10.1.0.4, 10.1.0.5',
    meaning: 'name the DNS servers that the environment shall ask',
  },
  {
    pattern: /^rules:?\s+(?<rules>yes|no)$/i,
    verb: 'connect-continue',
    shown: 'rules yes',
    meaning: 'say whether rules and routes on your side may be changed, too (yes or no)',
  },
  {
    pattern: /^gateway:?\s+(?<gateway>yes|no)$/i,
    verb: 'connect-continue',
    shown: 'gateway yes',
    meaning: 'say whether the environment uses the other network’s gateway (yes or no)',
  },
  {
    pattern: /^repair(?: the)? peering$/i,
    verb: 'connect-continue',
    inputs: { wish: 'peering' },
    shown: 'repair the peering',
    meaning: 'repair or extend a peering, whatever else was asked',
  },
  { pattern: /^(?:use )?peering$/i, verb: 'use-peering', shown: 'peering', meaning: 'choose peering' },
  {
    pattern: /^(?:use )?private[ -]?link$/i,
    verb: 'use-private-link',
    shown: 'private link',
    meaning: 'choose Private Link',
  },
  {
    pattern: /^ask(?: for)?(?: an?)? approval$/i,
    verb: 'ask-approval',
    shown: 'ask for approval',
    meaning: 'send the plan to the person on call',
  },
  {
    pattern: /^(?:show (?:it |the plan )?as |plan as |as )text$/i,
    verb: 'show-text',
    shown: 'show as text',
    meaning: 'see the whole plan as text',
  },
  {
    pattern: /^(?:show (?:it |the plan )?as |plan as |as )(?:az|azure cli|cli)$/i,
    verb: 'show-az',
    shown: 'show as az',
    meaning: 'see the whole plan as a script of az commands',
  },
  {
    pattern: /^(?:show (?:it |the plan )?as |plan as |as )bicep$/i,
    verb: 'show-bicep',
    shown: 'show as bicep',
    meaning: 'see the whole plan as Bicep',
  },
  {
    pattern: /^(?:show (?:it |the plan )?as |plan as |as )terraform$/i,
    verb: 'show-terraform',
    shown: 'show as terraform',
    meaning: 'see the whole plan as Terraform',
  },
  { pattern: /^approve$/i, verb: 'approve', shown: 'approve', meaning: 'approve the plan (people with that role)' },
  {
    pattern: /^reject(?:[:,]?\s+(?:because:?\s+(?!of\b))?(?<value>\S[\s\S]*))?$/i,
    verb: 'reject',
    input: 'reason',
    shown: 'reject because …',
    meaning: 'reject the plan, with the reason',
  },
  {
    pattern: /^ask for (?:a )?changes?\s*:?\s*(?<value>\S[\s\S]*)?$/i,
    verb: 'ask-change',
    input: 'reason',
    shown: 'ask for a change: …',
    meaning: 'ask whoever wants the plan for something different, before you decide',
  },
  {
    pattern: /^hand (?:it )?over$/i,
    verb: 'hand-over',
    shown: 'hand over',
    meaning: 'let the next person on call decide',
  },
  { pattern: /^withdraw$/i, verb: 'withdraw', shown: 'withdraw', meaning: 'take back your request for approval' },
  {
    pattern: /^(?:change(?: answers)?|back|plan again)$/i,
    verb: 'change-answers',
    shown: 'change answers',
    meaning: 'go back to the form; answers are kept',
  },
  { pattern: /^(?:try again|retry)$/i, verb: 'retry', shown: 'try again', meaning: 'go on after a failure' },
  { pattern: /^leave(?: it)?$/i, verb: 'leave', shown: 'leave it', meaning: 'stop here and leave what was done' },
  {
    pattern: /^(?:check|look|prove it) again$/i,
    verb: 'check-again',
    shown: 'check again',
    meaning: 'read Azure once more: the checks, the proof, or what can be undone',
  },
  { pattern: /^undo(?: it)?$/i, verb: 'undo', shown: 'undo', meaning: 'see what can be taken back, and ask for it' },
  {
    pattern: /^keep (?:it|the plan)(?: as it is)?(?:\s*[:,]\s*(?:because\s+)?|\s+because\s+)(?<value>\S[\s\S]*)$/i,
    verb: 'keep-plan',
    input: 'reason',
    shown: 'keep it as it is because …',
    meaning: 'answer whoever asked for a change of the plan',
  },
  {
    pattern: /^keep (?:it|the connection)$/i,
    verb: 'keep-it',
    shown: 'keep it',
    meaning: 'leave the connection as it is, after all',
  },
  {
    pattern: /^ask support$/i,
    verb: 'start-support',
    shown: 'ask support',
    meaning: 'open a ticket about what only the desk can do, such as starting nodes anew or lifting a deny assignment',
  },
  {
    pattern: draftWords,
    verb: 'take-draft',
    shown: 'draft',
    meaning: 'go on here with a connection that you began elsewhere',
  },
  {
    pattern: /^it (?:printed|says|said)\s+(?<value>[\s\S]+)$/i,
    verb: 'judge-output',
    input: 'output',
    shown: 'it printed …',
    meaning: 'let me judge what the check printed',
  },
  { pattern: /^cancel$/i, verb: 'cancel', shown: 'cancel', meaning: 'stop; nothing is changed' },
];

/** Before anything has begun. */
export const draftForms: readonly Form[] = [
  {
    pattern: draftWords,
    verb: 'take-draft',
    shown: 'draft',
    meaning: 'go on with a connection that you began elsewhere',
  },
];

/** A command in the thread of a connection; a sentence that names networks or apps fills in the form. */
export function readTyped(text: string): TypedCommand | null {
  const command = matchForm(text, connectForms);
  if (command !== null) {
    return command;
  }
  const intent = readConnect(text);
  const inputs = intent === null ? {} : inputsFrom(intent);
  return Object.keys(inputs).length > 0 ? { verb: 'connect-continue', inputs } : null;
}

function inputsFrom(intent: ConnectIntent): Inputs {
  const { apps, dnsServers, environment, networks, purpose, service, wildcard } = intent;
  const port = service?.port ?? null;
  return {
    ...(purpose === null ? {} : { wish: purpose }),
    ...(environment === null ? {} : { environment }),
    ...(networks.length === 0 ? {} : { network: networks.join(', '), networkId: '' }),
    ...(apps.length === 0 ? {} : { apps: apps.join(', ') }),
    ...(wildcard ? { names: 'wildcard' } : {}),
    ...(intent.isolation ? { isolation: 'yes' } : {}),
    ...(intent.useGateway ? { gateway: 'yes' } : {}),
    ...(intent.openRules ? { rules: 'yes' } : {}),
    ...(intent.needs.length === 0 ? {} : { needs: intent.needs.join(',') }),
    ...(dnsServers.length === 0 ? {} : { servers: dnsServers.join(', ') }),
    ...(typeof service?.fqdn === 'string' ? { service: `${service.fqdn}${port === null ? '' : `:${port}`}` } : {}),
    ...(typeof service?.link === 'string' ? { linkId: service.link } : {}),
    ...(typeof service?.address === 'string' ? { address: service.address } : {}),
  };
}

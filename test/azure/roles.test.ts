/** The roles that an administrator gives to the bot: just what it uses, each action with its reason in the guide. */
import { globSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { survey } from '../../src/azure/survey.ts';
import { verify } from '../../src/azure/verify.ts';
import type { ConnectAnswers } from '../../src/plan/plan.ts';
import { planConnection } from '../../src/plan/planner.ts';
import { probeActions, requiredActions, surveyActions } from '../../src/plan/required-actions.ts';
import {
  exampleGroups,
  exampleLinkServices,
  exampleNetworks,
  exampleProbe,
  exampleSubscriptions,
} from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, mendixProd, plannedWith, takeBack } from './house.ts';

interface Role {
  Name: string;
  IsCustom: boolean;
  Description: string;
  Actions: string[];
  NotActions: string[];
  DataActions: string[];
  NotDataActions: string[];
  AssignableScopes: string[];
}

const files = globSync('manifest/azure/role-*.json').toSorted();
const roles = new Map(files.map((file) => [nameIn(file), JSON.parse(readFileSync(file, 'utf8')) as Role]));
const guide = readFileSync('docs/azure.md', 'utf8');

function nameIn(file: string): string {
  return /role-(.+)\.json$/.exec(file)?.[1] ?? '';
}

function actionsOf(name: string): string[] {
  return roles.get(name)?.Actions ?? [];
}

describe('the roles', () => {
  it('hold every action that a plan or its reading needs, and no other', () => {
    const needed = [...Object.values(requiredActions).flat(), ...surveyActions, ...probeActions].map(
      ({ action }) => action,
    );
    const given = [...roles.values()].flatMap(({ Actions }) => Actions);

    expect([...new Set(given)].toSorted()).toEqual([...new Set(needed)].toSorted());
  });

  it.each([...roles])('%s is what “az role definition create” takes, without patterns', (_name, role) => {
    expect(Object.keys(role)).toEqual([
      'Name',
      'IsCustom',
      'Description',
      'Actions',
      'NotActions',
      'DataActions',
      'NotDataActions',
      'AssignableScopes',
    ]);
    expect(role.IsCustom).toBe(true);
    expect(role.Description).not.toBe('');
    expect(role.AssignableScopes).toEqual(['/subscriptions/00000000-0000-0000-0000-000000000000']);
    expect(new Set(role.Actions).size).toBe(role.Actions.length);
    expect(role.Actions.filter((action) => !/^Microsoft\.[A-Za-z]+(?:\/[A-Za-z]+)+$/.test(action))).toEqual([]);
    expect([role.NotActions, role.DataActions, role.NotDataActions]).toEqual([[], [], []]);
  });

  it('write nothing in the role that only reads', () => {
    expect(actionsOf('reader').filter((action) => /\/(?:write|delete)$/.test(action))).toEqual([]);
  });

  it.each([...roles.keys()])('%s stands in the guide with a reason for each action', (name) => {
    const section = guide.split(`(\`role-${name}.json\`)`)[1]?.split(/\n#{2,3} /)[0] ?? '';
    const rows = [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];

    expect(rows.map((row) => row[1])).toEqual(actionsOf(name));
    expect(rows.filter((row) => (row[2]?.trim().length ?? 0) < 4)).toEqual([]);
  });
});

describe('with these roles and no other right', () => {
  let house: House;
  let store: Store;

  openForEach((opened) => ({ house, store } = opened));

  beforeEach(async () => {
    const { workloads, connectivity, analytics } = exampleSubscriptions;
    const readable = [workloads, connectivity, analytics].map((id) => `/subscriptions/${id}`);
    await house.post('world', {
      arm: {
        roleAssignments: [
          ...readable.map((scope) => ({ scope, actions: actionsOf('reader') })),
          { scope: exampleGroups.mendixProdManaged, actions: actionsOf('environment') },
          { scope: exampleGroups.hub, actions: actionsOf('network') },
          { scope: exampleGroups.vault, actions: [...actionsOf('network'), ...actionsOf('paths')] },
          { scope: exampleGroups.retail, actions: actionsOf('network') },
        ],
      },
    });
  });

  it.each<[string, Partial<ConnectAnswers>]>([
    ['peering', { scenario: 'apps-by-peering' }],
    ['Private Link', { scenario: 'apps-by-private-link', method: 'private-link' }],
    [
      'an endpoint to a service',
      {
        scenario: 'service-by-endpoint',
        networks: [],
        service: { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory },
      },
    ],
    ['the database', { scenario: 'database-read', apps: [] }],
    ['names in a zone that is there', { scenario: 'apps-by-peering', networks: [exampleNetworks.retail] }],
    ['blocked paths', { scenario: 'apps-by-peering', networks: [exampleNetworks.vault], openSecurityRules: true }],
  ])('%s is planned, carried out, proved and taken back', async (_what, more) => {
    const plan = await plannedWith(house.arm, { ...answersFor([hub]), ...more });

    expect(plan.findings.filter(({ code }) => /Authorization|Rights|UndoNotAllowed|NotRead/.test(code))).toEqual([]);
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    const { evidence } = await verify(house.arm, plan);
    expect(evidence.filter(({ good, code }) => good === false || code === 'not-read')).toEqual([]);
    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  });

  it('a machine may be asked to try it, and without that role says what is missing', async () => {
    const { workloads, connectivity, analytics } = exampleSubscriptions;
    const roleAssignments = [
      ...[workloads, connectivity, analytics].map((id) => ({
        scope: `/subscriptions/${id}`,
        actions: actionsOf('reader'),
      })),
      { scope: exampleGroups.mendixProdManaged, actions: actionsOf('environment') },
      { scope: exampleGroups.data, actions: actionsOf('network') },
    ];
    const probe = [exampleGroups.data, exampleGroups.watcher].map((scope) => ({ scope, actions: actionsOf('probe') }));
    const settings = { standsIn: null, timeoutMs: 500, watcher: exampleProbe };
    await house.post('world', { arm: { roleAssignments } });
    const plan = await plannedWith(house.arm, answersFor([exampleNetworks.data]));
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });

    const without = await verify(house.arm, plan, settings);
    await house.post('world', { arm: { roleAssignments: [...roleAssignments, ...probe] } });
    const { evidence } = await verify(house.arm, plan, settings, { everyMs: 5, forMs: 5000 });

    expect(without.evidence.find(({ code }) => code === 'probe')?.text).toContain(
      'Microsoft.Compute/virtualMachines/read',
    );
    expect(evidence.filter(({ code }) => code === 'watcher-probe').map(({ good }) => good)).toEqual([true, true]);
  });

  it('own DNS servers are set and put back', async () => {
    const peered = await plannedWith(house.arm, answersFor([hub]));
    await apply(house, store, peered);
    const answers = { ...answersFor([]), scenario: 'dns-servers' as const, apps: [], dnsServers: ['10.20.0.4'] };
    const plan = await plannedWith(house.arm, answers);

    expect((await apply(house, store, plan, { planId: 'plan-2' })).outcome).toEqual({ kind: 'complete' });
    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  });

  it('a network that was not given is refused before anybody approves, with action and scope', async () => {
    const seen = await survey(house.arm, mendixProd, answersFor([exampleNetworks.data]));

    const planned = planConnection(answersFor([exampleNetworks.data]), seen, { method: 'peering', because: [] });

    expect(planned).toMatchObject({ kind: 'refused' });
    const stops = planned.kind === 'refused' ? planned.findings.filter(({ level }) => level === 'stop') : [];
    expect(stops.map(({ text }) => text).join('\n')).toContain('Microsoft.Network/virtualNetworks/peer/action');
    expect(stops.map(({ text }) => text).join('\n')).toContain(exampleNetworks.data);
  });
});

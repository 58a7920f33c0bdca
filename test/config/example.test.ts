import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import freezeExample from '../../manifest/settings.freeze.example.json' with { type: 'json' };
import { ruleFor } from '../../src/policy/approval-rule.ts';
import { freezeAt } from '../../src/policy/freeze.ts';
import { personOnCall } from '../../src/policy/on-call.ts';
import { risks } from '../../src/policy/risk.ts';
import { directoryOf } from '../../src/process/directory.ts';
import { exampleGroups } from '../../src/simulators/azure/example-world.ts';
import { findMismatches } from './json-schema.ts';
import { exampleJson, load } from './loading.ts';
import { accepted, settingsProblems } from './settings-samples.ts';
import { settingsJsonSchema, shippedSchema } from './settings-json-schema.ts';

const { settings } = load('start', {});

it('has the people of the local page', () => {
  expect(settings.people.map(({ id, name, roles }) => [id, name, roles])).toEqual([
    ['requester', 'Rosa Requester', ['requester']],
    ['approver-1', 'Anna Approver', ['approver']],
    ['approver-2', 'Ben Approver', ['approver']],
    ['agent', 'Sam Support', ['support']],
    ['admin', 'Ada Admin', ['admin']],
    ['outsider', 'Otto Outsider', []],
  ]);
  expect(settings.people.every(({ id, email }) => email === `${id}@example.com`)).toBe(true);
});

it('names the environments that stand in the simulated Azure', () => {
  const groups = settings.environments.map(
    ({ subscription, managedResourceGroup }) => `/subscriptions/${subscription}/resourceGroups/${managedResourceGroup}`,
  );

  expect(groups).toEqual([
    exampleGroups.mendixProdManaged,
    exampleGroups.mendixAccManaged,
    exampleGroups.mendixUatManaged,
    exampleGroups.mendixPilotManaged,
  ]);
});

it('has somebody on call, office hours, and a channel of the local page for everything that is posted', () => {
  expect(exampleJson()['approvals']).toEqual([{ rotation: 'network' }]);
  expect(settings.onCall).toMatchObject([
    { name: 'network', handover: 'weekly', people: ['approver-1', 'approver-2'] },
  ]);
  expect(Object.keys(settings.calendars.support.week)).toEqual(['1', '2', '3', '4', '5']);
  expect(settings.channels).toEqual([
    { platform: 'web', id: 'on-call', for: ['approvals'] },
    { platform: 'web', id: 'support', for: ['support'] },
  ]);
});

it.each([
  ['2026-03-02T07:59:59Z', 'approver-1', '2026-03-02T08:00:00Z'],
  ['2026-03-02T08:00:00Z', 'approver-2', '2026-03-09T08:00:00Z'],
  ['2026-07-01T12:00:00Z', 'approver-1', '2026-07-06T07:00:00Z'],
])('has at %s %s on call until %s, a Monday at nine in Amsterdam', (at, who, until) => {
  const [rotation] = settings.onCall;

  const onCall = rotation === undefined ? null : personOnCall(rotation, Temporal.Instant.from(at));

  expect(onCall).toEqual({ person: who, until: Temporal.Instant.from(until) });
});

it('asks for one decision, whatever the environment and the risk, and freezes nothing', () => {
  const { approvalRules = [], environments, freezes } = directoryOf(settings);
  const rules = environments.flatMap(({ name: environment }) =>
    risks.map((risk) => ruleFor(approvalRules, { environment, risk })),
  );

  for (const rule of rules) {
    expect(rule).toMatchObject({ count: 1, second: null, rotation: { name: 'network' } });
  }
  expect(freezes).toEqual([]);
});

it('ships freezes to copy, which fit the example and its schema', () => {
  const json = { ...exampleJson(), ...freezeExample };
  const schema = JSON.parse(readFileSync(shippedSchema, 'utf8')) as Record<string, unknown>;

  expect(settingsProblems(json)).toEqual([]);
  expect(findMismatches(schema, json)).toEqual([]);
  const at = Temporal.Instant.from('2026-12-20T12:00:00Z');
  expect(freezeAt(accepted(json).freezes, [], { environment: 'mendix-prod', at })).toMatchObject({ mode: 'wait' });
  expect(freezeAt(accepted(json).freezes, [], { environment: 'mendix-uat', at })).toBeNull();
});

it('ships the JSON schema of what the bot really checks', () => {
  const shipped: unknown = JSON.parse(readFileSync(shippedSchema, 'utf8'));

  // Out of step: node test/config/settings-json-schema.ts && npm run format
  expect(shipped).toEqual(settingsJsonSchema());
});

it('fits the shipped JSON schema, which refuses unknown keys', () => {
  const schema = JSON.parse(readFileSync(shippedSchema, 'utf8')) as Record<string, unknown>;
  const json = exampleJson();

  expect(findMismatches(schema, json)).toEqual([]);
  expect(findMismatches(schema, { ...json, colour: 'red' })).toEqual(['/colour is not known']);
  expect(findMismatches(schema, { ...json, channels: [{ platform: 'fax', id: 'x', for: [] }] })).toEqual([
    '/channels/0/platform is none of web, teams, slack',
  ]);
});

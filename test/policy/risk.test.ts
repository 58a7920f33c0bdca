import { expect, it } from 'vitest';
import { isProduction } from '../../src/policy/people.ts';
import { judgeRisk, readRiskTable, type RiskFacts } from '../../src/policy/risk.ts';
import table from '../../src/policy/tables/risk.json' with { type: 'json' };

const quiet: RiskFacts = {
  environment: 'mendix-acc',
  production: false,
  undo: false,
  peering: false,
  hub: false,
  wildcard: false,
  ownDnsServers: false,
  crossTenant: false,
  crossSubscription: false,
  newZone: false,
  care: 0,
  unknown: 0,
};

const cases: readonly [row: string, facts: Partial<RiskFacts>, risk: string, because: string][] = [
  ['1', { ownDnsServers: true }, 'high', 'every name that mendix-acc looks up goes to these DNS servers'],
  ['2', { peering: true, hub: true }, 'high', 'the other network is a hub'],
  ['3', { crossTenant: true }, 'high', 'the directory of another organisation'],
  ['4', { production: true, undo: true }, 'high', 'mendix-acc is production, and whoever uses the connection loses it'],
  ['5', { newZone: true }, 'high', 'hides names that are found today'],
  ['6', { production: true }, 'medium', 'mendix-acc is production'],
  ['7', { undo: true }, 'medium', 'whoever uses the connection loses it'],
  ['8', { peering: true }, 'medium', 'both whole networks'],
  ['9', { wildcard: true }, 'medium', 'every app is included'],
  ['10', { gateway: true }, 'medium', 'gateway'],
  ['11', { securityRules: true }, 'medium', 'rules or routes'],
  ['12', { database: true }, 'medium', 'a database'],
  ['13', { unknown: 1 }, 'medium', 'one thing could not be read'],
  ['14', { unknown: 3 }, 'medium', '3 things could not be read'],
  ['15', { care: 1 }, 'medium', 'one point needs care'],
  ['16', { care: 2 }, 'medium', '2 points need care'],
  ['17', {}, 'low', 'single addresses'],
  ['18', { crossSubscription: true }, 'low', 'more than one subscription'],
];

it.each(cases)('row %s: %j is %s risk', (_row, facts, risk, because) => {
  const verdict = judgeRisk({ ...quiet, ...facts });

  expect(verdict.risk).toBe(risk);
  expect(verdict.because).toEqual(expect.arrayContaining([expect.stringContaining(because)]));
});

it('has a case for every row', () => {
  expect(cases.map(([row]) => row)).toEqual(table.rows.map(({ row }) => row));
});

it('gives every reason, those of the highest risk first', () => {
  const { risk, because } = judgeRisk({
    ...quiet,
    environment: 'mendix-prod',
    production: true,
    peering: true,
    hub: true,
    wildcard: true,
    crossSubscription: true,
  });

  expect(risk).toBe('high');
  expect(because.map((reason) => reason.slice(0, 23))).toEqual([
    'the other network is a ',
    'mendix-prod is producti',
    'peering opens both whol',
    'every app is included, ',
    'more than one subscript',
  ]);
});

it('says of an undo what is lost, not what is opened', () => {
  const { because } = judgeRisk({ ...quiet, undo: true, peering: true, hub: true, wildcard: true, newZone: true });

  expect(because).toEqual(['whoever uses the connection loses it']);
});

it('takes the name of an environment literally', () => {
  expect(judgeRisk({ ...quiet, environment: '$& {care}', production: true, care: 2 }).because).toContain(
    '$& {care} is production',
  );
});

it.each([
  ['mendix-prod', true],
  ['PROD01', true],
  ['mendixproduction', true],
  ['mendix-acc', false],
  ['non-prod', false],
  ['nonprod', false],
  ['pre-production', false],
  ['preprod', false],
])('takes the name %s for production: %s', (name, expected) => {
  expect(isProduction({ name })).toBe(expected);
  expect(isProduction({ name, production: !expected })).toBe(!expected);
});

it.each<[string, Record<string, unknown>, string]>([
  ['an unknown fact', { when: { weather: ['bad'] } }, 'row 1, when.0: weather: no such fact'],
  ['a number for a count', { when: { care: [2] } }, 'row 1, when.0.care: write a list of none, one, several'],
  ['a level that there is not', { risk: 'extreme' }, 'row 1, risk'],
  ['no reason', { because: ' ' }, 'row 1, because: write a reason'],
  ['a gap that nothing fills', { because: 'it is {colour}' }, 'only {environment}, {care} and {unknown} are filled in'],
])('refuses a table with %s, naming file and row', (_case, change, message) => {
  const [first, ...rest] = table.rows;

  expect(() => readRiskTable({ ...table, rows: [{ ...first, ...change }, ...rest] })).toThrow(/risk\.json/);
  expect(() => readRiskTable({ ...table, rows: [{ ...first, ...change }, ...rest] })).toThrow(message);
});

it('refuses a number or a reason that stands there twice', () => {
  const [first] = table.rows;

  expect(() => readRiskTable({ ...table, rows: [first, first] })).toThrow('row 2 uses the number 1 again');
  expect(() => readRiskTable({ ...table, rows: [first, { ...first, row: '2' }] })).toThrow(
    'row 2 gives the same reason as one before it',
  );
});

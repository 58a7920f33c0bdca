import { expect, it } from 'vitest';
import { type ChoiceFacts, chooseMethod, methodTable } from '../../src/policy/method.ts';

const internal = { addressesOverlap: false, internalLoadBalancer: true } as const;

const cases: readonly (readonly [row: string, method: string, facts: ChoiceFacts])[] = [
  ['1', 'none', { ...internal, addressesOverlap: true, directDatabaseAccess: true }],
  ['2', 'none', { ...internal, addressesOverlap: true, otherProtocols: true }],
  ['3', 'none', { addressesOverlap: true, internalLoadBalancer: false }],
  ['3', 'none', { addressesOverlap: false, internalLoadBalancer: false, isolation: true }],
  ['4', 'private-link', { ...internal, addressesOverlap: true }],
  ['4', 'private-link', { ...internal, addressesOverlap: true, manyServices: true }],
  ['5', 'peering', { ...internal, directDatabaseAccess: true }],
  ['5', 'peering', { ...internal, directDatabaseAccess: true, isolation: true }],
  ['6', 'peering', { ...internal, otherProtocols: true, isolation: true }],
  ['7', 'private-link', { ...internal, isolation: true }],
  ['3', 'none', { ...internal, standardLoadBalancer: false, otherParty: true }],
  ['7a', 'private-link', { ...internal, otherParty: true }],
  ['8', 'peering', { ...internal, sourceAddressNeeded: true }],
  ['8', 'peering', { ...internal, longIdleConnections: true }],
  ['9', 'peering', { ...internal, manyServices: true }],
  ['9a', 'peering', { addressesOverlap: false, internalLoadBalancer: false }],
  ['10', 'peering', {}],
  ['11', 'peering', { ...internal, directDatabaseAccess: false, isolation: false }],
];

it.each(cases)('row %s: %s for %j', (row, method, facts) => {
  const choice = chooseMethod(facts);

  expect(choice.method).toBe(method);
  expect(choice.because).toEqual([
    expect.objectContaining({ row: `method ${row}`, source: expect.stringMatching(/\S/) }),
  ]);
});

it('has a case for every row of the table', () => {
  expect(new Set(cases.map(([row]) => row))).toEqual(new Set(methodTable.rows.map(({ row }) => row)));
});

it('never chooses a method that is blocked, and none only when the wish leaves no method', () => {
  const keys = [
    'addressesOverlap',
    'directDatabaseAccess',
    'isolation',
    'internalLoadBalancer',
    'otherProtocols',
    'manyServices',
    'otherParty',
    'standardLoadBalancer',
  ] as const;
  const values = [true, false, null];
  for (let number = 0; number < values.length ** keys.length; number += 1) {
    const facts: ChoiceFacts = Object.fromEntries(
      keys.map((key, index) => [key, values[Math.floor(number / 3 ** index) % 3]]),
    );

    const { method, comparison, waysOut } = chooseMethod(facts);

    const fits = method === 'none' ? comparison['private-link'].fits : comparison[method].fits;
    if (fits !== (method !== 'none') || waysOut.length > 0 !== (method === 'none')) {
      expect.fail(`${method} for ${JSON.stringify(facts)}`);
    }
  }
});

it('compares both methods and says what blocks one', () => {
  const { comparison } = chooseMethod({ ...internal, addressesOverlap: true });

  expect(comparison.peering).toMatchObject({ fits: false, blockedBy: expect.stringContaining('overlap') });
  expect(comparison['private-link']).toMatchObject({
    fits: true,
    blockedBy: null,
    exposes: expect.stringContaining('one address'),
  });
});

it.each<[ChoiceFacts, 'peering' | 'private-link', string]>([
  [{ ...internal, isolation: true }, 'peering', 'The whole of both networks'],
  [{ ...internal, otherParty: true }, 'peering', 'The other party’s network and yours'],
  [{ ...internal, manyServices: true }, 'private-link', 'One service and one endpoint for each thing'],
  [{ ...internal, sourceAddressNeeded: true }, 'private-link', 'one translated address'],
  [{ ...internal, longIdleConnections: true }, 'private-link', 'silent for about four minutes'],
  [{ ...internal, internalLoadBalancer: false }, 'peering', 'internal load balancer'],
])('says what the other method would cost: %j, %s', (facts, other, cost) => {
  const { comparison } = chooseMethod(facts);

  expect(comparison[other].costs).toContainEqual(expect.stringContaining(cost));
  expect(chooseMethod(internal).comparison[other].costs).not.toContainEqual(expect.stringContaining(cost));
});

it('names the ways out when the database is wanted and the addresses overlap', () => {
  const { waysOut } = chooseMethod({ ...internal, addressesOverlap: true, directDatabaseAccess: true });

  expect(waysOut).toEqual([
    expect.stringContaining('other addresses'),
    expect.stringContaining('Leave the database out'),
    expect.stringContaining('expert services'),
  ]);
});

it.each<[ChoiceFacts, string[]]>([
  [
    internal,
    [
      'Private Link instead, if only the apps may be reachable and nothing else.',
      'Private Link instead, if the other network belongs to another organisation.',
    ],
  ],
  [
    {},
    [
      'Private Link instead, if the address ranges overlap.',
      'Private Link instead, if only the apps may be reachable and nothing else.',
    ],
  ],
  [
    { ...internal, isolation: true },
    [
      'Peering instead, if you also need direct database access.',
      'Peering instead, if the whole network may be reachable.',
    ],
  ],
  [
    { ...internal, addressesOverlap: true },
    [
      'Neither would work if you also need direct database access.',
      'Neither would work if something other than TCP or UDP over IPv4 is needed.',
    ],
  ],
])('says what would change the choice for %j', (facts, sentences) => {
  expect(chooseMethod(facts).wouldChange).toEqual(sentences);
});

/** What Azure forbids is asked for once: a second try would only fill somebody's log, and never works. */
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { apply, type House, plannedWith, takeBack } from './house.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const forbidden = [
  'AuthorizationFailed',
  'LinkedAuthorizationFailed',
  'DenyAssignmentAuthorizationFailed',
  'ScopeLocked',
  'RequestDisallowedByPolicy',
  'SubscriptionNotRegistered',
];

describe.each(forbidden)('%s', (code) => {
  it.each(['virtualNetworkPeerings/causeway-to-mendix', 'privateDnsZones/orders', '/A/@', 'virtualNetworkLinks/'])(
    'at %s is sent once, and what was done is told apart from what was not',
    async (path) => {
      const plan = await plannedWith(house.arm);
      await house.fault(code, path, 'PUT', 100);

      const { outcome, reports } = await apply(house, store, plan);

      expect(outcome).toMatchObject({ kind: 'failed', code });
      const sent = (await house.writes()).filter((write) => write.path.includes(path) && write.status >= 400);
      expect(sent).toHaveLength(1);
      expect(reports.filter(({ state }) => state === 'failed').map((report) => report.code)).toEqual([code]);
    },
  );
});

it('a denied deletion is sent once too', async () => {
  const plan = await plannedWith(house.arm);
  await apply(house, store, plan);
  await house.fault('AuthorizationFailed', 'virtualNetworkPeerings', 'DELETE', 100);

  const { outcome } = await takeBack(house, store, plan);

  expect(outcome).toMatchObject({ kind: 'failed', code: 'AuthorizationFailed' });
  const requests = await house.get<{ method: string; status: number }[]>('requests');
  expect(requests.filter(({ method, status }) => method === 'DELETE' && status === 403)).toHaveLength(1);
});

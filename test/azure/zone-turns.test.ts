import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openZoneTurns } from '../../src/azure/zone-turns.ts';
import { stepOf } from './one-step.ts';

const zone = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/corp.example';
const steps = ['A/a', 'A/b', 'virtualNetworkLinks/l'].map((name) => stepOf('dns-record', `${zone}/${name}`));

describe('writes in one zone', () => {
  it('go side by side until one is refused, then one after the other behind those that run', async () => {
    const turns = openZoneTurns();
    const [first, second, third] = steps as [(typeof steps)[0], (typeof steps)[0], (typeof steps)[0]];
    const order: string[] = [];
    const leaveFirst = await turns.enter(first);
    const leaveSecond = await turns.enter(second);
    turns.oneByOne(second);
    leaveSecond();

    const again = turns.enter(second).then((leave) => {
      order.push('second');
      return leave;
    });
    const last = turns.enter(third).then((leave) => {
      order.push('third');
      return leave;
    });
    await turn();
    expect(order).toEqual([]);
    leaveFirst();
    (await again)();
    (await last)();
    expect(order).toEqual(['second', 'third']);
  });

  it('hold up nothing in another zone', async () => {
    const turns = openZoneTurns();
    const other = stepOf('dns-record', zone.replace('corp', 'other').concat('/A/a'));
    const own = steps[0] ?? other;
    turns.oneByOne(own);
    await turns.enter(own);

    await expect(turns.enter(other)).resolves.toBeTypeOf('function');
  });
});

/** Notices that wait for the morning, and edits that do not; alerts, as the inbox keeps them. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/flows/event.ts';
import { readFlow } from '../../../src/store/flows.ts';
import { readThread, threadFor } from '../../../src/store/alerts.ts';
import { notice } from '../../flows/alert-cases.ts';
import { atRest, houses, soon, text, type UseGround } from '../house.ts';

export function quietContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('a notice in quiet hours', () => {
    const morning = '2026-11-23T11:00:00.000Z';

    it('is posted in the morning, once, with what it says by then, and holds up nothing meanwhile', async () => {
      const house = openHouse();
      const outbox = house.openOutbox();
      await house.ask({ ...text('card', 'fired once'), notBefore: morning });
      await house.ask({ ...text('card', 'fired twice'), notBefore: morning });
      await house.ask(text('other', 'critical'));
      await expect.poll(() => house.platform.texts(), soon).toEqual(['critical']);
      await atRest(house.store);

      house.clock.pass(3600);
      outbox.wake();

      await expect.poll(() => house.platform.texts(), soon).toEqual(['critical', 'fired twice']);
    });

    it('that stands already is edited at once', async () => {
      const house = openHouse();
      house.openOutbox();
      await house.ask(text('card', 'fired once'));
      await expect.poll(() => house.platform.texts(), soon).toEqual(['fired once']);
      await atRest(house.store);

      await house.ask({ ...text('card', 'resolved'), notBefore: morning });

      await expect.poll(() => house.platform.texts(), soon).toEqual(['fired once', 'resolved']);
    });

    it('is posted at once when it cannot wait any more', async () => {
      const house = openHouse();
      house.openOutbox();
      await house.ask({ ...text('card', 'fired once'), notBefore: morning });

      await house.ask(text('card', 'critical by now'));

      await expect.poll(() => house.platform.texts(), soon).toEqual(['critical by now']);
    });
  });

  describe('an alert', () => {
    const key = { environment: 'mendix-prod', rule: 'cpu' };

    function told(id: string, condition: 'Fired' | 'Resolved'): Event {
      return { type: 'alert-told', alert: notice(condition, { id }), environment: 'mendix-prod' };
    }

    it('is counted from what the table knows, whichever of two replicas takes it', async () => {
      const house = openHouse();
      const [one, other] = [house.inbox, house.inboxOn(ground().second)];
      const caseId = 'alert-1';
      await house.store.write((tx) =>
        threadFor(tx, { ...key, overBefore: '2026-01-01T00:00:00Z', caseIdOf: () => caseId }),
      );

      const ids = Array.from({ length: 12 }, (_, index) => `a${index}`);
      const deliveries = ids.flatMap((id) =>
        [one, other].map((inbox) => inbox.deliver({ id: `${id}/fired`, caseId, event: told(id, 'Fired') })),
      );
      await Promise.all(deliveries);
      expect((await readFlow(house.store.read, caseId))?.state).toMatchObject({ at: 'open', fired: 12, open: 12 });

      await Promise.all(
        ids.map((id, index) =>
          (index % 2 === 0 ? one : other).deliver({ id: `${id}/resolved`, caseId, event: told(id, 'Resolved') }),
        ),
      );
      expect((await readFlow(house.store.read, caseId))?.state).toMatchObject({ at: 'resolved', fired: 12, open: 0 });
      expect((await readThread(house.store.read, key))?.overAt).not.toBeNull();
    });
  });
}

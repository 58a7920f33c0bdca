import { describe, expect, it } from 'vitest';
import { bindThread } from '../../../src/store/conversations.ts';
import { insertTicket, setTicket, ticketCases, ticketsAbout } from '../../../src/store/tickets.ts';
import { at, later, type UseStores } from './stores.ts';

export function ticketListsContract(stores: UseStores): void {
  describe('lists of tickets', () => {
    it('are found by person, by conversation and by symptom, open ones first', async () => {
      const { first, second } = stores();
      const rows = [
        ['a', 11, 'open', 'rosa', at],
        ['b', 12, 'solved', 'rosa', later(1)],
        ['c', 13, 'pending', 'sam', later(2)],
        ['d', null, 'expected', 'rosa', later(3)],
      ] as const;
      await first.write(async (tx) => {
        for (const [caseId, ticketId, status, requester, askedAt] of rows) {
          const topic = { requester, environment: 'production', symptom: 'inaccessible' };
          await insertTicket(tx, { caseId, externalId: caseId, at: askedAt, ...topic });
          if (ticketId !== null) {
            await setTicket(tx, { caseId, ticketId, status, updatedAt: at });
          }
          await bindThread(tx, { platform: 'slack', conversation: `C-${requester}`, thread: caseId }, caseId);
          await bindThread(tx, { platform: 'slack', conversation: `C-${requester}`, thread: `${caseId}2` }, caseId);
        }
      });

      expect(await ticketCases(second.read, { requester: 'rosa' })).toEqual(['a', 'b']);
      expect(await ticketCases(second.read, { platform: 'slack', conversation: 'C-sam' })).toEqual(['c']);
      expect(await ticketCases(second.read, { platform: 'teams', conversation: 'C-sam' })).toEqual([]);
      expect(await ticketCases(second.read, 'all')).toEqual(['c', 'a', 'b']);
      expect(await ticketsAbout(second.read, { caseId: 'a', symptom: 'inaccessible' })).toEqual([
        { number: 13, environment: 'production', requester: 'sam' },
      ]);
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { VerdictOverride } from '../../../src/flows/override.ts';
import { insertOverride, listOverrides } from '../../../src/store/overrides.ts';
import { insertTicket, setTicket } from '../../../src/store/tickets.ts';
import { at, later, type UseStores } from './stores.ts';

export function overridesContract(stores: UseStores): void {
  describe('overrides', () => {
    it('come back as they were stored, newest first, with the ticket that came of the case', async () => {
      const { first, second } = stores();
      await first.write(async (tx) => {
        await insertOverride(tx, { id: 'c1/4', caseId: 'c1', override: raised(at), tablesVersion: 'v1' });
        await insertOverride(tx, { id: 'c2/4', caseId: 'c2', override: opened(later(1)), tablesVersion: 'v2' });
        await insertTicket(tx, { caseId: 'c1', externalId: 'x1' });
        await setTicket(tx, { caseId: 'c1', ticketId: 12, status: 'new', updatedAt: at });
        await insertTicket(tx, { caseId: 'c2', externalId: 'x2' });
      });

      expect(await listOverrides(second.read, 10)).toEqual([
        { caseId: 'c2', ticketId: null, override: opened(later(1)), tablesVersion: 'v2' },
        { caseId: 'c1', ticketId: 12, override: raised(at), tablesVersion: 'v1' },
      ]);
      expect(await listOverrides(second.read, 1)).toHaveLength(1);
    });

    it('of one case are all kept', async () => {
      const { first } = stores();
      await first.write(async (tx) => {
        await insertOverride(tx, { id: 'c1/4', caseId: 'c1', override: raised(at), tablesVersion: 'v1' });
        await insertOverride(tx, { id: 'c1/9', caseId: 'c1', override: raised(at), tablesVersion: 'v1' });
      });

      expect(await listOverrides(first.read, 10)).toHaveLength(2);
    });
  });
}

function raised(when: string): VerdictOverride {
  return {
    by: 'requester',
    at: when,
    reason: 'the month-end closing',
    from: { scope: 'supported', route: 'ticket', severity: 'medium' },
    to: { scope: 'supported', route: 'ticket', severity: 'high' },
  };
}

function opened(when: string): VerdictOverride {
  return {
    ...raised(when),
    from: { scope: 'unsupported', route: 'mendix_on_kubernetes', severity: null },
    to: { scope: 'supported', route: 'ticket', severity: null },
  };
}

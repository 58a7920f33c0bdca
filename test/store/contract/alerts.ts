/** What is kept of alerts: what was told of each, the one thread of a rule, and which digests were posted. */
import { describe, expect, it } from 'vitest';
import {
  claimDigest,
  countOpenAlerts,
  forgetAlerts,
  isDigestClaimed,
  putAlert,
  readAlert,
  readThread,
  setThreadOver,
  threadFor,
} from '../../../src/store/alerts.ts';
import { at, later, type UseStores } from './stores.ts';

export function alertsContract(stores: UseStores): void {
  describe('alerts', () => {
    const key = { environment: 'mendix-prod', rule: 'cpu' };
    const request = { ...key, overBefore: later(-3600), caseIdOf: (turn: number) => `alert-${turn}` };

    it('remember both conditions, whichever came first', async () => {
      const { first } = stores();
      await first.write(async (tx) => {
        await putAlert(tx, { id: 'a', caseId: 'c', condition: 'Resolved', at });
        await putAlert(tx, { id: 'a', caseId: 'c', condition: 'Fired', at });
        await putAlert(tx, { id: 'b', caseId: 'c', condition: 'Fired', at });
        await putAlert(tx, { id: 'd', caseId: 'other', condition: 'Fired', at });
      });

      expect(await readAlert(first.read, 'a')).toEqual({ caseId: 'c', fired: true, resolved: true });
      expect(await readAlert(first.read, 'b')).toEqual({ caseId: 'c', fired: true, resolved: false });
      expect(await readAlert(first.read, 'none')).toBeNull();
      expect(await countOpenAlerts(first.read, 'c')).toBe(1);
    });

    it('run in one thread per rule and environment, whoever asks at the same moment', async () => {
      const { first, second } = stores();

      const asked = [first, second, first, second].map((store) => store.write((tx) => threadFor(tx, request)));

      expect(new Set(await Promise.all(asked))).toEqual(new Set(['alert-1']));
      expect(await first.write((tx) => threadFor(tx, { ...request, environment: 'mendix-acc' }))).toBe('alert-1');
      expect(await readThread(first.read, key)).toEqual({ caseId: 'alert-1', overAt: null });
    });

    it('go on in a thread that was over a moment ago, and begin another one later, once for all', async () => {
      const { first, second } = stores();
      await first.write((tx) => threadFor(tx, request));
      await first.write((tx) => setThreadOver(tx, 'alert-1', at));

      expect(await first.write((tx) => threadFor(tx, { ...request, overBefore: at }))).toBe('alert-1');
      const muchLater = { ...request, overBefore: later(1) };
      const asked = [first, second].map((store) => store.write((tx) => threadFor(tx, muchLater)));

      expect(new Set(await Promise.all(asked))).toEqual(new Set(['alert-2']));
      expect(await readThread(first.read, key)).toEqual({ caseId: 'alert-2', overAt: null });
    });

    it('are forgotten when they are old, resolved ones sooner, and a thread with nothing left is over', async () => {
      const { first } = stores();
      await first.write(async (tx) => {
        await threadFor(tx, request);
        await threadFor(tx, { ...request, rule: 'disk', caseIdOf: () => 'disk-1' });
        await putAlert(tx, { id: 'long ago', caseId: 'alert-1', condition: 'Fired', at: later(-9000) });
        await putAlert(tx, { id: 'resolved', caseId: 'disk-1', condition: 'Fired', at: later(-3000) });
        await putAlert(tx, { id: 'resolved', caseId: 'disk-1', condition: 'Resolved', at: later(-10) });
        await putAlert(tx, { id: 'open', caseId: 'disk-1', condition: 'Fired', at: later(-3000) });
        await putAlert(tx, { id: 'new', caseId: 'disk-1', condition: 'Resolved', at });
      });

      await first.write((tx) => forgetAlerts(tx, { resolvedBefore: later(-60), toldBefore: later(-6000), at }));

      expect(await readAlert(first.read, 'long ago')).toBeNull();
      expect(await readAlert(first.read, 'resolved')).toBeNull();
      expect(await readAlert(first.read, 'open')).not.toBeNull();
      expect(await readAlert(first.read, 'new')).not.toBeNull();
      expect((await readThread(first.read, key))?.overAt).not.toBeNull();
      expect((await readThread(first.read, { ...key, rule: 'disk' }))?.overAt).toBeNull();
    });
  });

  describe('digests', () => {
    it('are claimed once per channel and day', async () => {
      const { first, second } = stores();
      const digest = { channel: 'web/support', day: '2026-11-23', at };

      const claims = await Promise.all([first, second].map((store) => store.write((tx) => claimDigest(tx, digest))));

      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await isDigestClaimed(second.read, 'web/support', '2026-11-23')).toBe(true);
      expect(await isDigestClaimed(second.read, 'web/support', '2026-11-24')).toBe(false);
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../../../src/flows/state.ts';
import { insertFlow } from '../../../../src/store/flows.ts';
import { direct, first, type House, openHouse, ts } from './house.ts';
import { directMessage } from './payloads.ts';

describe('a command in no thread', () => {
  const verbs = ['connect-continue'];

  async function caseOf(house: House, caseId: string, requester: string, thread: string | null): Promise<string> {
    const state = { flow: 'connect', requester, place: {} } as unknown as CaseState;
    const flow = { state, revision: 1, at: Temporal.Now.instant().toString(), auditSeq: 0, auditHead: '' };
    await house.store.write((tx) => insertFlow(tx, caseId, flow));
    const posted = ts();
    const place = { platform: 'slack' as const, conversation: direct, thread };
    await house.post({ key: `${caseId}/connect`, caseId, place, verbs, platformId: posted });
    return thread ?? posted;
  }

  it('belongs to the case that offers its button', async () => {
    const house = await openHouse();
    const thread = await caseOf(house, 'case-1', 'requester', '1789.000100');

    await house.json(directMessage('continue'));
    await house.json(directMessage('prod is down'));

    expect(house.said[0]?.place.thread).toBe(thread);
    expect(house.said[1]?.place.thread).not.toBe(thread);
  });

  it('finds a card that the bot posted by itself', async () => {
    const house = await openHouse();
    const thread = await caseOf(house, 'case-1', 'approver-1', null);

    await house.json(directMessage('continue'));

    expect(house.said[0]?.place.thread).toBe(thread);
  });

  it('goes to the speaker’s own case when several offer it', async () => {
    const house = await openHouse();
    const mine = await caseOf(house, 'case-1', 'requester', '1789.000100');
    await caseOf(house, 'case-2', 'approver-1', '1789.000200');

    await house.json(directMessage('continue'));

    expect(house.said[0]?.place.thread).toBe(mine);
  });

  it('is not guessed when several offer it and none is the speaker’s', async () => {
    const house = await openHouse();
    await caseOf(house, 'case-1', 'approver-1', '1789.000100');
    await caseOf(house, 'case-2', 'approver-2', '1789.000200');

    await house.json(directMessage('continue'));

    expect((await first(house.told)).text).toContain('in the thread');
    expect(house.said).toEqual([]);
  });

  it('does not find what was shown to somebody else alone', async () => {
    const house = await openHouse();
    await house.post({
      key: 'case-1/connect',
      place: { platform: 'slack', conversation: direct, thread: '1789.000100' },
      onlyFor: 'approver-1',
      verbs,
    });
    const said = directMessage('continue');

    await house.json(said);

    expect(house.said[0]?.place.thread).toBe(said.event['ts']);
  });
});

/** Whoever decides, and when: one decision, and everybody is told the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForApproval } from './connection.ts';
import { type House, onCall, openHouse } from './house.ts';
import { verbsOf, waitFor, wordsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

describe.concurrent('a decision', { timeout: 60_000 }, () => {
  it('by two people at once is one decision, and both are told the same', async () => {
    const { slack } = house;
    const { approval } = await askForApproval(house, house.newChannel(), 'connect mendix-acc to hub-vnet for app hr');

    await Promise.all(['approver-1', 'approver-2'].map((as) => slack.press(as, approval, 'approve')));

    const told = await waitFor('a word to the later one', async () => {
      const words = [...(await slack.whispers('approver-1')), ...(await slack.whispers('approver-2'))];
      return words.find((message) => wordsOf(message).includes('approved by'));
    });
    const decided = await slack.heard('the decision', (message) => {
      return message.ts === approval.ts && wordsOf(message).includes('approved by');
    });
    const by = /approved by (\w+) Approver/.exec(wordsOf(decided))?.[1] ?? 'nobody';
    expect(wordsOf(told)).toContain(`approved by ${by} Approver`);
    expect(verbsOf(decided)).toEqual([]);
  });

  it('that comes late is answered with what was decided', async () => {
    const { slack } = house;
    const text = 'connect mendix-acc to hub-vnet for app crm';
    const { approval } = await askForApproval(house, house.newChannel(), text, 'admin');
    const { view } = await slack.press('approver-2', approval, 'reject');
    // So it still stands on the screen as it was, for two seconds.
    await slack.faults([{ match: { path: '/api/views.update' }, fault: 'delay', times: 1 }]);
    await slack.fill('approver-1', approval, 'reject', { reason: 'No window this week' });

    const late = await slack.submit('approver-2', view, { reason: 'Because of me' });
    await slack.pressOld('approver-2', approval, 'approve');

    expect(late.view?.title.text).toBe('Already decided');
    expect(wordsOf(late.view ?? {})).toContain('rejected by Anna Approver');
    expect(wordsOf(late.view ?? {})).toContain('Because of me');
    const told = await slack.whispered('approver-2', 'rejected by Anna Approver');
    expect(told.channel).toBe(onCall);
  });
});

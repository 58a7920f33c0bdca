/** One decision, many copies: in channels of every platform and in private chats. */
import { describe, expect, it } from 'vitest';
import type { ShowMessage } from '../../src/flows/effect.ts';
import type { Place } from '../../src/flows/event.ts';
import { atApproval, type Case, connectAt, directory, messages, onCallRoom, openCase } from './cases.ts';

const slackRoom: Place = { platform: 'slack', conversation: 'C0ONCALL', thread: null };
const teamsRoom: Place = { platform: 'teams', conversation: '19:oncall@thread.tacv2', thread: null };
const annasChat: Place = { platform: 'slack', conversation: 'D0ANNA', thread: null };
const bensChat: Place = { platform: 'teams', conversation: 'a:ben/1', thread: null };
const many = {
  ...directory,
  places: { ...directory.places, approvalCopies: [onCallRoom, slackRoom, teamsRoom] },
  personPlaces: new Map([
    ['anna', [annasChat, { platform: 'web' as const, conversation: 'dm-anna', thread: null }]],
    ['ben', [bensChat]],
  ]),
};

function copies(the: Case): ShowMessage[] {
  return messages(the.last).filter(({ content }) => content.card?.name === 'approval');
}

function decided(the: Case): string[] {
  return copies(the).map(({ content }) => (content.card?.name === 'approval' ? content.card.data.decided : ''));
}

describe('the copies of a request', () => {
  it('stand in every channel for approvals, and in the private chat of whoever is asked', () => {
    const the = atApproval({ directory: many });

    expect(copies(the).map(({ to }) => to)).toEqual([onCallRoom, slackRoom, teamsRoom, annasChat]);
    expect(new Set(copies(the).map(({ message }) => message)).size).toBe(4);
    expect(copies(the)[0]?.message).toBe('approval-plan-4');
    expect(copies(the).map(({ mention }) => mention)).toEqual([['anna'], ['anna'], ['anna'], []]);
  });

  it('say in a private chat why its owner is asked', () => {
    const the = atApproval({ directory: many });

    const [inRoom, , , inChat] = copies(the).map(({ content }) =>
      content.card?.name === 'approval' ? content.card.data.why : '',
    );
    expect(inRoom).toMatch(
      /^Anna Approver is asked because they are on call in the rotation “network” until Mon 9 Mar 09:00/,
    );
    expect(inChat).toMatch(/^You are asked because you are on call in the rotation “network” until Mon 9 Mar 09:00/);
  });

  it('are all edited by a decision in any of them, under the same names', () => {
    const the = atApproval({ directory: many });
    const names = copies(the).map(({ message }) => message);
    const inSlack = `C-1/${names[1] ?? ''}`;

    the.click('ben', 'approve', {}, { message: inSlack });

    expect(copies(the).map(({ message }) => message)).toEqual(names);
    expect(decided(the)).toEqual(
      names.map(() => 'Decided Mon 2 Mar 10:00 (Europe/Amsterdam): approved by Ben Approver. Nothing is written yet.'),
    );
    expect(copies(the).flatMap(({ verbs }) => verbs)).toEqual([]);
    for (const name of names) {
      the.click('anna', 'reject', {}, { message: `C-1/${name}` });
      expect(the.last.reply).toMatchObject({
        outcome: 'already-decided',
        because: expect.stringContaining('approved by Ben Approver'),
      });
      expect(the.last.effects).toEqual([]);
    }
  });

  it('stay where they were posted when the settings change, and grow by whoever is asked later', () => {
    const the = atApproval({ directory: many });
    the.settings({ places: directory.places });

    the.click('anna', 'hand-over');

    expect(copies(the).map(({ to }) => to)).toEqual([onCallRoom, slackRoom, teamsRoom, annasChat, bensChat]);
    const passed = messages(the.last).filter(({ message }) => message.startsWith('approval-passed'));
    expect(passed.map(({ to }) => to)).toEqual([onCallRoom, bensChat]);
    expect(connectAt(the, 'awaiting-approval').approval.copies).toHaveLength(5);
  });

  it('of an older plan are answered with what was decided about that one', () => {
    const the = atApproval({ directory: many });
    const old = `C-1/${copies(the)[2]?.message ?? ''}`;
    the.click('anna', 'reject');
    the.click('rosa', 'change-answers');
    the.click('rosa', 'connect-continue');

    the.click('ben', 'approve', {}, { message: old });

    expect(the.last.reply).toMatchObject({
      outcome: 'already-decided',
      because: 'Decided Mon 2 Mar 10:00 (Europe/Amsterdam): rejected by Anna Approver.',
    });
  });

  it('send a plan as text to where its reader asked for it', () => {
    const the = atApproval({ directory: many });

    the.click('anna', 'show-az', {}, { message: `C-1/${copies(the)[1]?.message ?? ''}` });

    expect(messages(the.last)).toMatchObject([{ content: { document: { name: expect.stringContaining('.sh') } } }]);
  });
});

describe('a request made elsewhere', () => {
  it.each([
    [
      { platform: 'slack', conversation: 'C0TEAM', thread: '1.2' } as const,
      'in a thread in Slack',
      'https://slack.com/app_redirect?channel=C0TEAM',
    ],
    [
      { platform: 'teams', conversation: '19:team@thread.tacv2', thread: '170' } as const,
      'in a thread in Teams',
      'https://teams.microsoft.com/l/message/19%3Ateam%40thread.tacv2/170?parentMessageId=170',
    ],
    [{ platform: 'teams', conversation: 'a:1personal', thread: '170' } as const, 'in a thread in Teams', ''],
  ])('says where, with a way there when ids make one (%o)', (place, where, linkUrl) => {
    const state = { ...connectAt(atApproval({ directory: many }), 'awaiting-approval'), place };
    const again = openCase({ directory: many, state });

    again.click('anna', 'ask-change', { reason: 'x' });

    const data = copies(again)[0]?.content.card;
    expect(data?.name === 'approval' && data.data).toMatchObject({ where, linkUrl });
  });

  it.each([
    [
      { platform: 'slack', conversation: 'C0TEAM', thread: '1.2' } as const,
      'https://slack.com/app_redirect?channel=C0TEAM&team=T1',
    ],
    [
      { platform: 'teams', conversation: '19:team@thread.tacv2', thread: '170' } as const,
      'https://teams.microsoft.com/l/message/19%3Ateam%40thread.tacv2/170?tenantId=tenant-1&parentMessageId=170',
    ],
  ])('names the organisation in the way there, for people who are in several (%o)', (place, linkUrl) => {
    const known = { ...many, homes: { teams: 'tenant-1', slack: 'T1' } };
    const state = { ...connectAt(atApproval({ directory: known }), 'awaiting-approval'), place };
    const again = openCase({ directory: known, state });

    again.click('anna', 'ask-change', { reason: 'x' });

    const data = copies(again)[0]?.content.card;
    expect(data?.name === 'approval' && data.data).toMatchObject({ linkUrl });
  });
});

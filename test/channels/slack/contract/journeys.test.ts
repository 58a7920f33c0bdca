import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForApproval } from './connection.ts';
import { type House, onCall, openHouse, support } from './house.ts';
import { caseOf, directOf, offersIn, titled, verbsOf, waitFor, wordsOf } from './slack-client.ts';

let house: House;
let deskHouse: House;

beforeAll(async () => {
  [house, deskHouse] = await Promise.all([openHouse(), openHouse()]);
});

afterAll(async () => {
  await Promise.all([house.close(), deskHouse.close()]);
});

/**
 * Living cards are edited every two seconds at most, so the journeys go on beside each other. Each has people of its
 * own, because a person has one form open at a time. The ticket is in a workspace of its own: a workspace takes so many
 * edits a minute, and together they may need more.
 */
const timeout = 60_000;

describe.concurrent('a connection', { timeout }, () => {
  it('goes from the first sentence in a channel to the proof, in one thread, on one living card', async () => {
    const { slack } = house;
    const team = house.newChannel();
    const { approval, living, thread } = await askForApproval(house, team);

    expect(approval.thread_ts).toBeUndefined();
    expect(approval.mentions.users).toHaveLength(1);
    expect(approval.mentions.users[0]).toMatch(/^U0APPROVER\d$/);
    await slack.press('requester', approval, 'approve');
    await slack.press('outsider', approval, 'approve');
    const mine = await slack.whispered('requester', 'somebody else');
    const outsider = await slack.whispered('outsider', 'role approver');
    await slack.press('approver-1', approval, 'approve');
    const proof = await slack.heard('the proof', offersIn(team, 'judge-output', thread));

    expect([mine.channel, outsider.channel]).toEqual([onCall, onCall]);
    const told = (await slack.written(team)).map(({ thread_ts, ts }) => ({ thread_ts, ts }));
    expect(told).toEqual([living.ts, proof.ts].map((ts) => ({ ts, thread_ts: thread })));
    const end = await slack.heard('the end', ({ ts, text }) => ts === living.ts && text.includes('Connected'));
    expect(end.edits).toBeGreaterThan(0);
    const decided = await slack.heard('the decision', (message) => message.ts === approval.ts);
    expect(verbsOf(decided)).toEqual([]);
    expect(wordsOf(decided)).toContain('Anna Approver');
  });

  it('is proved by what somebody pastes into the form of the proof', async () => {
    const { slack } = house;
    const team = house.newChannel();
    const { approval, thread } = await askForApproval(
      house,
      team,
      'connect mendix-acc to hub-vnet for app billing',
      'approver-1',
    );
    await slack.press('approver-2', approval, 'approve');
    const proof = await slack.heard('the proof', offersIn(team, 'judge-output', thread));

    const { view } = await slack.press('approver-1', proof, 'judge-output');
    const sent = await slack.submit('approver-1', view, { output: 'nslookup: no such host' });

    expect(view?.blocks.filter(({ type }) => type === 'input')).toHaveLength(1);
    expect(sent).toMatchObject({ status: 200, view: null });
    await slack.heard('the judgement', (message) => message.ts === proof.ts && (message.edits ?? 0) > 0);
  });

  it('that is rejected in the form of the button tells the requester why', async () => {
    const { slack } = house;
    const direct = directOf('admin');
    const { approval } = await askForApproval(house, direct, 'connect mendix-acc to hub-vnet for app hr', 'admin');

    const sent = await slack.fill('approver-2', approval, 'reject', { reason: 'Not today' });

    expect(sent).toMatchObject({ status: 200, view: null });
    await slack.heard(
      'the rejection',
      (message) => message.channel === direct && wordsOf(message).includes('Not today'),
    );
  });

  it('can be typed from end to end, by the requester and the approver', async () => {
    const { slack } = house;
    const team = house.newChannel();
    const { ts: thread } = await slack.say('requester', 'connect mendix-acc to hub-vnet for app crm', {
      channel: team,
    });
    const at = { channel: team, thread };
    const form = await slack.heard('the form', offersIn(team, 'connect-continue', thread));
    await slack.say('requester', 'continue', at);
    await slack.heard('the method', offersIn(team, 'use-peering', thread));
    await slack.say('requester', 'peering', at);
    await slack.heard('the plan', offersIn(team, 'ask-approval', thread));
    await slack.say('requester', 'ask for approval', at);
    const approval = await slack.heard(
      'the approval',
      (message) => offersIn(onCall, 'approve')(message) && caseOf(message) === caseOf(form),
    );

    await slack.say('approver-2', 'reject because the freeze is on', { channel: onCall, thread: approval.ts });

    await slack.heard('the end', (message) => message.thread_ts === thread && wordsOf(message).includes('freeze'));
  });
});

describe.concurrent('a ticket', { timeout }, () => {
  it('goes from the cry to the solved ticket and back', async () => {
    const { slack } = deskHouse;
    const team = deskHouse.newChannel();
    const cry = 'prod is down since 8, recovery button did nothing, pls help';
    const { ts: thread } = await slack.say('agent', cry, { channel: team });
    const triage = await slack.heard('the question', offersIn(team, 'triage-continue', thread));
    await slack.fill('agent', triage, 'triage-continue', { faultLocation: 'unknown' });
    const verdict = await slack.heard('the verdict', offersIn(team, 'preview-ticket', thread));
    await slack.press('agent', verdict, 'preview-ticket');
    const preview = await slack.heard('the preview', offersIn(team, 'open-ticket', thread));

    const foreign = await slack.press('outsider', preview, 'open-ticket');
    const { view } = await slack.press('agent', preview, 'open-ticket');
    const empty = await slack.submit('agent', view, { subject: ' ' });
    const sent = await slack.submit('agent', view, { subject: 'Production is down' });
    const living = await slack.heard('the ticket’s card', offersIn(support, 'send-reply'));
    const [ticket] = await deskHouse.tickets();

    expect(foreign.view ?? null).toBeNull();
    expect(empty.errors).toEqual({ subject: expect.stringContaining('subject') as unknown });
    expect(sent.view).toBeNull();
    expect(living.thread_ts).toBeUndefined();
    await deskHouse.agent({
      ticket: ticket?.id,
      move: 'comment',
      public: true,
      text: 'Try *now*, <!here> <b>please</b>.',
    });
    const comment = await slack.heard('the answer', (message) => wordsOf(message).includes('Try *now*'));
    expect(comment).toMatchObject({ channel: team, thread_ts: thread, mentions: { users: [], broadcast: [] } });

    await deskHouse.agent({ ticket: ticket?.id, move: 'status', status: 'pending' });
    const called = await slack.heard(
      'the call',
      ({ mentions, thread_ts }) => thread_ts === thread && mentions.users.length > 0,
    );
    expect(called.mentions.users).toEqual(['U0AGENT']);
    const reply = { reply: 'All apps, since 08:00.' };
    async function replies() {
      const comments = (await deskHouse.tickets())[0]?.comments ?? [];
      return comments.filter(({ body }) => body.includes(reply.reply));
    }
    await slack.fill('agent', await slack.heard('the card', offersIn(support, 'send-reply')), 'send-reply', reply);
    await waitFor('the reply at the desk', async () => (await replies()).length > 0 || undefined);
    await deskHouse.agent({ ticket: ticket?.id, move: 'status', status: 'solved' });
    const solved = await slack.heard('the question whether it is', offersIn(support, 'reopen'));
    await slack.press('agent', solved, 'reopen');

    await slack.heard(
      'that it is open again',
      (message) => message.ts === living.ts && titled('Ticket')(message) && wordsOf(message).includes('Open'),
    );
    expect(await deskHouse.tickets()).toMatchObject([{ subject: 'Production is down', status: 'open' }]);
    expect(await replies()).toHaveLength(1);
  });
});

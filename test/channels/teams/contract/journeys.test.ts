import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { general, group, type House, onCall, openHouse, support } from './house.ts';
import { cardOf, type Message, offers, offersIn, verbsOf, waitFor, wordsOf } from './teams-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

const words = 'application/vnd.microsoft.activity.message';
const card = 'application/vnd.microsoft.card.adaptive';

/** As far as the request for approval; returns the card of the thread and the one of the people on call. */
async function askForApproval(
  text: string,
  where: Record<string, unknown> = {},
): Promise<{ living: Message; approval: Message }> {
  const { teams } = house;
  const before = (await teams.written(onCall)).length;
  const { conversation } = await teams.say('requester', text, where);
  const form = await teams.heard('the form', offersIn(conversation, 'connect-continue'));
  await teams.press('requester', form, 'connect-continue');
  const method = await teams.heard('the method', offersIn(conversation, 'use-peering'));
  await teams.press('requester', method, 'use-peering');
  const plan = await teams.heard('the plan', offersIn(conversation, 'ask-approval'));
  await teams.press('requester', plan, 'ask-approval');
  const approval = await waitFor('the request for approval', async () => (await teams.written(onCall))[before]);
  return { living: plan, approval };
}

describe('a connection', () => {
  it('goes from the first sentence in a channel to the proof, in one thread, on one living card', async () => {
    const { teams } = house;
    const { approval, living } = await askForApproval('connect mendix-prod to hub-vnet for app orders', {
      in: general,
    });

    const mine = await teams.press('requester', approval, 'approve');
    const outsider = await teams.press('outsider', approval, 'approve');
    const yes = await teams.press('approver-1', approval, 'approve');
    const again = await teams.press('approver-1', approval, 'approve').catch((error: unknown) => String(error));
    const proof = await teams.heard('the proof', offers('judge-output'));

    expect(mine.body).toMatchObject({ type: words, value: expect.stringContaining('somebody else') as unknown });
    expect(outsider.body).toMatchObject({ type: words, value: expect.stringContaining('role approver') as unknown });
    expect(yes.body).toMatchObject({ statusCode: 200, type: card });
    // The view of whoever decided has no button left.
    expect(again).toContain('has no button');
    expect(proof.conversation.id).toBe(living.conversation.id);
    const thread = (await teams.written(general)).map((message) => message.id);
    expect(thread).toEqual([living.id, proof.id]);
    expect(wordsOf(await teams.heard('the living card', ({ id }) => id === living.id))).toContain('Connected');
    expect(verbsOf(cardOf(await teams.heard('the approval', ({ id }) => id === approval.id)))).toEqual([]);
  });

  it('calls the person on call in the request for approval', async () => {
    const { teams } = house;
    const { approval } = await askForApproval('connect mendix-acc to hub-vnet for app orders');

    const [entity] = approval.entities ?? [];
    expect(entity?.mentioned.name).toMatch(/Approver$/);
    expect(approval.text).toContain(entity?.text);
    expect(approval.summary).toContain('Rosa Requester asks for approval');
    await teams.press('approver-2', approval, 'reject', { reason: 'Not today' });
    const told = await teams.heard('the rejection', (message) => message.text?.includes('Not today') === true);
    expect(told.conversation.id).toBe(await teams.chatOf('requester'));
  });

  it('answers a late decision with what was decided', async () => {
    const { teams } = house;
    const { approval } = await askForApproval('connect mendix-acc to hub-vnet for app billing');
    const late = cardOf(approval).actions?.find((action) => action.verb === 'reject');
    await teams.press('approver-1', approval, 'reject', { reason: 'No' });

    const data = { ...late?.data };
    const answer = await teams.act('execute', 'approver-2', { message: approval.id, verb: 'reject', data });

    expect(answer.body?.type).toBe(card);
    expect(JSON.stringify(answer.body?.value)).toContain('rejected by Anna Approver');
  });

  it('can be typed from end to end', async () => {
    const { teams } = house;
    const at = { in: group };
    await teams.say('requester', 'connect mendix-acc to hub-vnet for app crm', at);
    await teams.heard('the form', offersIn(group, 'connect-continue'));
    await teams.say('requester', 'continue', at);
    await teams.heard('the method', offersIn(group, 'use-peering'));
    await teams.say('requester', 'peering', at);
    await teams.heard('the plan', offersIn(group, 'ask-approval'));

    await teams.say('requester', 'cancel', at);

    await teams.heard(
      'the end',
      (message) => message.conversation.id === group && message.summary?.startsWith('Cancelled') === true,
    );
    expect(await teams.written(group)).toHaveLength(1);
  });
});

describe('a ticket', () => {
  it('goes from the cry to the answer of the desk', async () => {
    const { teams } = house;
    const { conversation } = await teams.say(
      'requester',
      'prod is down since 8, recovery button did nothing, pls help',
      {
        in: support,
      },
    );
    const triage = await teams.heard('the question', offersIn(conversation, 'triage-continue'));
    await teams.press('requester', triage, 'triage-continue', { faultLocation: 'unknown' });
    const verdict = await teams.heard('the verdict', offersIn(conversation, 'preview-ticket'));
    await teams.press('requester', verdict, 'preview-ticket');
    const preview = await teams.heard('the preview', offersIn(conversation, 'open-ticket'));
    const foreign = await teams.press('outsider', preview, 'open-ticket');
    const empty = await teams.press('requester', preview, 'open-ticket', { subject: '' });
    await teams.press('requester', preview, 'open-ticket');
    const living = await teams.heard('the ticket’s card', (message) => message.summary?.startsWith('Ticket') === true);
    const [ticket] = await house.tickets();

    await house.agent({ ticket: ticket?.id, move: 'comment', public: true, text: 'Try *now*, <b>please</b>.' });
    const comment = await teams.heard('the answer', (message) => message.text?.includes('now') === true);

    expect(foreign.body).toMatchObject({ type: words, value: expect.stringContaining('Rosa Requester') as unknown });
    expect(empty.body).toMatchObject({ type: words, value: expect.stringContaining('Subject') as unknown });
    expect(living.conversation.id.split(';')[0]).toBe(support);
    expect(comment.conversation.id).toBe(conversation);
    expect(comment.text).toContain('&#42;now&#42;');
    expect(comment.text).toContain('&#60;b&#62;');
    expect(await house.tickets()).toHaveLength(1);
  });
});

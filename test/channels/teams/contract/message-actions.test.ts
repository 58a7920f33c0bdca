import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { group, type House, openHouse, support } from './house.ts';
import { offersIn, waitFor } from './teams-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

interface Dialog {
  task: {
    type: string;
    value: { card: { content: { body: { type: string; text?: string; value?: string }[]; actions: object[] } } };
  };
}

function dialogOf(answer: { body: unknown }): Dialog['task']['value']['card']['content'] {
  return (answer.body as Dialog).task.value.card.content;
}

function wordsOf(answer: { body: unknown }): string {
  return (answer.body as { task: { value: string } }).task.value;
}

async function openTicket(where: string): Promise<string> {
  const { teams } = house;
  const cry = 'prod is down since 8, recovery button did nothing, pls help';
  const { conversation } = await teams.say('requester', cry, { in: where });
  const triage = await teams.heard('the question', offersIn(conversation, 'triage-continue'));
  await teams.press('requester', triage, 'triage-continue', { faultLocation: 'unknown' });
  await teams.press(
    'requester',
    await teams.heard('the verdict', offersIn(conversation, 'preview-ticket')),
    'preview-ticket',
  );
  await teams.press(
    'requester',
    await teams.heard('the preview', offersIn(conversation, 'open-ticket')),
    'open-ticket',
  );
  await teams.heard('the card', offersIn(conversation, 'send-reply'));
  return conversation;
}

async function commentsWith(words: string): Promise<string[]> {
  const comments = (await house.tickets()).flatMap((ticket) => ticket.comments);
  return comments.filter(({ body }) => body.includes(words)).map(({ body }) => body);
}

const evil = 'It says <script>alert(1)</script> & "502" 🙂 password: hunter22 **bold** [a](https://evil.example)';

describe('“Send to support” on a message', { timeout: 60_000 }, () => {
  it('shows what goes out, without its secrets, and sends it', async () => {
    const { teams } = house;
    const conversation = await openTicket(support);
    const said = await teams.say('approver-1', evil, { in: conversation, mention: false });
    const about = { message: said.id, command: 'send-to-support' };

    const offered = await teams.act('choose-action', 'requester', about);

    const { actions, body } = dialogOf(offered);
    const value = body.find(({ type }) => type === 'Input.Text')?.value ?? '';
    expect(offered).toMatchObject({ delivered: true, status: 200 });
    expect(JSON.stringify(body)).toContain('as a public comment in your name');
    expect(value).toContain('It says <script>alert(1)</script> & "502" 🙂');
    expect(value).not.toContain('hunter22');
    const { data } = actions[0] as { data: Record<string, unknown> };
    const sent = await teams.act('send-action', 'requester', { ...about, data: { ...data, words: value } });
    expect(wordsOf(sent)).toMatch(/^On its way to ticket \d+\.$/);
    const [comment] = await waitFor('the comment', async () => {
      const found = await commentsWith('wrote:');
      return found.length > 0 ? found : undefined;
    });
    expect(comment).not.toContain('hunter22');
    await teams.say('requester', 'my tickets');
    const list = await teams.heard('the list', ({ summary }) => summary?.startsWith('Your tickets') === true);
    expect(list.conversation.id).toBe(await teams.chatOf('requester'));
  });

  it('refuses calmly where there is no ticket, for strangers, and where it is not told of this bot’s conversation', async () => {
    const { teams } = house;
    const said = await teams.say('approver-1', 'help', { in: group });
    const about = { message: said.id, command: 'send-to-support' };

    expect(wordsOf(await teams.act('choose-action', 'approver-1', about))).toContain('has no ticket');
    expect(wordsOf(await teams.act('choose-action', 'approver-1', { ...about, command: 'else' }))).toContain('help');
  });
});

describe('“Turn into a ticket” on a message', { timeout: 60_000 }, () => {
  it('makes a problem out of it in its thread, once, with a link back in the ticket', async () => {
    const { teams } = house;
    const said = await teams.say('approver-1', 'prod is down since 8, recovery button did nothing', {
      in: support,
      mention: false,
    });
    const about = { message: said.id, command: 'turn-into-ticket', in: said.conversation };

    const { actions, body } = dialogOf(await teams.act('choose-action', 'requester', about));
    const { data } = actions[0] as { data: Record<string, unknown> };
    const words = body.find(({ type }) => type === 'Input.Text')?.value ?? '';
    const sent = await teams.act('send-action', 'requester', { ...about, data: { ...data, words } });

    expect(wordsOf(sent)).toBe('I answer below the message.');
    const triage = await teams.heard('the question', offersIn(said.conversation, 'triage-continue'));
    await teams.press('requester', triage, 'triage-continue', { faultLocation: 'unknown' });
    const verdict = await teams.heard('the verdict', offersIn(said.conversation, 'preview-ticket'));
    await teams.press('requester', verdict, 'preview-ticket');
    const preview = await teams.heard('the preview', offersIn(said.conversation, 'open-ticket'));
    expect(JSON.stringify(preview)).toContain('https://teams.microsoft.com/l/message/');
    const again = await teams.act('choose-action', 'requester', about);
    expect(wordsOf(again)).toContain('belongs to a case already');
  });
});

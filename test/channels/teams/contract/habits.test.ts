import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostile, invisible } from '../hostile.ts';
import { general, group, type House, openHouse } from './house.ts';
import { cardOf, type Message, offers, offersIn, waitFor, wordsOf } from './teams-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

function in_(conversation: string): (message: Message) => boolean {
  return (message) => message.conversation.id.split(';')[0] === conversation;
}

describe('help', () => {
  it('is given to everybody who is known, with every typed form', async () => {
    const { teams } = house;

    await teams.say('approver-1', 'help');

    const chat = await teams.chatOf('approver-1');
    const help = await teams.heard('help', in_(chat));
    for (const form of ['ask for approval', 'approve', 'reject because', 'withdraw', 'open the ticket', 'solved']) {
      expect(wordsOf(help)).toContain(form);
    }
  });

  it('is all that a stranger gets, with whom to ask', async () => {
    const { teams } = house;
    const from = { id: '29:stranger', name: 'Rosa Requester', aadObjectId: '00000000-0000-0000-0000-0000000000aa' };
    const chat = await teams.chatOf('agent');

    await teams.say('agent', 'help', { overrides: { from } });
    await teams.say('agent', 'connect mendix-prod to hub-vnet', { overrides: { from } });

    const [help, refusal] = await waitFor('both answers', async () => {
      const written = await teams.written(chat);
      return written.length > 1 ? written : undefined;
    });
    expect(wordsOf(help as Message)).toContain('Ada Admin');
    expect(cardOf(help as Message).actions ?? []).toEqual([]);
    expect(wordsOf(refusal as Message)).toContain('Ada Admin');
    expect(wordsOf(refusal as Message)).not.toContain('mendix-prod-vnet');
  });
});

describe('a room', () => {
  it('reads nothing of a refusal, which is said privately', async () => {
    const { teams } = house;
    const chat = await teams.chatOf('outsider');

    await teams.say('outsider', 'connect mendix-prod to hub-vnet', { in: general });

    const refusal = await teams.heard('the refusal', in_(chat));
    expect(wordsOf(refusal)).toContain('Ada Admin');
    expect(await teams.written(general)).toEqual([]);
  });

  it('holds two cases in two threads, and each answers where it was asked', async () => {
    const { teams } = house;

    const first = await teams.say('requester', 'connect mendix-prod to hub-vnet for app orders', { in: general });
    const second = await teams.say('requester', 'connect mendix-acc to hub-vnet for app billing', { in: general });

    const forms = await Promise.all(
      [first, second].map(({ conversation }) => teams.heard('a form', offersIn(conversation, 'connect-continue'))),
    );
    expect(first.conversation).not.toBe(second.conversation);
    expect(wordsOf(forms[0] as Message)).toContain('orders');
    expect(wordsOf(forms[1] as Message)).toContain('billing');
  });

  it('hears one word once, however often Teams delivers it', async () => {
    const { teams } = house;
    const said = await teams.say('requester', 'connect mendix-acc to hub-vnet for app crm', { in: group });
    await teams.heard('the form', offersIn(group, 'connect-continue'));

    await Promise.all(
      [1, 2].map(() =>
        teams.say('requester', 'connect mendix-acc to hub-vnet for app crm', { in: group, id: said.id }),
      ),
    );
    await teams.say('requester', 'cancel', { in: group });

    await teams.heard('the end', (message) => message.summary?.startsWith('Cancelled') === true);
    expect(await teams.written(group)).toHaveLength(1);
  });
});

describe('a card', () => {
  it('answers a second click on the same button with what the first one did', async () => {
    const { teams } = house;
    const { conversation } = await teams.say('requester', 'connect mendix-prod to hub-vnet for app orders', {
      in: general,
    });
    const form = await teams.heard('the form', offersIn(conversation, 'connect-continue'));
    const action = cardOf(form).actions?.find(({ verb }) => verb === 'connect-continue');
    const data = { ...action?.data, environment: 'mendix-prod', apps: 'orders' };
    const click = { message: form.id, verb: 'connect-continue', data };

    const answers = await Promise.all([1, 2].map(() => teams.act('execute', 'requester', click)));

    await teams.heard('the method', offersIn(conversation, 'use-peering'));
    expect(answers.map((answer) => answer.body?.type)).toEqual(
      Array(2).fill('application/vnd.microsoft.card.adaptive'),
    );
    expect((await teams.written(general)).filter((message) => message.conversation.id === conversation)).toHaveLength(
      1,
    );
  });

  it('that is old gives the present one, and says so', async () => {
    const { teams } = house;
    const { conversation } = await teams.say('requester', 'connect mendix-prod to hub-vnet for app orders', {
      in: general,
    });
    const form = await teams.heard('the form', offersIn(conversation, 'connect-continue'));
    await teams.press('requester', form, 'connect-continue');
    await teams.heard('the method', offersIn(conversation, 'use-peering'));
    const back = cardOf(form).actions?.find(({ verb }) => verb === 'connect-continue');

    const answer = await teams.act('execute', 'requester', {
      message: form.id,
      verb: 'connect-continue',
      data: { ...back?.data, apps: 'billing' },
    });

    expect(JSON.stringify(answer.body?.value)).toMatch(/moved on|used already/);
    expect(JSON.stringify(answer.body?.value)).toContain('use-peering');
  });

  it('works for older clients as well', async () => {
    const { teams } = house;
    await teams.say('approver-2', 'connect mendix-prod to hub-vnet for app orders');
    const chat = await teams.chatOf('approver-2');
    const form = await teams.heard('the form', offersIn(chat, 'cancel'));

    await teams.act('submit', 'approver-2', { message: form.id, verb: 'cancel' });

    await teams.heard('the end', (message) => in_(chat)(message) && message.summary?.startsWith('Cancelled') === true);
  });
});

describe('what people write', () => {
  const text = [...hostile.map(([, written]) => written), ...invisible.map(([, written]) => written)].join(' ');

  it('is shown literally in cards, their edits and messages', async () => {
    const { teams } = house;
    const { conversation } = await teams.say('requester', `prod is down since 8: ${text}`, { in: general });
    const triage = await teams.heard('the question', (message) => message.conversation.id === conversation);
    if (offers('triage-continue')(triage)) {
      await teams.press('requester', triage, 'triage-continue', { faultLocation: 'unknown' });
    }
    const verdict = await teams.heard('the verdict', offersIn(conversation, 'preview-ticket'));
    await teams.press('requester', verdict, 'preview-ticket');
    const preview = await teams.heard('the preview', offersIn(conversation, 'open-ticket'));
    await teams.press('requester', preview, 'open-ticket', { subject: text.slice(0, 140).replaceAll('\n', ' ') });
    const living = await teams.heard('the ticket’s card', (message) => message.summary?.startsWith('Ticket') === true);
    await house.agent({ ticket: (await house.tickets())[0]?.id, move: 'comment', public: true, text });
    const comment = await teams.heard('the comment', (message) => message.text?.includes('everyone') === true);

    for (const message of [triage, verdict, living]) {
      const shown = JSON.stringify(shownIn(cardOf(message)));
      expect(shown).not.toMatch(/(?<!\\)\]\(https|<img|<at>|\{\{DATE|[\u202A-\u202E\u2066-\u2069\u200E\u200F]/);
    }
    expect(comment.textFormat).toBe('xml');
    expect(comment.text?.replaceAll(/<br\/>|<\/?b>/g, '')).not.toMatch(/[<>[\]*`{}]/);
    expect(comment.entities ?? []).toEqual([]);
  });
});

/** The texts of a card that a client reads as Markdown. */
function shownIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { facts, text, type } = node as { facts?: { title: string; value: string }[]; text?: string; type?: string };
  const own = type === 'TextBlock' && text !== undefined ? [text] : [];
  const lines = (facts ?? []).flatMap(({ title, value }) => [title, value]);
  return [...own, ...lines, ...Object.values(node).flatMap(shownIn)];
}

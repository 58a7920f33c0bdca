import { describe, expect, it } from 'vitest';
import { readToken } from '../../../src/cards/token.ts';
import type { CardContent } from '../../../src/flows/card.ts';
import type { CaseState } from '../../../src/flows/state.ts';
import { insertFlow } from '../../../src/store/flows.ts';
import { contentOf } from '../../cards/samples.ts';
import { type BotAnswer, group, type House, noticeOf, onCall, openHouse, tokenKey, until } from './house.ts';

const words = 'application/vnd.microsoft.activity.message';
const card = 'application/vnd.microsoft.card.adaptive';

interface Shown {
  body: object[];
  actions?: { verb: string }[];
  refresh?: { userIds: string[] };
}

/** A house with one card in a channel, which the requester's case belongs to. */
async function houseWith(content: CardContent, verbs: readonly string[]): Promise<{ house: House; message: string }> {
  const house = await openHouse();
  for (const person of ['requester', 'approver-1', 'outsider']) {
    await house.say(person, 'help', { in: onCall });
  }
  const state = { flow: 'connect', requester: 'requester' } as unknown as CaseState;
  const flow = { state, revision: 1, at: Temporal.Now.instant().toString(), auditSeq: 0, auditHead: '' };
  await house.store.write((tx) => insertFlow(tx, 'case-1', flow));
  const message = await house.post({
    key: 'case-1/approval',
    place: { platform: 'teams', conversation: onCall, thread: null },
    content: { text: 'Approve?', card: content, speaker: null },
    verbs,
  });
  return { house, message };
}

function valueOf({ body }: BotAnswer): Shown {
  return body?.value as Shown;
}

describe('a button on a card that all see', () => {
  it('is the button of whoever pressed it', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    await house.act('execute', 'approver-1', { message, verb: 'reject', inputs: { reason: 'No' } });

    const [click] = house.clicked;
    expect(click).toMatchObject({ person: 'approver-1', verb: 'reject', inputs: { reason: 'No' } });
    const read = readToken({ key: tokenKey, token: click?.token ?? '', verb: 'reject', person: 'approver-1' });
    expect(read).toEqual({ tokenId: 'case-1/approval#1' });
  });

  it('answers with the present card, without waiting for its edit', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);

    const answer = await house.act('execute', 'approver-1', { message, verb: 'approve' });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: card } });
  });

  it('reads every input as text, and nothing of the button’s own data as one', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);

    await house.act('execute', 'approver-1', {
      message,
      verb: 'approve',
      inputs: { a: 1, b: true, c: null, d: { type: 'Action.OpenUrl' }, msteams: { type: 'task/fetch' } },
    });

    expect(house.clicked[0]?.inputs).toEqual({ a: '1', b: 'true', c: '', d: '' });
  });

  it('says in words why it was refused, and leaves the card as it is', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'refused', because: 'You asked for this plan.', errors: [] });

    const { body } = await house.act('execute', 'requester', { message, verb: 'approve' });

    expect(body).toEqual({ statusCode: 200, type: words, value: 'You asked for this plan.' });
  });

  it('names the inputs that are wrong', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);
    const errors = [{ input: 'reason', message: 'Too long.' }];
    house.answerWith({ outcome: 'invalid', because: 'Too long.', errors });

    const { body } = await house.act('execute', 'approver-1', { message, verb: 'reject' });

    expect(body).toMatchObject({ type: words, value: expect.stringMatching(/^Reason.*: Too long\.$/) as unknown });
  });

  it.each(['stale', 'already-decided'] as const)(
    'gives the present card with a word when it is %s',
    async (outcome) => {
      const { house, message } = await houseWith(contentOf('approval'), ['approve']);
      house.answerWith({ outcome, because: 'Decided at 14:52.', errors: [] });

      const answer = await house.act('execute', 'approver-1', { message, verb: 'approve' });

      expect(answer.body?.type).toBe(card);
      expect(JSON.stringify(valueOf(answer).body[0])).toContain('Decided at 14:52.');
    },
  );

  it('is answered within three seconds, however long the house takes', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'done', because: '', errors: [] })));

    const { body } = await house.act('execute', 'approver-1', { message, verb: 'approve' });
    resolve();

    expect(body).toMatchObject({ statusCode: 200, type: words });
    expect(body?.value).toContain('working on it');
  });

  it.each([
    ['an unknown token', { token: 'made.up.token' }],
    ['no token', {}],
    ['a token of another shape', { token: { $ne: '' } }],
  ])('with %s is answered with 200, by the house', async (_what, data) => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'refused', because: 'I do not know this button.', errors: [] });

    const answer = await house.act('execute', 'approver-1', { message, verb: 'approve', data });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: words } });
  });

  it('without any action is answered with 200', async () => {
    const house = await openHouse();
    const activity = { type: 'invoke', name: 'adaptiveCard/action', value: { nothing: true } };

    const answer = await house.act('raw', 'requester', { activity });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: words } });
  });
});

describe('an older client, which knows Action.Submit only', () => {
  it('presses the same button', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    const { status } = await house.act('submit', 'approver-1', { message, verb: 'reject', inputs: { reason: 'No' } });

    expect(status).toBe(200);
    expect(house.clicked).toMatchObject([{ person: 'approver-1', verb: 'reject', inputs: { reason: 'No' } }]);
  });

  it('reads privately why it was refused, and sees the card renewed', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'stale', because: 'This card has moved on.', errors: [] });
    const chat = await house.chatOf('approver-1');

    await house.act('submit', 'approver-1', { message, verb: 'approve' });

    const told = await until(async () => (await house.written(chat)).at(0));
    expect(told.text).toContain('moved on');
    await until(async () => (await house.written(onCall)).some(({ id, edits }) => id === message && edits === 1));
  });

  it('that cannot be told privately is told in the thread', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'refused', because: 'Deciding needs a role.', errors: [] });
    await house.faults([{ match: { method: 'POST', path: '*/v3/conversations' }, fault: '403', times: 9 }]);

    await house.act('submit', 'outsider', { message, verb: 'approve' });

    const told = await until(async () => (await house.written(onCall)).find(({ id }) => id !== message));
    expect(told.text).toBe('<at>Otto Outsider</at> Deciding needs a role.');
  });

  it('with something that is no button is told so', async () => {
    const house = await openHouse();

    await house.act('raw', 'requester', { activity: { type: 'message', value: [1] } });

    const told = await until(async () => (await house.written()).at(0));
    expect(told.text).toContain('do not know this button');
  });
});

describe('a view of one’s own', () => {
  it('is asked for on approvals in rooms, for the people whom Teams knows', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    const posted = (await house.written(onCall)).find(({ id }) => id === message);

    const { refresh } = posted?.attachments?.[0]?.content as unknown as Shown;
    expect(refresh?.userIds).toHaveLength(3);
  });

  it.each([
    ['approver-1', ['approve', 'reject']],
    ['requester', []],
    ['outsider', []],
  ])('has the buttons of %s: %j', async (person, verbs) => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    const answer = await house.act('refresh', person, { message });

    expect(answer.body?.type).toBe(card);
    expect((valueOf(answer).actions ?? []).map((action) => action.verb)).toEqual(verbs);
    expect(house.clicked).toEqual([]);
  });

  it('tells the requester that somebody else decides', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);

    const answer = await house.act('refresh', 'requester', { message });

    expect(JSON.stringify(valueOf(answer).body[0])).toContain('somebody else decides');
  });

  it('still lets its own buttons be pressed, by its owner alone', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    const view = valueOf(await house.act('refresh', 'approver-1', { message }));
    const { data } = (view.actions as unknown as { data: object }[])[0] ?? {};

    await house.act('execute', 'approver-1', { message, verb: 'approve', data });
    await house.act('execute', 'outsider', { message, verb: 'approve', data });

    const [own, foreign] = house.clicked.map(({ person, token }) =>
      readToken({ key: tokenKey, token, verb: 'approve', person }),
    );
    expect(own).toEqual({ tokenId: 'case-1/approval#1' });
    expect(foreign).toBe('not-yours');
  });

  it('is not asked for where nobody’s view differs', async () => {
    const { house, message } = await houseWith(contentOf('notice'), ['retry']);

    const posted = (await house.written(onCall)).find(({ id }) => id === message);

    expect(posted?.attachments?.[0]?.content['refresh']).toBeUndefined();
  });

  it('of a card that is not known any more says so', async () => {
    const house = await openHouse();
    const action = { type: 'Action.Execute', verb: 'refresh-view', data: { token: 'x' } };
    const activity = { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'automatic' } };

    const { body } = await house.act('raw', 'requester', { activity });

    expect(body).toMatchObject({ statusCode: 200, type: words });
  });
});

describe('words that are too long for a message', () => {
  const text = Array.from({ length: 3_000 }, (_none, index) => `line ${index} with *stars*`).join('\n');
  const place = { platform: 'teams' as const, conversation: group, thread: null };

  async function houseWithLong(): Promise<{ house: House; message: string }> {
    const house = await openHouse();
    await house.say('requester', 'help', { in: group });
    const content = { text, card: null, speaker: 'Sam' };
    return { house, message: await house.post({ key: 'case-1/comment', place, content }) };
  }

  it('stand as a block of code, cut at the end of a line', async () => {
    const { house } = await houseWithLong();

    const [message] = await house.written(group);
    const block = /```\n([\s\S]*)\n```/.exec(message?.text ?? '')?.[1] ?? '';
    expect(message?.textFormat).toBe('markdown');
    expect(Buffer.byteLength(block)).toBeLessThanOrEqual(20_000);
    expect(text.startsWith(`${block}\n`)).toBe(true);
    expect(message?.text).toMatch(/… \d+ more lines, in the file\.$/);
  });

  it('go out as a file to whoever asks, privately and with consent', async () => {
    const { house, message } = await houseWithLong();
    const chat = await house.chatOf('approver-1');

    const { body } = await house.act('execute', 'approver-1', { message, verb: 'send-file' });
    const [consent] = await house.written(chat);
    await house.act('file-consent', 'approver-1', { message: consent?.id, accept: true });

    const [file] = await until(async () => {
      const { files } = await house.world();
      return (files[0]?.text ?? '') !== '' && files;
    });
    const settled = await until(async () => {
      const written = await house.written(chat);
      return written[0]?.edits === 1 && written;
    });
    expect(body?.value).toContain('private chat');
    expect(file?.text).toBe(`${text}\n`);
    expect(settled[0]?.text).toContain('Sent');
    expect(settled[1]?.attachments?.[0]?.contentType).toBe('application/vnd.microsoft.teams.card.file.info');
    expect(await house.written(group)).toHaveLength(1);
  });

  it('stay here when the person says no', async () => {
    const { house, message } = await houseWithLong();
    const chat = await house.chatOf('requester');
    await house.act('submit', 'requester', { message, verb: 'send-file' });
    const consent = await until(async () => (await house.written(chat)).find(({ attachments }) => attachments));

    await house.act('file-consent', 'requester', { message: consent.id, accept: false });

    await until(async () => (await house.written(chat)).some((known) => known.text?.includes('Not sent') === true));
    expect((await house.world()).files).toEqual([]);
  });

  it.each(['another person', 'an address that is not Microsoft’s'])('never go to %s', async (what) => {
    const { house, message } = await houseWithLong();
    const chat = await house.chatOf('approver-1');
    await house.act('execute', 'approver-1', { message, verb: 'send-file' });
    const [consent] = await house.written(chat);
    const { acceptContext } = consent?.attachments?.[0]?.content ?? {};
    const origin = new URL(house.teams.origin).origin;
    const uploadUrl = what === 'another person' ? `${origin}/upload/1` : 'https://evil.example/upload';
    const uploadInfo = { uploadUrl, contentUrl: uploadUrl, name: 'x.txt', uniqueId: '1', fileType: 'txt' };
    const value = { type: 'fileUpload', action: 'accept', context: acceptContext, uploadInfo };

    const who = what === 'another person' ? 'outsider' : 'approver-1';
    const activity = { type: 'invoke', name: 'fileConsent/invoke', value };
    const answer = await house.act('raw', who, { activity });
    await house.channel.stop();

    expect(answer.status).toBe(200);
    expect((await house.requests()).filter(({ method, path }) => method === 'PUT' && path.includes('upload'))).toEqual(
      [],
    );
  });
});

it('keeps a private card private: its buttons are its owner’s', async () => {
  const house = await openHouse();
  await house.say('approver-1', 'help');
  const message = await house.post({
    key: 'case-1/answer',
    content: noticeOf('Try?'),
    verbs: ['retry'],
    onlyFor: 'approver-1',
  });

  const [posted] = await house.written(await house.chatOf('approver-1'));

  const [action] = posted?.attachments?.[0]?.content['actions'] as { data: { token: string } }[];
  const token = action?.data.token ?? '';
  expect(message).toContain(' in ');
  expect(readToken({ key: tokenKey, token, verb: 'retry', person: 'approver-1' })).toEqual({
    tokenId: 'case-1/answer#1',
  });
});

import { describe, expect, it } from 'vitest';
import { group, type House, openHouse, until } from './house.ts';

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
    const consent = await until(async () => (await house.written(chat)).at(0));
    await house.act('file-consent', 'approver-1', { message: consent.id, accept: true });

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
    const consent = await until(async () => (await house.written(chat)).at(0));
    const { acceptContext } = consent.attachments?.[0]?.content ?? {};
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

it('says that it reads no files, when somebody sends one and nothing else', async () => {
  const house = await openHouse();
  const attachments = [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'error.log' }];

  await house.say('requester', '', { attachments });

  const told = await until(async () => (await house.written(await house.chatOf('requester'))).at(0));
  expect(told.text).toContain('cannot read files');
  expect(house.said).toEqual([]);
});

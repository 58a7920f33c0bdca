import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFile } from '../../../src/store/chat.ts';
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

it('asks what a file is about, when somebody sends one and nothing else', async () => {
  const house = await openHouse();
  const attachments = [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'error.log' }];

  await house.say('requester', '', { attachments });

  const told = await until(async () => (await house.written(await house.chatOf('requester'))).at(0));
  expect(told.text).toContain('what it is about');
  expect(house.said).toEqual([]);
});

/** Stands for the OneDrive that a file lies in. */
async function drive(answer: { status: number; type: string; text: string }): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/download`;
}

function fileAt(downloadUrl: string, name = 'error.log') {
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  return [{ contentType, name, content: { downloadUrl, uniqueId: 'u-1', fileType: 'log' } }];
}

describe('a file beside words, in the private chat', () => {
  it('goes along with them, and its bytes are kept', async () => {
    const house = await openHouse();
    const url = await drive({ status: 200, type: 'application/octet-stream', text: 'ERROR' });

    await house.say('requester', 'send: here is the log', { attachments: fileAt(url, '../x/error.log') });

    const file = await until(
      async () => (await readFile(house.store.read, house.said[0]?.files[0] ?? '')) ?? undefined,
    );
    expect(house.said[0]).toMatchObject({
      text: 'send: here is the log',
      files: [expect.stringMatching(/^teams\/u-1\/./)],
      attached: [{ id: house.said[0]?.files[0], name: 'error.log', size: null }],
    });
    expect([file.name, new TextDecoder().decode(file.bytes)]).toEqual(['error.log', 'ERROR']);
  });

  it('that was changed and sent again is kept as it is by then', async () => {
    const house = await openHouse();
    const texts = ['first', 'second'];
    for (const text of texts) {
      const url = await drive({ status: 200, type: 'application/octet-stream', text });
      await house.say('requester', `send: the ${text} log`, { attachments: fileAt(url) });
    }

    const kept = await until(async () => {
      const files = await Promise.all(house.said.map(({ files: [id] }) => readFile(house.store.read, id ?? '')));
      return files.every((file) => file !== null) && files;
    });
    expect(kept.map((file) => new TextDecoder().decode(file?.bytes))).toEqual(texts);
  });

  it.each(['https://evil.example.com/x', 'https://sharepoint.com.evil.example.com/x', 'not an address'])(
    'is not read from %s',
    async (url) => {
      const house = await openHouse();

      await house.say('requester', 'here', { attachments: fileAt(url) });

      expect(house.said[0]).toMatchObject({ text: 'here', files: [] });
    },
  );

  it('that cannot be read any more is told in the log, and its words are heard', async () => {
    const house = await openHouse();
    const url = await drive({ status: 404, type: 'text/plain', text: '' });

    await house.say('requester', 'here', { attachments: fileAt(url) });

    await until(() => Promise.resolve(house.logged.some((line) => line.includes('status 404'))));
    expect(house.said).toHaveLength(1);
  });
});

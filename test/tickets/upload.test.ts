/** Files go along with a ticket or a reply, once, whatever happens on the way. */
import { describe, expect, it } from 'vitest';
import type { EffectOf, Stored } from '../../src/flows/effect.ts';
import type { OwnFile } from '../../src/tickets/desk.ts';
import { openTicket, sendComment } from '../../src/tickets/work.ts';
import { type Books, comment, durableOn, dyingFetch, type Office, openOffice, opening } from './working-desk.ts';

function file(name: string, bytes: string | number = 'ERROR'): OwnFile {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : new Uint8Array(bytes);
  return { name, bytes: content };
}

const files: Readonly<Record<string, OwnFile>> = {
  log: file('error.log'),
  named: file('api_key=SECRET99.txt'),
  empty: file('empty.txt', ''),
  large: file('dump.bin', 50 * 1024 * 1024 + 1),
};

function ownFile(id: string): Promise<OwnFile | null> {
  return Promise.resolve(files[id] ?? null);
}

function work(office: Office, books: Books = { steps: new Map() }) {
  return durableOn(books, office.clock);
}

function reply(...ids: string[]): Stored<EffectOf<'send-comment'>> {
  const stored = comment('See the log.');
  return { ...stored, effect: { ...stored.effect, files: ids } };
}

async function attachments(office: Office): Promise<string[][]> {
  const { tickets } = await office.simulated.world();
  const comments = (tickets[0]?.comments ?? []) as { attachments: { file_name: string }[] }[];
  return comments.map((one) => one.attachments.map(({ file_name }) => file_name));
}

describe.each(['agent', 'end-user'] as const)('files, with the rights of an %s', (rights) => {
  it('go along with the ticket and with a reply, by their names', async () => {
    const office = await openOffice(rights);
    const desk = office.connect({ ownFile });

    const opened = await openTicket(desk, opening({ files: ['log', 'named'] }), work(office));
    const sent = await sendComment(desk, reply('log'), work(office));

    expect([opened.type, sent.type]).toEqual(['ticket-opened', 'comment-sent']);
    expect(await attachments(office)).toEqual([['error.log', '[removed].txt'], ['error.log']]);
    expect(JSON.stringify(await office.simulated.requests())).not.toContain('SECRET99');
  });

  it('that cannot go along are told, and the text goes without them', async () => {
    const office = await openOffice(rights);
    const desk = office.connect({ ownFile });

    const opened = await openTicket(desk, opening({ files: ['log', 'empty', 'large', 'gone'] }), work(office));

    expect(opened).toMatchObject({
      type: 'ticket-opened',
      leftOut: [
        'empty.txt is empty.',
        expect.stringContaining('dump.bin is larger than 50 MB'),
        expect.stringContaining('could not be read any more'),
      ],
    });
    expect(await attachments(office)).toEqual([['error.log']]);
  });

  it('that the desk does not take are told as well', async () => {
    const office = await openOffice(rights);
    await office.simulated.control('settings', { uploadLimitBytes: 3 });

    const opened = await openTicket(office.connect({ ownFile }), opening({ files: ['log'] }), work(office));

    expect(opened).toMatchObject({ leftOut: [expect.stringContaining('error.log was not taken by the desk')] });
  });

  it('are there once after a kill around any request', async () => {
    for (let at = 1, isOver = false; !isOver; at += 1) {
      const office = await openOffice(rights);
      const books: Books = { steps: new Map() };
      const life = dyingFetch(at);
      const first = durableOn(books, office.clock, life.isDead);
      isOver = await openTicket(
        office.connect({ ownFile, fetch: life.fetch }),
        opening({ files: ['log'] }),
        first,
      ).then(
        () => true,
        () => false,
      );

      await openTicket(office.connect({ ownFile }), opening({ files: ['log'] }), work(office, books));

      expect((await office.simulated.world()).tickets).toHaveLength(1);
      expect(await attachments(office)).toEqual([['error.log']]);
    }
  });

  it('are uploaded anew when the desk was away for longer than their tokens live', async () => {
    const office = await openOffice(rights);
    const end = office.clock.now().add({ hours: 3 });
    function down(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
      const isUpload = input instanceof URL || typeof input === 'string' ? `${input}`.includes('/uploads') : false;
      return isUpload || Temporal.Instant.compare(office.clock.now(), end) >= 0
        ? fetch(input, init)
        : Promise.reject(new DOMException('x', 'TimeoutError'));
    }

    await openTicket(office.connect({ ownFile, fetch: down }), opening({ files: ['log'] }), work(office));

    expect(await attachments(office)).toEqual([['error.log']]);
  });

  it('planted secrets reach the desk in no part of a ticket or a reply', async () => {
    const office = await openOffice(rights);
    const desk = office.connect({ ownFile, fields: { symptom: 360_001 } });
    const secret = 'password: hunter2';

    await openTicket(desk, opening({ subject: secret, body: secret, facts: { symptom: secret } }), work(office));
    await sendComment(desk, comment(secret), work(office));

    expect(JSON.stringify(await office.simulated.requests())).not.toContain('hunter2');
  });
});

it('a kill after the upload does not upload again', async () => {
  const office = await openOffice('agent');
  const books: Books = { steps: new Map() };
  const broken = { ownFile, ownTicket: () => Promise.reject(new Error('the database is away')) };
  await expect(openTicket(office.connect(broken), opening({ files: ['log'] }), work(office, books))).rejects.toThrow();
  const left = { steps: new Map([...books.steps].filter(([name]) => name === 'files')) };

  await openTicket(office.connect({ ownFile }), opening({ files: ['log'] }), work(office, left));

  const uploads = (await office.simulated.requests()).filter(({ path }) => path.includes('/uploads'));
  expect(uploads).toHaveLength(1);
  expect(await attachments(office)).toEqual([['error.log']]);
});

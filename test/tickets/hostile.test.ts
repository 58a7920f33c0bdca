import { describe, expect, it } from 'vitest';
import { subjectForDesk, textForDesk, textOfDesk } from '../../src/tickets/desk-text.ts';
import { openTicket, readTicket, sendComment } from '../../src/tickets/work.ts';
import fc from 'fast-check';
import { comment, durableOn, type Office, openOffice, opening, reading } from './working-desk.ts';
import { anyCharacter } from '../support/any-character.ts';

const hostile: readonly string[] = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '[Sign in here](https://evil.example.com) <https://evil.example.com|Mendix>',
  '@here <!channel> <at>Everyone</at> @Robin de Vries',
  'مرحبا بالعالم שלום',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇳🇱 é é',
  '"; drop table ticket; -- ${process.env} #{x} %s \\n',
  'a\u0000b\u0007c\u202Egnp.exe\u202C\u2066x\u2069',
  'line one\r\nline two\rline three',
];

function books(office: Office) {
  return durableOn({ steps: new Map() }, office.clock);
}

describe.each(['agent', 'end-user'] as const)('what people write, with the rights of an %s', (rights) => {
  it.each(hostile)('reaches the desk as text: %j', async (text) => {
    const office = await openOffice(rights);

    await openTicket(office.connect(), opening({ subject: text, body: text }), books(office));
    await sendComment(office.connect(), comment(text), books(office));
    const event = await readTicket(office.connect(), reading());

    const { tickets } = await office.simulated.world();
    const stored = JSON.stringify(tickets);
    expect(stored).not.toMatch(/\\u0000|\\u0007|\u202E|\u2066/);
    expect(JSON.stringify(tickets[0]?.comments)).not.toMatch(/"html_body":"[^"]*(<script|<img|<!channel)/);
    expect(event).toMatchObject({ type: 'ticket-read' });
    const said = event.type === 'ticket-read' ? event.comments : [];
    expect(said[1]?.body.endsWith(textForDesk(text).trim())).toBe(true);
  });

  it('is not expanded by the desk, where that would show private notes', async () => {
    const office = await openOffice(rights);
    await openTicket(office.connect(), opening(), books(office));
    await office.simulated.control('agent', { ticket: 1, move: 'comment', public: false, text: 'PRIVATE' });

    await sendComment(office.connect(), comment('So far: {{ticket.comments_formatted}} {%if x%}'), books(office));

    const read = await office.connect().read(1);
    expect(JSON.stringify(read)).not.toContain('PRIVATE');
    expect(read?.comments[1]?.body).toContain('{ {ticket.comments_formatted}} { %if x%}');
  });

  it('is cut to what the desk takes, and says so', async () => {
    const office = await openOffice(rights);
    const long = '👍'.repeat(60_000);

    const opened = await openTicket(office.connect(), opening({ subject: long, body: long }), books(office));
    const sent = await sendComment(office.connect(), comment(long), books(office));

    expect([opened.type, sent.type]).toEqual(['ticket-opened', 'comment-sent']);
    const read = await office.connect().read(1);
    expect(read?.comments[1]?.body).toContain('The rest was left out');
  });
});

describe.each(['agent', 'end-user'] as const)('what the desk writes, read with the rights of an %s', (rights) => {
  it.each(hostile)('comes as text: %j', async (text) => {
    const office = await openOffice(rights);
    await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));

    await office.simulated.control('agent', { ticket: 1, move: 'comment', text, files: [{ name: text }] });

    const [, said] = (await office.connect().read(1))?.comments ?? [];
    expect(said?.body).toBe(textOfDesk(text));
    for (const mark of ['\n', '\u0000', '\u202E']) {
      expect(said?.attachments[0]?.name).not.toContain(mark);
    }
    expect(said?.attachments[0]?.link).toMatch(/^http:\/\/127\.0\.0\.1/);
  });

  it('keeps long words whole', async () => {
    const office = await openOffice(rights);
    await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
    const text = 'x '.repeat(30_000).trim();

    await office.simulated.control('agent', { ticket: 1, move: 'comment', text });

    expect((await office.connect().read(1))?.comments[1]?.body).toBe(text);
  });
});

describe('text for the desk', () => {
  it('never holds a placeholder, an invisible mark, half a character, or more than the desk takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), fc.nat(500), (text, times) => {
        const sent = textForDesk(text.repeat(times));
        expect(sent.length).toBeLessThanOrEqual(65_535);
        for (const mark of ['{{', '{%', '\u202E', '\u0000']) {
          expect(sent).not.toContain(mark);
        }
        expect(sent.isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps ordinary text as it is', () => {
    expect(textForDesk('Since 08:00.\n\tAll apps {x} — “quoted” café')).toBe(
      'Since 08:00.\n\tAll apps {x} — “quoted” café',
    );
  });

  it('makes one short line of a subject', () => {
    expect(subjectForDesk('a\nb\t c')).toBe('a b c');
    expect(subjectForDesk('x'.repeat(400))).toHaveLength(150);
  });
});

it.each([
  ['non&nbsp;breaking\u00A0space ', 'non breaking space'],
  ['a\u0000b', 'ab'],
])('text of the desk is read plainly: %j', (text, read) => {
  expect(textOfDesk(text)).toBe(read);
});

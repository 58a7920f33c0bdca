import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runPolicyDiff } from '../../../src/process/commands/policy.ts';
import { ownTables, printTable } from '../../../src/process/policy-watch/table-files.ts';

/** A policy that nobody has. */
const edition = `House rules for boats

Last modified: March 3, 2026

Introduction

These rules are made up. They are about boats.

Who May Sail

  • The skipper sails.
  • Crew members sail, too.

Harbour Fees

Small boats pay ten coins.

Storms

Stay in the harbour. Wait for the signal.
`;

const newer = edition.replace('March 3, 2026', 'April 4, 2026');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causeway-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rows = [
    { id: 'support', title: 'House rules for boats', date: '2026-01-01', url: null },
    { id: 'house', title: 'Rules of this bot', date: null, url: null },
  ];
  write('documents.json', { about: '', rows });
  write('sections.json', {
    about: '',
    rows: [{ document: 'support', heading: 'Introduction', changed: '2026-01-01', sentences: [] }],
  });
  const source = { document: 'support', date: '2026-03-03' };
  write('fees.json', {
    about: '',
    rows: [
      { row: '1', note: 'Ten coins for a small boat.', source: { ...source, section: 'Harbour Fees' } },
      { row: '2', note: 'Somebody else’s.', source: { document: 'house', section: 'Harbour Fees', date: null } },
    ],
  });
  write('weather.json', {
    about: '',
    blocks: [{ row: 'a', text: 'No sailing in a storm.', source: { ...source, section: 'Storms' } }],
  });
  diff(edition, '--accept', '--document', 'support');
});

function write(name: string, table: unknown): void {
  writeFileSync(join(folder, name), printTable(table));
}

function read(name: string): { rows: Record<string, unknown>[] } {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as { rows: Record<string, unknown>[] };
}

function diff(text: string, ...more: string[]) {
  const file = join(folder, 'new.txt');
  writeFileSync(file, text);
  return runPolicyDiff(['diff', file, ...more], folder);
}

function changedOf(): Record<string, unknown> {
  return Object.fromEntries(
    read('sections.json').rows.map(({ heading, changed, gone }) => [
      heading,
      gone === true ? `${String(changed)} gone` : changed,
    ]),
  );
}

describe('the difference', () => {
  it('is nothing for the edition in force, however it is laid out', () => {
    for (const text of [
      edition,
      edition.replaceAll('\n', '\r\n'),
      edition.replace('up. They', 'up.\nThey'),
      edition.toUpperCase().replace('MARCH', 'March'),
    ]) {
      expect(diff(text)).toMatchObject({ exitCode: 0, out: expect.stringContaining('Nothing has changed.'), err: '' });
    }
  });

  it('names what came, went and changed, quotes what is new, and lists the rules that rest on it', () => {
    const text = newer
      .replace('pay ten coins', 'pay twelve coins')
      .replace(/Storms[\s\S]*$/, 'Night Sailing\n\nCarry a light at night.\n');

    const { exitCode, out } = diff(text);

    expect(exitCode).toBe(1);
    expect(out).toBe(`House rules for boats (support)
In force: the edition of 2026-03-03. New: the edition of 2026-04-04.

Changed: Harbour Fees
  + “Small boats pay twelve coins.”
  − 1 sentence went
  1 rule on it:
    fees 1: Ten coins for a small boat.

Came: Night Sailing
  + “Carry a light at night.”
  No rule rests on it.

Went: Storms
  − 2 sentences went
  1 rule on it:
    weather a: No sailing in a storm.

3 sections changed, 2 rules to read again. Read the rules against the new text, then run this again with --accept.
`);
  });

  it('sees a heading that was only renamed', () => {
    const { out } = diff(newer.replace('Storms', 'Bad Weather').replace('the signal.', 'the flag.'));

    expect(out).toContain(
      'Renamed: Storms → Bad Weather\n  + “Wait for the flag.”\n  − 1 sentence went\n  1 rule on it:\n    weather a:',
    );
  });

  it('sees a sentence that comes twice now, and one that moved', () => {
    const twice = diff(newer.replace('Wait for the signal.', 'Wait for the signal. Wait for the signal.'));
    expect(twice.out).toContain('Changed: Storms\n  + “Wait for the signal.”\n  1 rule');

    const moved = diff(
      newer.replace(' They are about boats.', '').replace('pay ten coins.', 'pay ten coins. They are about boats.'),
    );
    expect(moved.out).toContain('Changed: Introduction\n  − 1 sentence went\n');
    expect(moved.out).toContain('Changed: Harbour Fees\n  + “They are about boats.”\n');
  });

  it('is found by the headings when the title is another, and says so', () => {
    const { exitCode, out } = diff(edition.replace('House rules for boats', 'House rules for ships'));

    expect(exitCode).toBe(0);
    expect(out).toContain('Its title is now: House rules for ships');
  });

  it('writes nothing', () => {
    const before = readFileSync(join(folder, 'sections.json'), 'utf8');

    diff(newer.replace('ten', 'twelve'));

    expect(readFileSync(join(folder, 'sections.json'), 'utf8')).toBe(before);
  });
});

describe('an edition that is accepted', () => {
  it('leaves what did not change as it was, and dates what did', () => {
    const text = newer
      .replace('ten coins', 'twelve coins')
      .replace('Storms', 'Night Sailing\n\nCarry a light.\n\nStorms');

    expect(diff(text, '--accept')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('Accepted as the edition of 2026-04-04.'),
    });

    expect(changedOf()).toEqual({
      Introduction: '2026-03-03',
      'Who May Sail': '2026-03-03',
      'Harbour Fees': '2026-04-04',
      'Night Sailing': '2026-04-04',
      Storms: '2026-03-03',
    });
    expect(read('documents.json').rows.map(({ id, date }) => [id, date])).toEqual([
      ['support', '2026-04-04'],
      ['house', null],
    ]);
    expect(diff(text).exitCode).toBe(0);
  });

  it('keeps nothing of the text but digests', () => {
    diff(newer.replace('ten coins', 'twelve coins'), '--accept');

    expect(readFileSync(join(folder, 'sections.json'), 'utf8')).not.toMatch(/coins|skipper/);
  });

  it('keeps a heading that went as long as a rule names it', () => {
    diff(newer.replace(/Who May Sail[\s\S]*?Harbour/, 'Harbour').replace('Storms', 'Bad Weather'), '--accept');

    expect(changedOf()).toEqual({
      Introduction: '2026-03-03',
      'Harbour Fees': '2026-03-03',
      'Bad Weather': '2026-04-04',
      Storms: '2026-04-04 gone',
    });
    expect(diff(edition.replace('March 3', 'May 5'), '--accept').out).toContain('Renamed: Bad Weather → Storms');
    expect(changedOf()).toMatchObject({ Storms: '2026-05-05' });
    expect(changedOf()).not.toHaveProperty('Bad Weather');
  });

  it('takes its date from the command, then from the text, and asks when neither says it', () => {
    const undated = newer.replace(/Last modified.*\n/, '').replace('ten coins', 'twelve coins');

    expect(diff(undated, '--accept')).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/does not say its date\. Write --date YYYY-MM-DD/),
    });
    expect(diff(undated, '--accept', '--date', '2026-06-06').exitCode).toBe(0);
    expect(changedOf()).toMatchObject({ 'Harbour Fees': '2026-06-06' });
  });

  it.each([
    [
      'the date of the edition in force, with another text',
      edition.replace('ten', 'twelve'),
      [],
      /not newer than the edition in force, of 2026-03-03/,
    ],
    ['an older date', edition.replace('March 3', 'March 2'), [], /not newer/],
    ['a date that is none', newer, ['--date', '2026-02-30'], /“2026-02-30” is no date/],
  ])('refuses %s', (_what, text, more, why) => {
    expect(diff(text, '--accept', ...more)).toEqual({ exitCode: 2, out: '', err: expect.stringMatching(why) });
  });
});

describe('input that cannot be used', () => {
  it.each<[string, string, string[], RegExp]>([
    [
      'another document',
      'Poems\n\nSpring\n\nThe snow is gone.\n',
      [],
      /like none of the documents.*Write --document support\./,
    ],
    ['nothing', '', [], /like none of the documents/],
    ['nothing, for a document that is named', '', ['--document', 'support'], /no headings with text under them/],
    ['a page in HTML', '<!DOCTYPE html><html></html>', [], /page in HTML\. Save the page as plain text or Markdown/],
    [
      'a document that is not watched',
      edition,
      ['--document', 'house'],
      /no document “house”\. Write --document support/,
    ],
    ['an option that there is not', edition, ['--accpt'], /--accpt/],
    ['a date without --accept', edition, ['--date', '2026-05-05'], /^Usage: causeway policy diff NEW\.txt/],
  ])('%s', (_what, text, more, why) => {
    expect(diff(text, ...more)).toEqual({ exitCode: 2, out: '', err: expect.stringMatching(why) });
  });

  it.each([[[]], [['diff']], [['dif', 'x']], [['diff', 'a', 'b']]])('%j is answered with how it is called', (args) => {
    expect(runPolicyDiff(args, folder)).toEqual({
      exitCode: 2,
      out: '',
      err: expect.stringMatching(/^Usage: causeway policy diff/),
    });
  });

  it('a file that is not there, and one that is no text', () => {
    const file = join(folder, 'bytes');
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));

    expect(runPolicyDiff(['diff', file], folder)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('no text in UTF-8'),
    });
    expect(runPolicyDiff(['diff', join(folder, 'none')], folder)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/ENOENT.*Write the path/),
    });
  });
});

it.each(['sections.json', 'documents.json'])('writes %s as the formatter of the checkout has it', (name) => {
  const shipped = readFileSync(join(ownTables, name), 'utf8');

  expect(printTable(JSON.parse(shipped))).toBe(shipped);
});

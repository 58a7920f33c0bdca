import { describe, expect, it } from 'vitest';
import { type Note, noteByRow, noteFiles, noteParties, notes, noteTopics, readNotes } from '../../src/policy/notes.ts';

const rows = notes.map((note) => [note.row, note] as const);

describe('the catalogue of notes', () => {
  it.each(rows)('%s is found by its row', (row, note) => {
    expect(noteByRow(row)).toBe(note);
  });

  it('says which row is missing', () => {
    expect(() => noteByRow('managed-service-0')).toThrow('no row managed-service-0');
  });

  it.each(rows)('%s is short, and made of whole sentences', (_row, { note, next }) => {
    expect(note).toMatch(/^[A-Z].*\.$/s);
    expect(note.length).toBeLessThanOrEqual(320);
    if (next !== null) {
      expect(next).toMatch(/^[A-Z].*\.$/s);
      expect(next.length).toBeLessThanOrEqual(160);
    }
  });

  it.each(rows)('%s is named after its topic', (row, { topic }) => {
    expect(row).toMatch(new RegExp(`^${topic}-\\d+$`));
  });

  it.each(rows)('%s shows document and section as its ground', (row, { ground, note }) => {
    expect(ground).toMatchObject({ note, section: expect.stringMatching(/\S/) });
    expect(ground.row).toMatch(new RegExp(`^notes-[a-z-]+ ${row}$`));
    expect(ground.url).toMatch(/^https:/);
  });

  it.each(rows)('%s has no word twice for the look-up', (_row, { words }) => {
    expect(words.filter((word, index) => words.indexOf(word) < index)).toEqual([]);
  });

  it.each(noteTopics)('has the topic %s', (topic) => {
    expect(notes.some((note) => note.topic === topic)).toBe(true);
  });

  it.each(noteParties)('has notes whose matter is that of: %s', (party) => {
    expect(notes.some((note) => note.party === party)).toBe(true);
  });

  it('keeps the rows of a topic together, so that they are read together', () => {
    const places = new Map(noteTopics.map((topic) => [topic, new Set(filesOf(topic))]));

    expect([...places].filter(([, files]) => files.size > 1)).toEqual([]);
  });
});

function titlesOf(topic: Note['topic']): string {
  return notes
    .filter((note) => note.topic === topic)
    .map((note) => note.title)
    .join('; ');
}

function filesOf(topic: Note['topic']): string[] {
  return notes.filter((note) => note.topic === topic).map((note) => note.ground.row.split(' ')[0] ?? '');
}

describe('what the policy says, as people ask about it', () => {
  it('warns of what cannot be taken back', () => {
    const warnings = notes.filter((note) => note.warning);

    expect(warnings.map((note) => `${note.title} ${note.note}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/deleting the managed application/i),
        expect.stringMatching(/storage account is deleted/i),
      ]),
    );
  });

  it('tells all five compliance exceptions', () => {
    const exceptions = notes.filter((note) => note.title.startsWith('Exception: '));

    expect(exceptions).toHaveLength(5);
  });

  it('tells all settings of the portal and all customizations in Azure', () => {
    for (const setting of [/tags/i, /AKS tier/, /VM type/, /number of nodes/, /database/, /apps private/, /Grafana/]) {
      expect(titlesOf('self-service-settings')).toMatch(setting);
    }
    for (const customization of [/peerings/, /DNS/, /Private Link/, /private endpoints/]) {
      expect(titlesOf('customer-side-customizations')).toMatch(customization);
    }
  });
});

/** A copy of the files in which one row is another. */
function broken(file: string, row: number, change: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const files = structuredClone(noteFiles) as Record<string, { rows: Record<string, unknown>[] }>;
  Object.assign(files[file]?.rows[row - 1] ?? {}, change);
  return files;
}

const source = { document: 'support', section: 'Ticket Statuses', date: '2025-11-06' };

describe('a catalogue that cannot be right is refused at start, with file and row', () => {
  it.each<[string, number, Record<string, unknown>, RegExp]>([
    ['an unknown topic', 2, { topic: 'weather' }, /row 2, topic: .*"managed-service"/],
    ['an unknown party', 3, { party: 'nobody' }, /row 3, party/],
    ['an unknown document', 1, { source: { ...source, document: 'faq' } }, /row 1, source\.document/],
    ['an unknown section', 4, { source: { ...source, section: 'Ticket States' } }, /row 4, source\.section/],
    ['a date that is none', 4, { source: { ...source, date: '2025-11-31' } }, /row 4, source\.date/],
    ['an empty title', 5, { title: ' ' }, /row 5, title: write at least a word/],
    ['an empty note', 5, { note: '' }, /row 5, note: write at least a word/],
    ['an empty word', 5, { words: ['ticket', ''] }, /row 5, words\.1: write at least a word/],
    ['no words', 5, { words: [] }, /row 5, words/],
    ['an empty next step', 1, { next: '' }, /row 1, next/],
    ['no next step in a matter of the customer', 1, { party: 'customer', next: null }, /row 1, next: say what/],
    ['no next step after a warning', 12, { party: null, warning: true, next: null }, /row 12, next: say what/],
    ['an unknown column', 1, { colour: 'x' }, /row 1: .*colour/],
    ['a number used twice', 3, { row: 'raising-a-ticket-1' }, /row 3 has the same row \(raising-a-ticket-1\) as row 1/],
    [
      'a number of another file',
      3,
      { row: 'off-boarding-2' },
      /row \d+ has the same row \(off-boarding-2\) as row 3 of notes-tickets\.json/,
    ],
    ['a title used twice', 2, { title: 'How to raise a ticket, step by step' }, /row 2 has the same title .* as row 1/],
  ])('%s', (_case, row, change, message) => {
    const files = broken('notes-tickets', row, change);

    expect(() => readNotes(files)).toThrow(/^Reading policy\/tables\/notes-[a-z]+\.json: /);
    expect(() => readNotes(files)).toThrow(message);
  });

  it('a missing column', () => {
    const files = structuredClone(noteFiles) as Record<string, { rows: Record<string, unknown>[] }>;
    delete files['notes-access']?.rows[6]?.['warning'];

    expect(() => readNotes(files)).toThrow(/notes-access\.json: row 7, warning/);
  });

  it('a topic without rows', () => {
    const { 'notes-compliance': _left, ...others } = noteFiles;

    expect(() => readNotes(others)).toThrow('no row has the topic compliance-exceptions');
  });

  it('but takes the catalogue as it is', () => {
    expect(readNotes(noteFiles)).toEqual(notes);
  });
});

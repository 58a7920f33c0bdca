/**
 * The catalogue of notes: what the documents say, in our own words, one statement to a row. Questions are answered from
 * it (`answers.ts`); verdicts rest on the decision tables. The rows stand in `tables/notes-*.json`, a file for each
 * group of topics. Everything is checked once at start; a row that cannot be right is refused with its file and number.
 */
import { z } from 'zod/v4';
import { groundOf, type PolicyGround, sourceSchema } from './documents.ts';
import { readTableFile, refused } from './table-file.ts';
import access from './tables/notes-access.json' with { type: 'json' };
import backup from './tables/notes-backup.json' with { type: 'json' };
import compliance from './tables/notes-compliance.json' with { type: 'json' };
import connectivity from './tables/notes-connectivity.json' with { type: 'json' };
import coverage from './tables/notes-coverage.json' with { type: 'json' };
import limitations from './tables/notes-limitations.json' with { type: 'json' };
import peering from './tables/notes-peering.json' with { type: 'json' };
import privateLink from './tables/notes-private-link.json' with { type: 'json' };
import responsibilities from './tables/notes-responsibilities.json' with { type: 'json' };
import service from './tables/notes-service.json' with { type: 'json' };
import settings from './tables/notes-settings.json' with { type: 'json' };
import tickets from './tables/notes-tickets.json' with { type: 'json' };
import updates from './tables/notes-updates.json' with { type: 'json' };

export const noteTopics = [
  'managed-service',
  'managed-components',
  'shared-responsibilities',
  'customer-responsibilities',
  'limited-customizability',
  'self-service-settings',
  'customer-side-customizations',
  'provider-access',
  'raising-a-ticket',
  'ticket-statuses',
  'automatic-tickets',
  'severity-and-targets',
  'update-cadence',
  'upstream-bugs',
  'supported-examples',
  'unsupported-examples',
  'backup-and-recovery',
  'off-boarding',
  'compliance-exceptions',
  'known-limitations',
  'mendix-on-kubernetes',
  'connectivity-uses',
  'connectivity-methods',
  'peering',
  'name-resolution',
  'private-link-to-apps',
  'private-endpoint-to-services',
  'database-access',
] as const;
export type NoteTopic = (typeof noteTopics)[number];

export const noteParties = ['mendix', 'microsoft', 'customer', 'shared'] as const;
export type NoteParty = (typeof noteParties)[number];

export interface Note {
  /** Unique among all files, such as `managed-components-3`. */
  row: string;
  topic: NoteTopic;
  title: string;
  /** One to three sentences. */
  note: string;
  /** What the person does now; null where there is nothing to do. */
  next: string | null;
  /** Whose matter it is; null where it is nobody's in particular. */
  party: NoteParty | null;
  /** What people call it when they ask, for the look-up. */
  words: readonly string[];
  /** Whether it warns of something that cannot be taken back. */
  warning: boolean;
  /** Document, section and date; its row reads `notes-access provider-access-1`. */
  ground: PolicyGround;
}

const text = z.string().regex(/\S/, 'write at least a word');

const rowSchema = z
  .strictObject({
    row: text,
    topic: z.enum(noteTopics),
    title: text,
    note: text,
    next: text.nullable(),
    party: z.enum(noteParties).nullable(),
    words: z.array(text).min(1),
    warning: z.boolean(),
    source: sourceSchema,
  })
  .refine((row) => row.next !== null || (row.party !== 'customer' && !row.warning), {
    path: ['next'],
    error: 'say what the person does now: a matter of the customer, or a warning, must not be a dead end',
  });

const fileSchema = z.strictObject({ about: z.string(), rows: z.array(rowSchema).min(1) });

/** Files as they were written, by name without `.json`. */
export type NoteFiles = Readonly<Record<string, unknown>>;

/** In the order in which somebody would read them. */
export const noteFiles: NoteFiles = {
  'notes-service': service,
  'notes-responsibilities': responsibilities,
  'notes-settings': settings,
  'notes-access': access,
  'notes-tickets': tickets,
  'notes-updates': updates,
  'notes-coverage': coverage,
  'notes-backup': backup,
  'notes-compliance': compliance,
  'notes-limitations': limitations,
  'notes-connectivity': connectivity,
  'notes-peering': peering,
  'notes-private-link': privateLink,
};

/** @throws {PolicyTableError} that names the file and the row. */
export function readNotes(files: NoteFiles): Note[] {
  const placed = Object.entries(files).flatMap(([file, json]) =>
    readTableFile(file, json, fileSchema).rows.map(({ source, ...row }, index) => ({
      file,
      index,
      note: { ...row, ground: groundOf(source, row.note, `${file} ${row.row}`) },
    })),
  );
  refuseTwice(placed, 'row');
  refuseTwice(placed, 'title');
  const missing = noteTopics.find((topic) => placed.every(({ note }) => note.topic !== topic));
  if (missing !== undefined) {
    throw refused('notes-*', `no row has the topic ${missing}. Each topic needs at least one.`);
  }
  return placed.map(({ note }) => note);
}

interface PlacedNote {
  file: string;
  /** Place in the file, from 0. */
  index: number;
  note: Note;
}

/** Rows are named in the audit and titles on buttons, so neither may stand for two notes. */
function refuseTwice(placed: readonly PlacedNote[], key: 'row' | 'title'): void {
  const first = new Map<string, PlacedNote>();
  for (const place of placed) {
    const name = place.note[key];
    const before = first.get(name);
    if (before !== undefined) {
      throw refused(
        place.file,
        `row ${place.index + 1} has the same ${key} (${name}) as row ${before.index + 1} of ${before.file}.json. Give it one of its own.`,
      );
    }
    first.set(name, place);
  }
}

export const notes: readonly Note[] = readNotes(noteFiles);

/** @throws {PolicyTableError} when there is no such row. */
export function noteByRow(row: string): Note {
  const found = notes.find((note) => note.row === row);
  if (found === undefined) {
    throw refused('notes-*', `no row ${row}. Name one that is there.`);
  }
  return found;
}

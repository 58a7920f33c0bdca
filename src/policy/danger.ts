/**
 * Wishes and plans that can break more than people expect, such as deleting the managed application, by the phrases of
 * `tables/dangers.json`. What has happened already is no plan: it is a problem, and for the triage to take up.
 */
import { z } from 'zod/v4';
import { type Note, noteByRow } from './notes.ts';
import {
  findPhrase,
  type Lexicon,
  meaningsOf,
  parsePhrase,
  type Phrase,
  type Range,
  type SaidWord,
  wordsOfPhrase,
} from './phrase.ts';
import { readTableFile, refused, refuseRepeated } from './table-file.ts';
import dangersJson from './tables/dangers.json' with { type: 'json' };
import { clausesOf } from './words.ts';

interface Danger {
  acts: readonly Phrase[];
  things: readonly Phrase[];
  fates: readonly Phrase[];
  warning: Note;
}

interface Dangers {
  rows: readonly Danger[];
  lexicon: Lexicon;
  breaks: ReadonlySet<string>;
  bridges: ReadonlySet<string>;
  suppositions: ReadonlySet<string>;
  others: ReadonlySet<string>;
}

/** What a person says stands at the beginning; what follows after this many characters is a pasted log. */
const longestMessage = 4000;

/** Between an act and its thing; who says more in between speaks of something else. */
const longestBetween = 6;

const words = z.array(z.string().min(1));

const tableSchema = z.strictObject({
  about: z.string(),
  ignored: words,
  denials: words,
  breaks: words,
  bridges: words,
  suppositions: words,
  others: words,
  known: words,
  sets: z.record(z.string(), words),
  rows: z
    .array(
      z.strictObject({
        row: z.string(),
        acts: words.min(1),
        things: words.min(1),
        fates: words.min(1),
        note: z.string(),
      }),
    )
    .min(1),
});

/** @throws {PolicyTableError} when a row names a note or a set that is not there. */
export function readDangers(json: unknown): Dangers {
  const table = readTableFile('dangers', json, tableSchema);
  refuseRepeated('dangers', table.rows);
  const rows = table.rows.map(({ row, acts, things, fates, note }) => {
    try {
      const [act, thing, fate] = [acts, things, fates].map((all) => all.map((one) => parsePhrase(one, table.sets)));
      return { acts: act ?? [], things: thing ?? [], fates: fate ?? [], warning: noteByRow(note) };
    } catch (error) {
      throw refused('dangers', `row ${row}: ${String(error)}`);
    }
  });
  const known = new Set([
    ...rows.flatMap((row) => [...row.acts, ...row.things, ...row.fates].flatMap(wordsOfPhrase)),
    ...[table.ignored, table.denials, table.breaks, table.bridges, table.suppositions, table.others].flat(),
    ...table.known,
  ]);
  return {
    rows,
    lexicon: {
      ignored: new Set(table.ignored),
      denials: new Set(table.denials),
      known,
      byFirstLetter: Map.groupBy(known, (word) => word[0] ?? ''),
    },
    breaks: new Set(table.breaks),
    bridges: new Set(table.bridges),
    suppositions: new Set(table.suppositions),
    others: new Set(table.others),
  };
}

const dangers = readDangers(dangersJson);

/** The warning that has to come before any answer; null when nothing in the text is dangerous. */
export function findDanger(text: string): Note | null {
  const clauses = clausesOf(text.slice(0, longestMessage)).map((clause) => ({
    said: clause.words.map((word) => ({ ...word, meanings: meaningsOf(word.text, dangers.lexicon) })),
    isAsked: clause.end.startsWith('?'),
  }));
  const found = dangers.rows.find((danger) => clauses.some((clause) => isMeant(danger, clause.said, clause.isAsked)));
  return found?.warning ?? null;
}

function isMeant(danger: Danger, said: readonly SaidWord[], isAsked: boolean): boolean {
  const things = rangesOf(danger.things, said).filter((thing) => !dangers.others.has(said[thing.last + 1]?.text ?? ''));
  if (things.length === 0) {
    return false;
  }
  const acts = rangesOf(danger.acts, said);
  if (acts.some((act) => things.some((thing) => isAimedAt(act, thing, said)))) {
    return true;
  }
  const isSupposed = isAsked || said.some((word) => dangers.suppositions.has(word.text));
  const fates = isSupposed ? rangesOf(danger.fates, said) : [];
  return fates.some((fate) => things.some((thing) => isSufferedBy(fate, thing, said)));
}

/** "delete our old managed app", but not "delete a tag of the managed app". */
function isAimedAt(act: Range, thing: Range, said: readonly SaidWord[]): boolean {
  return isNear(act, thing) && wordsBetween(act, thing, said).every((word) => !dangers.breaks.has(word.text));
}

/** "the managed app is going to be deleted". */
function isSufferedBy(fate: Range, thing: Range, said: readonly SaidWord[]): boolean {
  return isNear(thing, fate) && wordsBetween(thing, fate, said).every((word) => dangers.bridges.has(word.text));
}

function isNear(first: Range, second: Range): boolean {
  return first.last < second.first && second.first - first.last <= longestBetween + 1;
}

function wordsBetween(first: Range, second: Range, said: readonly SaidWord[]): readonly SaidWord[] {
  return said.slice(first.last + 1, second.first);
}

/** Every place where one of the phrases is said. */
function rangesOf(phrases: readonly Phrase[], said: readonly SaidWord[]): Range[] {
  return phrases.flatMap((phrase) => {
    const ranges: Range[] = [];
    for (let from = 0; from < said.length; ) {
      const found = findPhrase(phrase, said.slice(from), dangers.lexicon);
      if (found === null) {
        break;
      }
      ranges.push({ first: from + found.first, last: from + found.last });
      from += found.first + 1;
    }
    return ranges;
  });
}

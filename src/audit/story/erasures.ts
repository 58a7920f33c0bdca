/** Which entries say nothing any more, and who took out what they said, when and why. */
import { erasureType } from '../erase.ts';
import type { OpenEntry } from './entry.ts';
import { listOf, textOf } from './json.ts';
import type { ErasureTold } from './model.ts';
import { localText } from './words.ts';

export function erasuresIn(entries: readonly OpenEntry[]): ErasureTold[] {
  const gone = new Set(entries.filter(({ erased }) => erased).map(({ seq }) => seq));
  const told = entries
    .filter(({ type }) => type === erasureType)
    .map(({ at, payload, seq }) => ({
      seq,
      at,
      by: textOf(payload['by']),
      because: textOf(payload['because']),
      entries: listOf(payload['entries']).filter((one) => typeof one === 'number'),
    }));
  const said = new Set(told.flatMap((erasure) => erasure.entries));
  const unsaid = [...gone].filter((seq) => !said.has(seq));
  return unsaid.length === 0 ? told : [...told, { seq: null, at: '', by: '', because: '', entries: unsaid }];
}

/** "erased on 21 November 2026, 22:15, by root, because …" */
export function erasureText({ at, because, by, seq }: ErasureTold, zone: string): string {
  return seq === null
    ? 'erased, and no entry says by whom or why'
    : `erased on ${localText(at, zone)}, by ${by}, because: ${because}`;
}

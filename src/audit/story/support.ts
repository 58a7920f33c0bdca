/** The verdict with its rows, and the ticket with everything that was said about it. */
import type { OpenEntry } from './entry.ts';
import { isObject, objectOf, objectsOf, textOf } from './json.ts';
import type { TicketTold, VerdictTold } from './model.ts';
import { overrideText } from './notes.ts';
import type { People } from './people.ts';
import { capital, groundText, plainWords } from './words.ts';

export function verdictsIn(entries: readonly OpenEntry[], people: People): VerdictTold[] {
  const told = entries.flatMap((entry): VerdictTold[] => {
    const verdict = entry.changed['verdict'];
    if (!isObject(verdict)) {
      return [];
    }
    const names = ['scope', 'route', 'responsible', 'severity', 'target'];
    const ratings = names
      .map((name) => ({ label: capital(name), text: capital(plainWords(textOf(verdict[name]))) }))
      .filter(({ text }) => text !== '');
    return [
      {
        seq: entry.seq,
        at: entry.at,
        headline: ratings
          .filter(({ label }) => label !== 'Route' && label !== 'Responsible')
          .map(({ text }) => text)
          .join(', '),
        ratings,
        because: objectsOf(verdict['because']).map(groundText),
        tablesVersion: textOf(verdict['tablesVersion']),
        overrides: objectsOf(entry.changed['overrides']).map((one) => overrideText(one, entry.seq, people)),
      },
    ];
  });
  // The same verdict again, after a fact that changed nothing, is no new one.
  return told.filter((one, index) => JSON.stringify(bare(one)) !== JSON.stringify(bare(told[index - 1])));
}

function bare(verdict: VerdictTold | undefined): unknown {
  return verdict === undefined ? null : { ...verdict, seq: 0, at: '' };
}

export function ticketIn(entries: readonly OpenEntry[], people: People): TicketTold | null {
  const read = entries.filter(({ event }) => isObject(event['ticket']));
  const first = objectOf(read[0]?.event['ticket']);
  const request = requestIn(entries);
  if (read.length === 0 && request === null) {
    return null;
  }
  return {
    number: textOf(first['id']),
    url: textOf(first['url']),
    subject: textOf(first['subject']) || textOf(request?.['subject']),
    body: textOf(request?.['body']),
    statuses: statusReadings(entries).map(({ at, status }) => ({ at, status })),
    talk: talkIn(entries, people),
  };
}

function requestIn(entries: readonly OpenEntry[]) {
  const effects = entries.flatMap(({ payload }) => objectsOf(payload['effects']));
  const opened = effects.find((effect) => effect['type'] === 'open-ticket');
  return opened === undefined ? null : objectOf(opened['request']);
}

/** Each status that was not there before, with the entry that read it. */
export function statusReadings(entries: readonly OpenEntry[]): { seq: number; at: string; status: string }[] {
  const readings = entries
    .filter(({ event }) => isObject(event['ticket']))
    .map(({ seq, at, event }) => ({ seq, at, status: textOf(objectOf(event['ticket'])['status']) }));
  return readings.filter(({ status }, index) => status !== readings[index - 1]?.status);
}

/** What was sent from here, and what the desk wrote; each once, however often it was read. */
function talkIn(entries: readonly OpenEntry[], people: People): TicketTold['talk'] {
  const seen = new Set<string>();
  const talk = entries.flatMap((entry) => [...sentFrom(entry, people), ...writtenAtDesk(entry, seen)]);
  return talk.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

function sentFrom({ at, payload, event, seq }: OpenEntry, people: People): TicketTold['talk'] {
  return objectsOf(payload['effects'])
    .filter((effect) => effect['type'] === 'send-comment')
    .map((effect) => ({
      at,
      who: textOf(objectOf(effect['author'])['name']) || people.nameOf(event['person'], seq),
      fromDesk: false,
      text: textOf(effect['body']),
    }));
}

function writtenAtDesk({ event }: OpenEntry, seen: Set<string>): TicketTold['talk'][number][] {
  return objectsOf(event['comments']).flatMap((comment) => {
    const id = textOf(comment['id']);
    if (comment['fromDesk'] !== true || seen.has(id)) {
      return [];
    }
    seen.add(id);
    const at = textOf(comment['createdAt']);
    return [{ at, who: textOf(comment['author']), fromDesk: true, text: textOf(comment['body']) }];
  });
}

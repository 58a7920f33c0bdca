/** What waits for a decision, for a person who comes on call: one card in their private chat. */
import type { PersonId } from '../policy/people.ts';
import { threadLink, whereWords } from './approval-card.ts';
import { listed } from './approval-words.ts';
import type { CardContent, WaitingData } from './card.ts';
import type { ShowMessage } from './effect.ts';
import { type Context, type Directory, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { localDayTime, localTime } from './time.ts';
import type { WatchedApproval, WatchedTurn } from './watch-state.ts';

/** Empty when nothing waits for this person, or they cannot be told in private. */
export function summaryFor(
  person: PersonId,
  turns: readonly WatchedTurn[],
  approvals: readonly WatchedApproval[],
  context: Context,
): ShowMessage[] {
  const { directory, revision } = context;
  const waiting = waitingFor(person, approvals, context);
  const place = directory.personPlaces?.get(person)?.[0];
  if (waiting.length === 0 || place === undefined) {
    return [];
  }
  const zone = findPerson(directory, person)?.zone ?? 'UTC';
  const text = [...Map.groupBy(turns, ({ until }) => until)]
    .map(([until, ending]) => `You are on call for ${rotationsOf(ending)} until ${localDayTime(until, zone)}.`)
    .join(' ');
  const data = waitingData(waiting, text, person, directory);
  const items = waiting.map(({ expiresAt, what }) => `${what}, until ${localTime(expiresAt, zone)}`).join('; ');
  return [
    showCard(`waiting-${revision}-${person}`, place, `${data.headline}: ${items}. ${text}`, { name: 'waiting', data }),
  ];
}

function rotationsOf(turns: readonly WatchedTurn[]): string {
  return listed(turns.map(({ rotation }) => `“${rotation}”`));
}

function waitingFor(
  person: PersonId,
  approvals: readonly WatchedApproval[],
  { at }: Pick<Context, 'at'>,
): WatchedApproval[] {
  return approvals
    .filter(({ deciders, expiresAt, isPending }) => isPending && deciders.includes(person) && expiresAt > at)
    .toSorted((one, other) => (one.expiresAt < other.expiresAt ? -1 : 1));
}

/** Null when nothing waits for this person. */
export function waitingCard(
  person: PersonId,
  approvals: readonly WatchedApproval[],
  context: Pick<Context, 'at' | 'directory'>,
): CardContent | null {
  const waiting = waitingFor(person, approvals, context);
  return waiting.length === 0 ? null : { name: 'waiting', data: waitingData(waiting, '', person, context.directory) };
}

function waitingData(
  waiting: readonly WatchedApproval[],
  text: string,
  person: PersonId,
  directory: Directory,
): WaitingData {
  const zone = findPerson(directory, person)?.zone ?? 'UTC';
  return {
    headline: waiting.length === 1 ? 'One approval waits for you' : `${waiting.length} approvals wait for you`,
    text,
    items: waiting.map((approval) => ({
      what: approval.what,
      detail: `${nameOf(directory, approval.requester)} asks, ${whereWords(approval.place)}.`,
      expires: `Risk: ${approval.risk}. Expires ${localTime(approval.expiresAt, zone)}.`,
      ...threadLink(approval.place, directory),
    })),
    wayOut: `Decide on ${waiting.length === 1 ? 'its card' : 'their cards'} in the channel for approvals.`,
  };
}

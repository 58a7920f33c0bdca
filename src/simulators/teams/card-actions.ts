/** Finds the button that a person presses on the card that this person sees. */
import { BadControlRequest } from '../server.ts';
import { cardsOf, type SentActivity } from './content-rules.ts';
import { findMessage, type Json, type World } from './records.ts';

export interface Press {
  message: string;
  verb?: string | undefined;
  title?: string | undefined;
}

/** The view made for the person, or else the card of the message. */
export function cardSeenBy(world: World, message: string, person: string): Json | undefined {
  const view = world.views.find((entry) => entry.message === message && entry.person === person);
  return view?.card ?? cardsOf((findMessage(world, message)?.activity ?? {}) as SentActivity)[0];
}

/** @throws {BadControlRequest} when the card has no such button, naming those it has */
export function findExecute(world: World, person: string, press: Press): Json {
  const card = cardSeenBy(world, press.message, person);
  const actions = actionsIn(card).filter((action) => action['type'] === 'Action.Execute');
  return pick(actions, press, (action) => action['verb']);
}

/** What a client that does not know `Action.Execute` sends: the submit action, or the fallback of the other. */
export function findSubmit(world: World, person: string, press: Press): Json {
  const card = cardSeenBy(world, press.message, person);
  const candidates = actionsIn(card).flatMap((action): Candidate[] => {
    if (action['type'] === 'Action.Submit') {
      return [{ action, verb: (action['data'] as Json | undefined)?.['verb'] }];
    }
    const fallback = action['fallback'] as Json | undefined;
    return fallback?.['type'] === 'Action.Submit' ? [{ action: fallback, verb: action['verb'] }] : [];
  });
  return pick(candidates, press, (candidate) => candidate.verb).action;
}

interface Candidate extends Json {
  action: Json;
  verb: unknown;
}

function pick<Entry extends Json>(entries: readonly Entry[], press: Press, verbOf: (entry: Entry) => unknown): Entry {
  const found = entries.find(
    (entry) =>
      (press.verb === undefined || verbOf(entry) === press.verb) &&
      (press.title === undefined || titleOf(entry) === press.title),
  );
  if (found === undefined) {
    const known = entries.map((entry) => `${String(titleOf(entry))} (${String(verbOf(entry))})`).join(', ');
    throw new BadControlRequest(
      `Message ${press.message} has no button ${press.title ?? press.verb ?? ''} for this person; it has: ${known}.`,
    );
  }
  return found;
}

function titleOf(entry: Json): unknown {
  return entry['title'] ?? (entry['action'] as Json | undefined)?.['title'];
}

/** Every action of a card, wherever it stands; a fallback is a part of its action and none of its own. */
function actionsIn(node: unknown): Json[] {
  if (Array.isArray(node)) {
    return node.flatMap(actionsIn);
  }
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { type, refresh: _refresh, fallback: _fallback, data: _data, ...inner } = node as Json;
  const own = typeof type === 'string' && type.startsWith('Action.') ? [node as Json] : [];
  return [...own, ...Object.values(inner).flatMap(actionsIn)];
}

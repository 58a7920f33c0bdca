/**
 * The stop switch and freezes by hand. Administrators order them in any thread; everybody reads what holds. The order
 * stands in its own table in the same transaction, so that the executor of every replica obeys it at its next write.
 */
import { mayControl } from '../policy/approvers.ts';
import { channelsBut, controlCards, keyIn, namesOf, ownerOf, statusCardFor, stopText } from './control-card.ts';
import type { AdHocFreeze, Control } from './control-state.ts';
import { readControl } from './control-words.ts';
import type { Effect } from './effect.ts';
import type { EventOf, Place } from './event.ts';
import {
  adminNames,
  type Context,
  doneReply,
  type Facts,
  findPerson,
  invalidReply,
  nameOf,
  type Projection,
  refusedReply,
  staleReply,
  stay,
  type Transition,
} from './flow.ts';
import { type AskedFreeze, readEnvironments, readFreeze } from './freeze-words.ts';
import { showText } from './message.ts';
import type { Reply } from './reply.ts';
import type { CaseState } from './state.ts';
import { answerTyped, type TypedCommand } from './typed.ts';

/** Who orders it, and where. */
interface Order {
  person: string;
  place: Place;
  state: CaseState;
}

/** Null: it is about something else. */
export function hearControl(state: CaseState, event: EventOf<'said'>, context: Context): Transition | null {
  const command = readControl(event.text);
  const order = { person: event.person, place: event.place, state };
  const transition = command === null ? null : obey(command, order, context);
  return transition === null ? null : answerTyped(transition, event, context);
}

export function clickControl(state: CaseState, event: EventOf<'clicked'>, context: Context): Transition {
  const place = 'place' in state && state.place !== null ? state.place : event.place;
  // The button is for all that is frozen by hand; one of several is named in words.
  const all = event.verb === 'lift-freeze' ? { all: 'all' } : {};
  const command = { verb: event.verb, inputs: { ...event.inputs, ...all } };
  const transition = obey(command, { person: event.person, place, state }, context) ?? stay(state, gone);
  if (transition.reply.outcome !== 'done') {
    return transition;
  }
  // The card that was pressed shows what holds now.
  const now = { ...context, facts: factsAfter(context.facts, transition.projections[0]) };
  const key = event.message.slice(event.message.indexOf('/') + 1);
  return { ...transition, effects: [...transition.effects, statusCardFor(event.person, place, now, key)] };
}

function factsAfter(facts: Facts, done: Projection | undefined): Facts {
  if (done?.type === 'freezes-lifted') {
    const { adHocFreezes = [] } = facts;
    return { ...facts, adHocFreezes: adHocFreezes.filter(({ id }) => !done.freezeIds.includes(id)) };
  }
  return done?.type === 'changes-stopped' || done?.type === 'changes-allowed'
    ? { ...facts, stop: done.type === 'changes-stopped' ? done.stop : null }
    : facts;
}

const gone = staleReply('This card has moved on. Write “status of changes” for a new one.');

function obey(command: TypedCommand, order: Order, context: Context): Transition | null {
  const { person, place, state } = order;
  if (command.verb === 'control-status') {
    return stay(state, doneReply, [statusCardFor(person, place, context)]);
  }
  const reading = command.verb === 'freeze-changes' ? readFreezeOf(command, order, context) : null;
  if (command.verb === 'freeze-changes' && reading === null) {
    return null;
  }
  const known = findPerson(context.directory, person);
  if (known === null || !mayControl(known)) {
    return stay(state, refusedReply(whyNot(context)));
  }
  if (reading !== null) {
    return reading.kind === 'problem'
      ? stay(state, missing('freeze', reading.because))
      : freeze(reading.freeze, order, context);
  }
  const reason = command.inputs['reason']?.trim().replace(/\s+/g, ' ') ?? '';
  switch (command.verb) {
    case 'stop-changes':
      return stop(reason, order, context);
    case 'allow-changes':
      return allow(reason, order, context);
    case 'lift-freeze':
      return lift(command, reason, order, context);
    default:
      return null;
  }
}

function whyNot({ directory }: Context): string {
  return `Only ${adminNames(directory)} can stop, freeze and allow changes. Tell them what you saw.`;
}

function missing(input: string, message: string): Reply {
  return invalidReply([{ input, message }]);
}

function readFreezeOf({ inputs }: TypedCommand, { person }: Order, { at, directory }: Context) {
  const zone = findPerson(directory, person)?.zone ?? 'UTC';
  return readFreeze(inputs['freeze'] ?? '', { at, zone, known: directory.environments.map(({ name }) => name) });
}

function idOf({ caseId, revision }: Context): string {
  return `${caseId}/${revision}`;
}

function stop(reason: string, { person, place, state }: Order, context: Context): Transition {
  const before = context.facts.stop ?? null;
  if (before !== null) {
    const zone = findPerson(context.directory, person)?.zone ?? 'UTC';
    const because = `All changes are stopped already. ${stopText(before, zone, context)}`;
    return stay(state, { outcome: 'already-decided', because, errors: [] });
  }
  if (reason === '') {
    return stay(state, missing('reason', 'Say why, because everybody who waits will ask: “stop all changes: why”.'));
  }
  const control = { kind: 'stop' as const, id: idOf(context), by: person, at: context.at, reason };
  const { kind: _kind, ...switched } = control;
  return {
    ...stay(state, doneReply, controlCards(control, null, place, context)),
    projections: [{ type: 'changes-stopped', stop: switched }],
  };
}

function allow(reason: string, { person, place, state }: Order, context: Context): Transition {
  const before = context.facts.stop ?? null;
  if (before === null) {
    return stay(state, staleReply('Changes are allowed already; nothing is stopped.'));
  }
  if (reason === '') {
    return stay(state, missing('reason', 'Say why changes can go on: “allow changes again: why”.'));
  }
  const by = nameOf(context.directory, person);
  const text = `${by} allows changes to Azure again: ${reason}`;
  const control = before.id === undefined ? [] : [{ ...before, kind: 'stop' as const, id: before.id }];
  const effects = [...announce(text, place, context), ...tellOwners(control, person, reason, context)];
  return { ...stay(state, doneReply, effects), projections: [{ type: 'changes-allowed', by: person, reason }] };
}

function freeze(asked: AskedFreeze, { person, place, state }: Order, context: Context): Transition {
  const ordered: AdHocFreeze = { id: idOf(context), by: person, at: context.at, from: context.at, ...asked };
  return {
    ...stay(state, doneReply, controlCards({ kind: 'freeze', ...ordered }, null, place, context)),
    projections: [{ type: 'freeze-begun', freeze: ordered }],
  };
}

function lift(command: TypedCommand, reason: string, { person, place, state }: Order, context: Context): Transition {
  const found = freezesMeant(command, context);
  if (found.kind === 'refused') {
    return stay(state, found.reply);
  }
  if (reason === '') {
    return stay(state, missing('reason', 'Say why it can end: “lift the freeze of mendix-prod: why”.'));
  }
  const by = nameOf(context.directory, person);
  const who = found.freezes.map(({ environments }) => namesOf(environments)).join(', ');
  const controls = found.freezes.map((one): Control => ({ kind: 'freeze', ...one }));
  return {
    ...stay(state, doneReply, [
      ...announce(`${by} lifted the freeze of ${who}: ${reason}`, place, context),
      ...tellOwners(controls, person, reason, context),
    ]),
    projections: [{ type: 'freezes-lifted', freezeIds: found.freezes.map(({ id }) => id), by: person, reason }],
  };
}

type Meant = { kind: 'found'; freezes: readonly AdHocFreeze[] } | { kind: 'refused'; reply: Reply };

/** By the names of environments; without any, the only one there is. */
function freezesMeant({ inputs }: TypedCommand, { directory, facts }: Context): Meant {
  const all = facts.adHocFreezes ?? [];
  const listed = all.map(({ environments }) => namesOf(environments)).join(', ');
  if (all.length === 0) {
    const because =
      'Nobody froze anything here. A window of the settings’ calendar ends by itself, or is changed under “freezes”.';
    return { kind: 'refused', reply: staleReply(because) };
  }
  const words = (inputs['who'] ?? inputs['names'] ?? '').trim();
  if (inputs['all'] !== undefined || /^(?:all|everything)$/i.test(words)) {
    return { kind: 'found', freezes: all };
  }
  if (words === '') {
    return all.length === 1
      ? { kind: 'found', freezes: all }
      : { kind: 'refused', reply: missing('freeze', `Say which one: ${listed}, or “lift all freezes: why”.`) };
  }
  const named = readEnvironments(
    words,
    directory.environments.map(({ name }) => name),
  );
  const freezes = all.filter(({ environments }) =>
    named.some(({ name }) => name !== null && environments?.includes(name) === true),
  );
  return freezes.length > 0
    ? { kind: 'found', freezes }
    : { kind: 'refused', reply: missing('freeze', `No freeze names ${words}. Frozen by hand: ${listed}.`) };
}

/** News for everybody, so a message of its own. */
function announce(text: string, thread: Place, context: Context): Effect[] {
  const key = `control-${context.revision}`;
  return [
    showText(key, thread, text),
    ...channelsBut(thread, context).map((place) => showText(keyIn(key, place), place, text)),
  ];
}

/** The cards of what is over belong to the case in which it was ordered. */
function tellOwners(controls: readonly Control[], by: string, reason: string, { at }: Context): Effect[] {
  return controls.map((control) => ({
    kind: 'read',
    type: 'tell-case',
    caseId: ownerOf(control),
    event: { type: 'control-lifted', control, by, at, reason },
  }));
}

/** Old cards never lie. */
export function showLifted(state: CaseState, event: EventOf<'control-lifted'>, context: Context): Transition {
  const { control, ...lifted } = event;
  const thread = 'place' in state ? state.place : null;
  return stay(state, doneReply, controlCards(control, lifted, thread, context));
}

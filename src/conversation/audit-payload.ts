/**
 * What the audit keeps of an event: what happened, who it was as the settings knew them then, what the case holds since,
 * what was answered and asked for. Enough to tell the case to somebody who was not there.
 */
import type { Effect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Context, Directory, Transition } from '../flows/flow.ts';
import type { CaseState } from '../flows/state.ts';
import { readSteps, type StepRecord } from '../store/steps.ts';
import type { Tx } from '../store/store.ts';

interface Happened {
  id: string;
  event: Event;
  before: CaseState | null;
  transition: Transition;
  context: Pick<Context, 'revision' | 'stale' | 'directory'>;
}

export async function eventPayload(tx: Tx, happened: Happened): Promise<object> {
  const { id, event, before, transition } = happened;
  const { revision, stale, directory } = happened.context;
  const { state, effects, projections, reply } = transition;
  const changed = changesOf(before, state, wherePartsStand(event, transition));
  return {
    id,
    event,
    // Pressed on a card that had been renewed meanwhile.
    ...(stale && { stale }),
    reply,
    revision,
    flow: state.flow,
    state: 'at' in state ? state.at : state.flow,
    changed,
    projections,
    effects: effects.map(toldEffect),
    people: peopleIn([event, effects, projections, changed['approval'], changed], directory),
    ...('planId' in event && { writes: await writesOf(tx, event.planId, 'step' in event ? event.step.id : null) }),
  };
}

/** A message is told in full when it has been sent; what it said then is what people saw. */
function toldEffect(effect: Effect): object {
  if (effect.kind !== 'message') {
    return effect;
  }
  const { type, message, to, onlyFor } = effect;
  return { kind: effect.kind, type, message, to, onlyFor, ...('mention' in effect && { mention: effect.mention }) };
}

/** What stands in the entry already and is not said a second time: a survey of Azure is long. */
function wherePartsStand(event: Event, { projections }: Transition): Map<unknown, string> {
  const parts = projections.flatMap((projection, index) =>
    Object.entries(projection).map(([name, value]) => [`projections.${index}.${name}`, value] as const),
  );
  const own = Object.entries(event).map(([name, value]) => [`event.${name}`, value] as const);
  const long = [...own, ...parts].filter(([, value]) => typeof value === 'object' && value !== null);
  return new Map(long.map(([path, value]) => [value, path]));
}

/** A flow hands on what it does not change, so being the same object is being the same. */
function changesOf(before: CaseState | null, after: CaseState, told: ReadonlyMap<unknown, string>) {
  const old: Readonly<Record<string, unknown>> = { ...before };
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    if (value !== old[name] && name !== 'flow' && name !== 'at') {
      const path = told.get(value);
      changes[name] = path === undefined ? value : { as: path };
    }
  }
  return changes;
}

const personKeys: ReadonlySet<string> = new Set([
  'person',
  'by',
  'requester',
  'requestedBy',
  'asked',
  'mention',
  'onlyFor',
]);

/** With everything that the settings say about them, and so with the roles by which they may what they do. */
function peopleIn(parts: readonly unknown[], directory: Directory): Record<string, object> {
  const ids = new Set(parts.flatMap((part) => personIds(part, 3)));
  const known = ids.size === 0 ? [] : directory.people.filter((person) => ids.has(person.id));
  return Object.fromEntries(known.map((person) => [person.id, person]));
}

/** `depth`: people are named near the top; below it are networks and plans. */
function personIds(part: unknown, depth: number): string[] {
  if (depth === 0 || typeof part !== 'object' || part === null) {
    return [];
  }
  if (Array.isArray(part)) {
    return part.slice(0, mostListed).flatMap((one) => personIds(one, depth - 1));
  }
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    personKeys.has(name) ? textsIn(value) : name === 'approval' ? personIds(value, depth) : [],
  );
}

const mostListed = 50;

function textsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

/**
 * What was sent to Azure and what it answered, as the steps' own rows have it. All steps of a plan that is over: none is
 * missing then, though a report on the way may have been.
 */
async function writesOf(tx: Tx, planId: string, stepId: string | null): Promise<Omit<StepRecord, 'operation'>[]> {
  const rows = await readSteps(tx, planId);
  return rows.filter((row) => stepId === null || row.stepId === stepId).map(({ operation: _operation, ...row }) => row);
}

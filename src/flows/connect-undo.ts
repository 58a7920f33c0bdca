/** The way back: what would be taken back is read and shown, approved by somebody else, and proved afterwards. */
import type { Evidence, Proof } from '../plan/evidence.ts';
import { planUndo } from '../plan/plan-undo.ts';
import type { Plan, UndoPlan, UndoStep } from '../plan/plan.ts';
import { resolveName, type Resolution } from '../plan/resolve.ts';
import { type NetworkSeen, sameResource, type Survey } from '../plan/world.ts';
import { subscriptionNames, undoCard, undoStoppedCard } from './connect-plan.ts';
import { resultCard } from './connect-result.ts';
import { statusCard, wasWritten } from './connect-status.ts';
import { undoTitle, workMessage, workOf } from './connect-work.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectAt, ConnectState, UndoableState } from './state.ts';

/** What was carried out, in whole or in part. */
function undoable(state: ConnectState): UndoableState | null {
  if (state.at === 'undo-stopped') {
    return state.from;
  }
  if (state.at === 'closed') {
    return state.undo?.from ?? (wasWritten(state) ? state : null);
  }
  return state.at === 'connected' || (state.at === 'failed' && state.undo === undefined) ? state : null;
}

export function startUndo(state: ConnectState, context: Context): Transition | null {
  const from = undoable(state);
  if (from === null) {
    return null;
  }
  const { flow, requester, place, draft, planId, plan, approval, hub, steps } = from;
  const undoId = state.at === 'undo-stopped' ? state.undoId : `${context.caseId}/undo-${context.revision}`;
  const next: ConnectAt<'undo-reading'> = {
    flow,
    requester,
    place,
    draft,
    planId,
    plan,
    approval,
    ...(hub === undefined ? {} : { hub }),
    steps,
    at: 'undo-reading',
    undoId,
    question: context.revision,
    from,
  };
  return moveTo(next, [
    readingCard(next, 'I am reading what stands there now, and what depends on it by now…'),
    readAgain(plan, context),
    ...hold(from, context),
  ]);
}

/** The card that offered the undo offers nothing while it is under way. */
function hold(from: UndoableState, context: Context): ShowMessage[] {
  return from.at === 'connected' ? [resultCard(from, 'undoing')] : [{ ...statusCard(from, context), verbs: [] }];
}

/** The undo came to nothing, so the card offers what it offered. */
export function standAgain(from: UndoableState, context: Context): ShowMessage[] {
  return from.at === 'connected' ? [resultCard(from)] : [statusCard(from, context)];
}

/** Everything that the plan touches. */
export function readAgain({ madeFrom }: Plan, { revision }: Context): Effect {
  return { kind: 'read', type: 'survey', question: revision, answers: madeFrom.answers };
}

function readingCard(state: ConnectAt<'undo-reading'>, text: string, verbs: readonly string[] = []): ShowMessage {
  return showCard(
    workMessage('undo', state.undoId),
    state.place,
    `Undo: ${text}`,
    { name: 'notice', data: { title: 'Undo', tone: 'default', text, wayOut: '', lines: [] } },
    { verbs },
  );
}

export function undoUnread(state: ConnectAt<'undo-reading'>, because: string): Transition {
  return moveTo(state, [readingCard(state, `I could not read Azure: ${because}`, ['retry', 'cancel'])]);
}

/** Reads once more, after a reading that failed. */
export function readUndoAgain(state: ConnectAt<'undo-reading'>, context: Context): Transition {
  const next = { ...state, question: context.revision };
  return moveTo(next, [readingCard(next, 'I am reading once more…'), readAgain(state.plan, context)]);
}

export function showUndo(state: ConnectAt<'undo-reading'>, { survey }: EventOf<'surveyed'>): Transition {
  const { undoId, question: _question, from, ...base } = state;
  const planned = planUndo(state.plan, survey, carriedOut(from));
  if (planned.kind === 'refused') {
    const { findings } = planned;
    return moveTo({ ...base, at: 'undo-stopped', undoId, findings, from }, [
      undoStoppedCard(state.place, undoId, findings),
    ]);
  }
  const undo = { id: undoId, plan: planned.undo, from };
  const next: ConnectAt<'undo-planned'> = { ...base, at: 'undo-planned', undo };
  return moveTo(next, [undoCard(state.place, workOf(next), subscriptionNames(survey))]);
}

/** Of a plan that was cut short, what it had begun; of a whole one everything. */
function carriedOut(from: UndoableState): ReadonlySet<string> | undefined {
  return from.at === 'connected'
    ? undefined
    : new Set(from.steps.filter((step) => step.state !== 'waiting').map((step) => step.id));
}

/** Nothing is undone; the case stands where it stood. */
export function keepIt(state: ConnectState, context: Context): Transition | null {
  if (state.at !== 'undo-reading' && state.at !== 'undo-stopped' && state.at !== 'undo-planned') {
    return null;
  }
  const [undoId, from] = state.at === 'undo-planned' ? [state.undo.id, state.undo.from] : [state.undoId, state.from];
  const text = 'Nothing was undone; the connection stands.';
  const card = showCard(workMessage('undo', undoId), state.place, text, {
    name: 'notice',
    data: { title: 'Kept', tone: 'default', text, wayOut: 'Write “undo” when you want to take it back.', lines: [] },
  });
  return moveTo(from, [card, ...standAgain(from, context)]);
}

/** What is left of the plan, against a reading after the undo. */
export function proveUndone(plan: Plan, undo: UndoPlan, survey: Survey): Proof {
  const left = planUndo(plan, survey, new Set(undo.steps.map(({ id }) => id.replace(/^undo\//, ''))));
  const leftIds = new Set(left.kind === 'planned' ? left.undo.steps.map(({ id }) => id) : []);
  const refused = left.kind === 'refused' ? left.findings : left.undo.findings;
  return {
    evidence: [
      ...(left.kind === 'planned' ? undo.steps.map((step) => stepEvidence(step, leftIds.has(step.id))) : []),
      ...refused.map(({ level, text }) => read('not-back', text, level === 'stop' ? false : null)),
      ...nameEvidence(plan, undo, survey),
      ...survey.unread.map((what) => read('not-read', `I could not read ${what}.`, null)),
    ],
    toRun: [],
  };
}

function stepEvidence(step: UndoStep, isLeft: boolean): Evidence {
  const { change } = step;
  const title = undoTitle(step);
  const what =
    change === 'delete' ? title.replace(/^Delete /, '') : title.replace(/^Put (.*) back as it was: .*$/s, '$1');
  const done = change === 'delete' ? 'is gone' : 'is as it was';
  const open = change === 'delete' ? 'is still there' : 'is not as it was';
  const text = `${what} ${isLeft ? open : done}.`;
  return read('undone', `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`, !isLeft);
}

/** A name whose record was taken back leads to its promised address no more. */
function nameEvidence(plan: Plan, undo: UndoPlan, survey: Survey): Evidence[] {
  const isNamed = undo.steps.some(({ kind }) => kind === 'dns-record' || kind === 'dns-link' || kind === 'dns-zone');
  return !isNamed
    ? []
    : networksOf(plan, survey).flatMap((network) =>
        plan.promises.names.map(({ address, name }): Evidence => {
          const resolution = resolveName(name, network, survey.zones);
          const shown = name.startsWith('*.') ? `every name under ${name.slice(2)}` : name;
          const text = `In ${network.name}, ${shown} leads to ${resolutionWords(resolution)} again.`;
          const stillThere = resolution.kind === 'answered' && resolution.addresses.includes(address);
          return {
            kind: 'computed',
            code: 'name-as-before',
            text,
            good: resolution.kind === 'own-servers' ? null : !stillThere,
          };
        }),
      );
}

function networksOf({ promises }: Plan, { environment, networks }: Survey): NetworkSeen[] {
  const seen = [...networks, ...(environment.network === null ? [] : [environment.network])];
  return seen.filter(({ id }) => promises.from.some((from) => sameResource(from, id)));
}

function resolutionWords(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'answered':
      return resolution.addresses.join(', ');
    case 'hidden':
      return `nothing (the zone ${resolution.zone} hides it)`;
    case 'public':
      return 'what the public DNS says';
    case 'own-servers':
      return 'what its own DNS servers say';
    default: {
      const never: never = resolution;
      return never;
    }
  }
}

function read(code: string, text: string, good: boolean | null): Evidence {
  return { kind: 'read', code, text, good };
}

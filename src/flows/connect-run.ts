/** From the approval to the proof: steps reported by the executor, the end of the plan, and what was seen afterwards. */
import type { Proof } from '../plan/evidence.ts';
import { approvalCards } from './approval-card.ts';
import { backFromUndo } from './approval-close.ts';
import { begin, begun } from './approval-start.ts';
import { followOwner } from './connect-owner.ts';
import { unreadProof, withSeen } from './connect-proof.ts';
import { resultCard } from './connect-result.ts';
import { statusCard, undoneCard, wasWritten } from './connect-status.ts';
import { proveUndone, readAgain, standAgain } from './connect-undo.ts';
import { workOf } from './connect-work.ts';
import type { Effect } from './effect.ts';
import type { EventOf, StepReport } from './event.ts';
import {
  type Context,
  findPerson,
  invalidReply,
  moveTo,
  nameOf,
  type Projection,
  stay,
  type Transition,
} from './flow.ts';
import { judgeOutput } from './judge-output.ts';
import { showText } from './message.ts';
import type { ApprovedState, ConnectAt, ConnectState } from './state.ts';
import { addMinutes, nextWorkday, secondsBetween } from './time.ts';

type RunEvent = EventOf<
  'plan-begins' | 'step-changed' | 'plan-finished' | 'verified' | 'read-failed' | 'effect-failed'
>;

export function advanceRun(state: ConnectState, event: RunEvent, context: Context): Transition {
  switch (event.type) {
    case 'plan-begins':
      return begin(state, event, context);
    case 'step-changed':
      return isRunning(state, event.planId) ? stepReported(state, event.step, context) : stay(state);
    case 'plan-finished':
      return isRunning(state, event.planId) ? ended(state, event.outcome, context) : stay(state);
    case 'verified':
      return state.at === 'verifying' && state.question === event.question
        ? proved(state, event.proof, context)
        : stay(state);
    case 'read-failed':
      return state.at === 'verifying' && state.question === event.question
        ? proved(state, unreadProof(event.because), context)
        : stay(state);
    case 'effect-failed':
      return effectFailed(state, event, context);
    default: {
      const never: never = event;
      return never;
    }
  }
}

type Running = ConnectAt<'approved' | 'applying'>;

/** Also before the first write: the executor reads the world, and waits for other plans, before it asks to begin. */
function isRunning(state: ConnectState, planId: string): state is Running {
  return (state.at === 'approved' || state.at === 'applying') && workOf(state).id === planId;
}

function stepReported(state: Running, report: StepReport, context: Context): Transition {
  if (state.at === 'applying') {
    return stepChanged(state, report, context);
  }
  if (report.state === 'waiting') {
    const steps = state.steps.map((step) => (step.id === report.id ? report : step));
    const next = { ...state, steps };
    return moveTo(next, [statusCard(next, context)]);
  }
  // It writes already, so it has begun, whatever was said.
  const first = begun(state, context);
  return stepChanged(first.state, report, context);
}

function ended(state: Running, outcome: Outcome, context: Context): Transition {
  if (state.at === 'applying') {
    return finished(state, outcome, context);
  }
  const { hold: _hold, ...base } = state;
  const running: ConnectAt<'applying'> = { ...base, at: 'applying' };
  if (outcome.kind === 'not-begun') {
    return stay(state);
  }
  return finished(outcome.kind === 'complete' ? { ...running, begunAt: context.at } : running, outcome, context);
}

/** A step that is over stays over: a report that was overtaken says nothing new. */
function stepChanged(state: ConnectAt<'applying'>, report: StepReport, context: Context): Transition {
  const known = state.steps.find((step) => step.id === report.id);
  if (known === undefined || known.state === 'done' || known.state === 'failed') {
    return stay(state);
  }
  const steps = state.steps.map((step) => (step.id === report.id ? report : step));
  const followed = followOwner({ ...state, steps }, report, context);
  return moveTo(followed.state, [statusCard(followed.state, context), ...followed.effects]);
}

type Outcome = EventOf<'plan-finished'>['outcome'];

function finished(state: ConnectAt<'applying'>, outcome: Outcome, context: Context): Transition {
  const { owner: _owner, ...base } = state;
  switch (outcome.kind) {
    case 'complete': {
      const steps = state.steps.map((step) => (step.state === 'done' ? step : { ...step, state: 'done' as const }));
      const next: ConnectAt<'verifying'> = { ...base, at: 'verifying', steps, question: context.revision };
      return moveTo(
        next,
        [statusCard(next, context), ...approvalCards(next, context), verifyEffect(next, context)],
        timesTaken(state, context),
      );
    }
    case 'not-begun':
      return stay(state);
    case 'void':
      return voided(state, outcome.differences.join('; '), context);
    case 'failed': {
      const { startedAt: _startedAt, ...left } = base;
      const next: ConnectAt<'failed'> = {
        ...left,
        at: 'failed',
        step: outcome.step,
        code: outcome.code,
        because: outcome.because,
        wayOut: outcome.wayOut,
      };
      const what = state.undo === undefined ? 'The plan' : 'The undo';
      const text = `${what} stopped: ${outcome.because} ${outcome.wayOut}`;
      return moveTo(next, [
        statusCard(next, context),
        ...approvalCards(next, context),
        tell(`failed-${context.revision}`, next, text),
      ]);
    }
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** Only what ran through without a pause tells how long such a plan takes. */
function timesTaken({ plan, startedAt, undo }: ConnectAt<'applying'>, { at }: Context): Projection[] {
  return startedAt === undefined || undo !== undefined
    ? []
    : [{ type: 'plan-took', scenario: plan.scenario, seconds: Math.round(secondsBetween(startedAt, at)) }];
}

function verifyEffect(state: ConnectAt<'verifying'>, context: Context): Effect {
  return state.undo === undefined
    ? { kind: 'read', type: 'verify', question: context.revision, planId: state.planId }
    : readAgain(state.plan, context);
}

function voided(state: ConnectAt<'applying'>, reason: string, context: Context): Transition {
  const { owner: _owner, ...base } = state;
  const written = wasWritten(state) ? 'nothing more' : 'nothing';
  const because = `Azure has changed since the approval, so ${written} was written: ${reason}.`;
  const decision = { status: 'voided' as const, by: null, at: context.at, reason };
  const approval = { ...state.approval, decision };
  const next: ConnectAt<'closed'> = { ...base, at: 'closed', why: 'voided', because, approval };
  const wayOut =
    state.undo === undefined
      ? 'Press “Change answers” on the card above for a fresh plan, or write “change answers”.'
      : 'Write “undo” for a fresh reading of what can be taken back.';
  return moveTo(
    state.undo === undefined ? next : backFromUndo(state.undo, approval),
    [
      statusCard(next, context),
      ...approvalCards(next, context),
      tell(`voided-${context.revision}`, next, `${because} ${wayOut}`),
      ...(state.undo === undefined ? [] : standAgain(state.undo.from, context)),
    ],
    [{ type: 'approval-decided', approvalId: approval.id, status: 'voided', by: null, reason }],
  );
}

function tell(message: string, state: ApprovedState, text: string): Effect {
  return showText(message, state.place, text, { mention: [state.requester] });
}

/** What was planned stands, or what was undone is gone: read anew, with what people saw before. */
function proved(state: ConnectAt<'verifying'>, fresh: Proof, context: Context): Transition {
  const { before, question: _question, undo, ...base } = state;
  const proof = before === undefined ? fresh : withSeen(fresh, before);
  if (undo === undefined) {
    const next: ConnectAt<'connected'> = { ...base, at: 'connected', proof };
    const later = before === undefined ? proveLater(next, context) : [];
    return moveTo(next, [statusCard(next, context), resultCard(next), ...approvalCards(next, context), ...later]);
  }
  const next: ConnectAt<'undone'> = { ...base, at: 'undone', undo, proof };
  const old = undo.from.at === 'connected' ? [resultCard(undo.from, 'over')] : [];
  const cards = [undoneCard(next), ...old, statusCard(next, context), resultCard(next)];
  return moveTo(next, [...cards, ...approvalCards(next, context)]);
}

/** What has to happen by itself has happened after a week. */
function proveLater({ plan, planId, requester }: ConnectAt<'connected'>, { at, directory }: Context): Effect[] {
  const zone = findPerson(directory, requester)?.zone ?? 'UTC';
  const dueAt = nextWorkday(addMinutes(at, 7 * 24 * 60), zone);
  return plan.aftermath === undefined
    ? []
    : [{ kind: 'work', type: 'timer', name: 'proof-again', about: planId, dueAt }];
}

/** The week is over: the proof is made anew, and whoever asked is told to try it. */
export function proveAfterWait(state: ConnectState, about: string, context: Context): Transition {
  const again = state.at === 'connected' && state.planId === about ? proveAgain(state, context) : null;
  if (again === null || state.at !== 'connected') {
    return stay(state);
  }
  const text =
    'The nodes should ask the new DNS servers by now. Let an app look up a name of yours; if it does not find it, write “ask support”. I read Azure once more; the proof above is renewed.';
  return { ...again, effects: [...again.effects, tell(`nodes-${context.revision}`, state, text)] };
}

export function undoRead(state: ConnectAt<'verifying'>, event: EventOf<'surveyed'>, context: Context): Transition {
  return state.undo === undefined
    ? stay(state)
    : proved(state, proveUndone(state.plan, state.undo.plan, event.survey), context);
}

/** The proof anew: what has to happen by itself may have happened by now. */
export function proveAgain(state: ConnectState, context: Context): Transition | null {
  if (state.at !== 'connected' && state.at !== 'undone') {
    return null;
  }
  const { proof: before, ...base } = state;
  const next: ConnectAt<'verifying'> = { ...base, at: 'verifying', question: context.revision, before };
  return moveTo(next, [statusCard(next, context), verifyEffect(next, context)]);
}

function effectFailed(state: ConnectState, event: EventOf<'effect-failed'>, context: Context): Transition {
  const isAtWork = state.at === 'applying' || state.at === 'approved';
  if (!isAtWork || (event.of !== 'apply-plan' && event.of !== 'apply-undo')) {
    return stay(state);
  }
  const wayOut = 'Press “Try again”: what is done already is recognised and left alone.';
  return ended(state, { kind: 'failed', step: '', code: null, because: event.because, wayOut }, context);
}

/** A person pasted what a check printed inside their network: the only way something counts as seen here. */
export function judge(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition | null {
  if (state.at !== 'connected' || state.proof.toRun.length === 0) {
    return null;
  }
  const output = event.inputs['output']?.trim() ?? '';
  if (output === '') {
    return stay(
      state,
      invalidReply([{ input: 'output', message: 'Paste what the check printed, then press the button again.' }]),
    );
  }
  const proof = judgeOutput(state.proof, output, nameOf(context.directory, event.person));
  const next = { ...state, proof };
  return moveTo(next, [statusCard(next, context), resultCard(next)]);
}

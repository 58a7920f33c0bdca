/** From the approval to the proof: steps reported by the executor, the end of the plan, and what was seen afterwards. */
import type { Proof } from '../plan/evidence.ts';
import type { EventOf, StepReport } from './event.ts';
import { approvalCards } from './approval-card.ts';
import { judgeOutput, resultCard } from './connect-result.ts';
import { statusCard, wasWritten } from './connect-status.ts';
import type { Effect } from './effect.ts';
import { type Context, invalidReply, moveTo, nameOf, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { ApprovedState, ConnectAt, ConnectState } from './state.ts';

type RunEvent = EventOf<'step-changed' | 'plan-finished' | 'verified' | 'read-failed' | 'effect-failed'>;

export function advanceRun(state: ConnectState, event: RunEvent, context: Context): Transition {
  switch (event.type) {
    case 'step-changed':
      return state.at === 'applying' && state.planId === event.planId
        ? stepChanged(state, event.step, context)
        : stay(state);
    case 'plan-finished':
      return state.at === 'applying' && state.planId === event.planId ? finished(state, event, context) : stay(state);
    case 'verified':
      return state.at === 'verifying' && state.question === event.question
        ? verified(state, event, context)
        : stay(state);
    case 'read-failed':
      return state.at === 'verifying' && state.question === event.question
        ? verified(state, { type: 'verified', question: event.question, proof: unread(event.because) }, context)
        : stay(state);
    case 'effect-failed':
      return effectFailed(state, event, context);
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** A step that is over stays over: a report that was overtaken says nothing new. */
function stepChanged(state: ConnectAt<'applying'>, report: StepReport, context: Context): Transition {
  const known = state.steps.find((step) => step.id === report.id);
  if (known === undefined || known.state === 'done' || known.state === 'failed') {
    return stay(state);
  }
  const steps = state.steps.map((step) => (step.id === report.id ? report : step));
  const next = { ...state, steps };
  return moveTo(next, [statusCard(next, context)]);
}

function finished(state: ConnectAt<'applying'>, event: EventOf<'plan-finished'>, context: Context): Transition {
  const { outcome } = event;
  switch (outcome.kind) {
    case 'complete': {
      const steps = state.steps.map((step) => (step.state === 'done' ? step : { ...step, state: 'done' as const }));
      const next: ConnectAt<'verifying'> = { ...state, at: 'verifying', steps, question: context.revision };
      return moveTo(next, [
        statusCard(next, context),
        ...approvalCards(next, context),
        { kind: 'read', type: 'verify', question: context.revision, planId: state.planId },
      ]);
    }
    case 'void':
      return voided(state, outcome.differences.join('; '), context);
    case 'failed': {
      const next: ConnectAt<'failed'> = {
        ...state,
        at: 'failed',
        step: outcome.step,
        code: outcome.code,
        because: outcome.because,
        wayOut: outcome.wayOut,
      };
      const text = `The plan stopped: ${outcome.because} ${outcome.wayOut}`;
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

function voided(state: ConnectAt<'applying'>, reason: string, context: Context): Transition {
  const written = wasWritten(state) ? 'nothing more' : 'nothing';
  const because = `The world has moved since the approval, so ${written} was written: ${reason}.`;
  const decision = { status: 'voided' as const, by: null, at: context.at, reason };
  const approval = { ...state.approval, decision };
  const next: ConnectAt<'closed'> = { ...state, at: 'closed', why: 'voided', because, approval };
  return moveTo(
    next,
    [
      statusCard(next, context),
      ...approvalCards(next, context),
      tell(
        `voided-${context.revision}`,
        next,
        `${because} Press “Change answers” on the card above for a fresh plan, or write “change answers”.`,
      ),
    ],
    [{ type: 'approval-decided', approvalId: approval.id, status: 'voided', by: null, reason }],
  );
}

function tell(message: string, state: ApprovedState, text: string): Effect {
  return showText(message, state.place, text, { mention: [state.requester] });
}

function verified(state: ConnectAt<'verifying'>, event: EventOf<'verified'>, context: Context): Transition {
  const next: ConnectAt<'connected'> = { ...state, at: 'connected', proof: event.proof };
  return moveTo(next, [statusCard(next, context), resultCard(next)]);
}

function unread(because: string): Proof {
  return {
    evidence: [
      {
        kind: 'read',
        code: 'unread',
        good: null,
        text: `I could not read Azure after the last write: ${because}`,
      },
    ],
    toRun: [],
  };
}

function effectFailed(state: ConnectState, event: EventOf<'effect-failed'>, context: Context): Transition {
  if (state.at !== 'applying' || event.of !== 'apply-plan') {
    return stay(state);
  }
  return finished(
    state,
    {
      type: 'plan-finished',
      planId: state.planId,
      outcome: {
        kind: 'failed',
        step: '',
        code: null,
        because: event.because,
        wayOut: 'Press “Try again”: what is done already is recognised and left alone.',
      },
    },
    context,
  );
}

/** The same approved plan again; what is done already is recognised by the executor and left alone. */
export function retryPlan(state: ConnectState, context: Context): Transition | null {
  if (state.at !== 'failed') {
    return null;
  }
  const { step: _step, code: _code, because: _because, wayOut: _wayOut, ...base } = state;
  const steps = state.steps.map((report) =>
    report.state === 'done' ? report : { ...report, state: 'waiting' as const, note: null, code: null },
  );
  const next: ConnectAt<'applying'> = { ...base, at: 'applying', steps };
  return moveTo(next, [statusCard(next, context), { kind: 'work', type: 'apply-plan', planId: state.planId }]);
}

export function leave(state: ConnectState, context: Context): Transition | null {
  if (state.at !== 'failed') {
    return null;
  }
  const { step: _step, code: _code, because: _because, wayOut: _wayOut, ...base } = state;
  const because = `${nameOf(context.directory, state.requester)} left it as it is. What was done stays; a new plan will take it over.`;
  const next: ConnectAt<'closed'> = { ...base, at: 'closed', why: 'left', because };
  return moveTo(next, [statusCard(next, context)]);
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

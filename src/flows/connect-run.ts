/** From the approval to the proof: steps reported by the executor, the end of the plan, and what was seen afterwards. */
import type { StepReport, Event, EventOf } from './event.ts';
import { approvalCard } from './approval.ts';
import { judgeOutput, resultCard } from './connect-result.ts';
import { statusCard } from './connect-status.ts';
import type { Effect } from './effect.ts';
import { type Context, invalidReply, moveTo, nameOf, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { ApprovedState, ConnectAt, ConnectState } from './state.ts';

export function advanceRun(state: ConnectState, event: Event, context: Context): Transition {
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
    default:
      return stay(state);
  }
}

function stepChanged(state: ConnectAt<'applying'>, report: StepReport, context: Context): Transition {
  const steps = state.steps.map((step) => (step.id === report.id ? report : step));
  const next = { ...state, steps };
  return moveTo(next, [statusCard(next, context)]);
}

function finished(state: ConnectAt<'applying'>, event: EventOf<'plan-finished'>, context: Context): Transition {
  const { outcome } = event;
  switch (outcome.kind) {
    case 'complete': {
      const next: ConnectAt<'verifying'> = { ...state, at: 'verifying', question: context.revision };
      return moveTo(next, [
        statusCard(next, context),
        ...approvalFollows(next, context),
        { kind: 'read', type: 'verify', question: context.revision, planId: state.planId },
      ]);
    }
    case 'void': {
      const because = `The world has moved since the approval, so nothing was written: ${outcome.differences.join('; ')}.`;
      const decision = { status: 'voided' as const, by: null, at: context.at, reason: outcome.differences.join('; ') };
      const next: ConnectAt<'closed'> = {
        ...state,
        at: 'closed',
        why: 'voided',
        because,
        approval: { ...state.approval, decision },
      };
      return moveTo(
        next,
        [
          statusCard(next, context),
          ...approvalFollows(next, context),
          tell('voided', next, `${because} Press “Change answers” on the card for a fresh plan.`),
        ],
        [
          {
            type: 'approval-decided',
            approvalId: state.approval.id,
            status: 'voided',
            by: null,
            reason: decision.reason,
          },
        ],
      );
    }
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
        ...approvalFollows(next, context),
        tell(`failed-${context.revision}`, next, text),
      ]);
    }
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function approvalFollows(state: ApprovedState, context: Context): Effect[] {
  const place = context.directory.places.approvals;
  return place === null ? [] : [approvalCard(place, state, context)];
}

function tell(message: string, state: ApprovedState, text: string): Effect {
  return showText(message, state.place, text, { mention: [state.requester] });
}

function verified(state: ConnectAt<'verifying'>, event: EventOf<'verified'>, context: Context): Transition {
  const next: ConnectAt<'connected'> = { ...state, at: 'connected', proof: event.proof };
  return moveTo(next, [statusCard(next, context), resultCard(state.place, event.proof, state.requester)]);
}

function unread(because: string) {
  return {
    evidence: [
      {
        kind: 'read' as const,
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
  if (state.at !== 'connected') {
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
  return moveTo({ ...state, proof }, [resultCard(state.place, proof, state.requester)]);
}

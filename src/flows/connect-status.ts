/** The living card of a plan: one card in the thread, edited from the request for approval to the end (STORYBOARD A6). */
import type { ConnectStatusData, SignedLine } from './card.ts';
import { connectMessage } from './connect-form-card.ts';
import { planHeadline, writesOf } from './connect-plan.ts';
import { proofFace } from './connect-result.ts';
import type { ShowMessage } from './effect.ts';
import type { StepReport, StepState } from './event.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import type { ApprovedState } from './state.ts';
import { formatSeconds, localTime } from './time.ts';

const stepLooks: Record<StepState, Pick<SignedLine, 'sign' | 'word' | 'tone'>> = {
  waiting: { sign: '○', word: 'waiting', tone: 'default' },
  running: { sign: '◐', word: 'working', tone: 'warning' },
  done: { sign: '✓', word: 'done', tone: 'good' },
  failed: { sign: '✕', word: 'failed', tone: 'attention' },
};

export function statusCard(state: ApprovedState, context: Context): ShowMessage {
  const face = faceOf(state, context);
  const data: ConnectStatusData = {
    headline: face.headline,
    tone: face.tone,
    text: face.text,
    steps: stepsOf(state),
    failure: state.at === 'failed' ? state.because : '',
    code: state.at === 'failed' ? (state.code ?? '') : '',
    hash: state.plan.hash.slice(0, 12),
  };
  return showCard(
    connectMessage,
    state.place,
    `${face.headline}. ${face.text}`,
    { name: 'connect-status', data },
    { verbs: face.verbs },
  );
}

interface Face {
  headline: string;
  tone: ConnectStatusData['tone'];
  text: string;
  verbs: string[];
}

function faceOf(state: ApprovedState, context: Context): Face {
  switch (state.at) {
    case 'awaiting-approval':
      return {
        headline: 'Waiting for the person on call',
        tone: 'warning',
        text: waitingText(state, context),
        verbs: ['withdraw'],
      };
    case 'applying':
      return {
        headline: `Working: ${progressText(state)}`,
        tone: 'default',
        text: approvedText(state, context),
        verbs: [],
      };
    case 'verifying':
      return {
        headline: 'All written; checking that it works',
        tone: 'default',
        text: approvedText(state, context),
        verbs: [],
      };
    case 'connected': {
      const { kind, headline, tone } = proofFace(state.proof);
      const stands = kind === 'wrong' || kind === 'unread' ? headline : 'Connected';
      return { headline: stands, tone, text: `${approvedText(state, context)} The proof stands below.`, verbs: [] };
    }
    case 'failed':
      return {
        headline: `Stopped: ${progressText(state)}`,
        tone: 'attention',
        text: state.wayOut,
        verbs: ['retry', 'leave'],
      };
    case 'closed':
      return {
        headline: closedHeadlines[state.why],
        tone: 'attention',
        text: `${state.because} ${state.why === 'left' || wasWritten(state) ? '' : 'Nothing was changed in Azure.'}`.trim(),
        verbs: ['change-answers'],
      };
    default: {
      const never: never = state;
      return never;
    }
  }
}

const closedHeadlines = {
  denied: 'Rejected',
  expired: 'Expired',
  voided: 'Not carried out: the world has moved',
  withdrawn: 'Withdrawn',
  left: 'Left as it is',
} as const;

function waitingText(state: ApprovedState, context: Context): string {
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const asked =
    state.approval.asked === null ? 'The approvers were' : `${nameOf(context.directory, state.approval.asked)} was`;
  const reminder = localTime(state.approval.remindAt, zone);
  return `${asked} asked about: ${planHeadline(state.plan)}. I remind them ${reminder}; the request expires ${localTime(state.approval.expiresAt, zone)}.`;
}

function approvedText(state: ApprovedState, context: Context): string {
  const by = state.approval.decision?.by ?? null;
  return by === null ? '' : `Approved by ${nameOf(context.directory, by)}.`;
}

/** A plan that was left or became void may have been carried out in part. */
export function wasWritten(state: ApprovedState): boolean {
  return state.steps.some((step) => step.state === 'done' || step.state === 'failed');
}

/** "3 of 7 changes done" */
export function progressText(state: ApprovedState): string {
  const total = writesOf(state.plan).length;
  const done = state.steps.filter((step) => step.state === 'done').length;
  return `${done} of ${total} changes done`;
}

function stepsOf(state: ApprovedState): ConnectStatusData['steps'] {
  return state.plan.steps.map((step) => {
    if (step.change === 'keep' || step.change === 'adopt') {
      return { sign: '=', word: 'as it was', tone: 'default' as const, text: step.title, detail: '', time: '' };
    }
    const report = state.steps.find((known) => known.id === step.id);
    const looks = stepLooks[report?.state ?? 'waiting'];
    return { ...looks, text: step.title, detail: report?.note ?? '', time: timeOf(report) };
  });
}

function timeOf(report: StepReport | undefined): string {
  return report?.seconds === null || report?.seconds === undefined ? '' : formatSeconds(report.seconds);
}

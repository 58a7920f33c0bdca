/**
 * The living card of a plan: one card in the thread, edited from the request for approval to the end (STORYBOARD A6, A8).
 * An undo has a living card of its own.
 */
import { dueOf } from './approval-state.ts';
import type { ConnectStatusData } from './connect-card.ts';
import { connectMessage } from './connect-form-card.ts';
import { askedSince, endWords, type OwnerAsk, ownerAsk, waitWords } from './connect-owner.ts';
import { isOver, stateOf, stepsOf } from './connect-progress.ts';
import { proofFace } from './connect-proof.ts';
import {
  count,
  isOwnerWait,
  runsOf,
  sizeOf,
  type Work,
  workMessage,
  workOf,
  type WorkStep,
  writesOf,
} from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import type { ApprovedState, ConnectAt } from './state.ts';
import { localDateTime, localTime, localTimeShort } from './time.ts';

type RunState = Exclude<ApprovedState, { at: 'undo-reading' | 'undo-stopped' | 'undo-planned' }>;

export function statusCard(state: RunState, context: Context): ShowMessage {
  const work = workOf(state);
  const face = faceOf(state, work, context);
  const data: ConnectStatusData = {
    headline: face.headline,
    sign: face.sign ?? signs[face.tone],
    tone: face.tone,
    text: face.text,
    ask: face.ask?.words ?? '',
    command: face.ask?.command ?? '',
    steps: stepsOf(state, work),
    failure: state.at === 'failed' ? failureOf(state, work) : '',
    code: state.at === 'failed' ? (state.code ?? '') : '',
    hash: work.hash.slice(0, 12),
  };
  return showCard(
    work.isUndo ? workMessage('undo', work.id) : connectMessage,
    state.place,
    `${face.headline}. ${face.text}`,
    { name: 'connect-status', data },
    { verbs: face.verbs },
  );
}

/** With the change at which it stopped, when there is one. */
function failureOf({ because, step }: ConnectAt<'failed'>, work: Work): string {
  const title = work.steps.find(({ id }) => id === step)?.title;
  return title === undefined ? because : `${title}: ${because}`;
}

/** Beside the colour; the words say the same. */
const signs: Record<ConnectStatusData['tone'], string> = { good: '✓', attention: '✕', warning: '○', default: '◐' };

interface Face {
  headline: string;
  /** Where another one fits better than the tone’s own. */
  sign?: string;
  tone: ConnectStatusData['tone'];
  text: string;
  ask?: OwnerAsk;
  verbs: readonly string[];
}

function faceOf(state: RunState, work: Work, context: Context): Face {
  switch (state.at) {
    case 'awaiting-approval':
      return {
        headline: work.isUndo ? 'Undo: waiting for the person on call' : 'Waiting for the person on call',
        tone: 'warning',
        text: waitingText(state, work, context),
        verbs: ['withdraw', ...(work.isUndo ? [] : ['show-text'])],
      };
    case 'approved':
      return approvedFace(state, work, context);
    case 'applying':
      return applyingFace(state, work, context);
    case 'verifying':
      return {
        headline: work.isUndo ? 'All taken back; checking what is left' : 'All written; checking that it works',
        tone: 'default',
        text: approvedText(state, context),
        verbs: [],
      };
    case 'connected':
      return connectedFace(state, context);
    case 'failed':
      return {
        headline: `${work.isUndo ? 'Undo stopped' : 'Stopped'}: ${progressText(state)}`,
        tone: 'attention',
        text: state.wayOut,
        verbs: [
          'retry',
          ...(work.isUndo || !wasWritten(state) ? [] : ['undo']),
          'leave',
          ...(state.desk === undefined ? ['start-support'] : []),
        ],
      };
    case 'closed':
      return closedFace(state, work);
    case 'undone':
      return undoneFace(state, context);
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** Decided, and not begun: the last moment in which nothing is lost by taking it back. */
function approvedFace(state: ConnectAt<'approved'>, work: Work, context: Context): Face {
  const { hold } = state;
  const what = work.isUndo ? 'Undo approved' : 'Approved';
  const until = hold?.until ?? null;
  const isByHand = hold !== null && dueOf(hold) === null;
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const headline =
    hold === null
      ? `${what}; it begins in a moment`
      : until === null
        ? `${what}, but held up`
        : `${what}; it begins ${localDateTime(until, zone)}`;
  const way = isByHand
    ? 'Press “Try again” when that is over, or withdraw it.'
    : `${until === null ? 'It begins by itself when that is over. ' : ''}Until then you can withdraw it.`;
  return {
    headline,
    tone: hold === null ? 'default' : 'warning',
    text: `${approvedText(state, context)} Nothing is written yet.${hold === null ? '' : ` ${hold.why} ${way}`}`,
    verbs: [...(isByHand ? ['retry'] : []), 'withdraw'],
  };
}

function applyingFace(state: ConnectAt<'applying'>, work: Work, context: Context): Face {
  const waits = waitingFor(state, work);
  if (waits === null) {
    const headline = `${work.isUndo ? 'Undoing' : 'Working'}: ${progressText(state)}`;
    return { headline, tone: 'default', text: approvedText(state, context), verbs: [] };
  }
  return {
    headline: 'Waiting for somebody else',
    tone: 'warning',
    text: `${waitWords(waits.title)}${askedSince(state, context)}. ${progressText(state)}. ${endWords(state, context)}`,
    ask: ownerAsk(state.plan, waits.resource),
    verbs: ['leave'],
  };
}

/** The owner of a service has to accept, and nothing else can be done meanwhile. */
export function waitingFor(state: ConnectAt<'applying'>, work: Work): WorkStep | null {
  const open = runsOf(work).filter(({ id }) => stateOf(id, state) !== 'done');
  const waits = open.find((step) => isOwnerWait(step) && step.after.every((id) => isOver(id, state, work)));
  return waits !== undefined && open.every(({ id }) => stateOf(id, state) === 'waiting') ? waits : null;
}

function connectedFace(state: ConnectAt<'connected'>, context: Context): Face {
  const { kind, headline, tone } = proofFace(state);
  const isPlain = kind === 'works' || kind === 'untried';
  return {
    headline: isPlain ? 'Connected' : headline,
    sign: kind === 'untried' ? '●' : signs[tone],
    tone: isPlain && kind === 'untried' ? 'default' : tone,
    text: `${approvedText(state, context)} The proof stands below.`,
    verbs: [],
  };
}

function closedFace(state: ConnectAt<'closed'>, work: Work): Face {
  const isDone = state.why === 'left' || wasWritten(state);
  const kept = work.isUndo ? 'The connection stays as it is.' : 'Nothing was changed in Azure.';
  const { sign, tone, ...looks } = closedLooks[state.why];
  const headline = state.why === 'voided' && isDone ? 'Stopped: Azure has changed' : looks.headline;
  return {
    headline: work.isUndo ? `Undo ${headline.slice(0, 1).toLowerCase()}${headline.slice(1)}` : headline,
    sign,
    tone,
    text: `${state.because} ${isDone ? '' : kept}`.trim(),
    verbs: work.isUndo ? (isDone ? ['undo'] : []) : ['change-answers', ...(isDone ? ['undo'] : [])],
  };
}

/** What somebody wanted to end is no alarm. */
const closedLooks = {
  denied: { headline: 'Rejected', sign: '✕', tone: 'attention' },
  expired: { headline: 'Expired', sign: '!', tone: 'warning' },
  voided: { headline: 'Not carried out: Azure has changed', sign: '!', tone: 'warning' },
  withdrawn: { headline: 'Withdrawn', sign: '–', tone: 'default' },
  left: { headline: 'Left as it is', sign: '–', tone: 'default' },
} as const;

function undoneFace(state: ConnectAt<'undone'>, context: Context): Face {
  const { headline, tone } = proofFace(state);
  return { headline, tone, text: `${approvedText(state, context)} The proof stands below.`, verbs: [] };
}

/** The card of a plan that was undone since says so, and offers nothing any more. */
export function undoneCard({ place, plan, planId, undo }: ConnectAt<'undone'>): ShowMessage {
  const { from } = undo;
  const work = workOf({ plan, planId });
  const text = 'What this plan made was taken back. The undo and its proof stand below.';
  const data: ConnectStatusData = {
    headline: 'Undone',
    sign: '↺',
    tone: 'default',
    text,
    ask: '',
    command: '',
    steps: stepsOf(from, work),
    failure: '',
    code: '',
    hash: work.hash.slice(0, 12),
  };
  return showCard(
    connectMessage,
    place,
    `Undone. ${text}`,
    { name: 'connect-status', data },
    { verbs: ['change-answers'] },
  );
}

function waitingText(state: ApprovedState, work: Work, context: Context): string {
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const asked =
    state.approval.asked === null ? 'The approvers were' : `${nameOf(context.directory, state.approval.asked)} was`;
  const { change, escalateAt, expiresAt, remindAt } = state.approval;
  const wish =
    change === null || change.answer !== null
      ? ''
      : ` ${nameOf(context.directory, change.by)} asked for a change; see below.`;
  return `${asked} asked about ${sizeOf(work)}.${votesText(state, context)}${wish} I remind them ${localTimeShort(remindAt, zone)} and ask the next one on call ${localTimeShort(escalateAt, zone)}; the request expires ${localTime(expiresAt, zone)}.`;
}

function votesText({ approval }: ApprovedState, { directory }: Context): string {
  const names = approval.votes.map(({ person }) => nameOf(directory, person));
  return names.length === 0 ? '' : ` ${names.join(' and ')} said yes; more are needed.`;
}

function approvedText({ approval }: ApprovedState, { directory }: Context): string {
  const by = approval.decision?.by ?? null;
  const names = approval.votes.map(({ person }) => nameOf(directory, person));
  return by === null ? '' : `Approved by ${names.length === 0 ? nameOf(directory, by) : names.join(' and ')}.`;
}

/** A plan that was left or became void may have been carried out in part. */
export function wasWritten(state: ApprovedState): boolean {
  return state.steps.some((step) => step.state === 'done' || step.state === 'failed');
}

/** "3 of 7 changes done" */
export function progressText(state: ApprovedState): string {
  const writes = writesOf(workOf(state));
  const done = writes.filter(({ id }) => state.steps.find((step) => step.id === id)?.state === 'done').length;
  return `${done} of ${count(writes.length, 'change')} done`;
}

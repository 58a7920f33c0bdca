/** The steps of a plan as lines of its living card: how far each is, how long it took, and what it waits for. */
import type { SignedLine } from './card.ts';
import type { ConnectStatusData } from './connect-card.ts';
import { isOwnerWait, runsOf, type Work, type WorkStep } from './connect-work.ts';
import type { StepReport, StepState } from './event.ts';
import type { ApprovedState } from './state.ts';
import { formatSeconds } from './time.ts';

type Known = Pick<ApprovedState, 'at' | 'steps'>;

const stepLooks: Record<StepState, Pick<SignedLine, 'sign' | 'word' | 'tone'>> = {
  waiting: { sign: '○', word: 'waiting', tone: 'default' },
  running: { sign: '◐', word: 'working', tone: 'warning' },
  done: { sign: '✓', word: 'done', tone: 'good' },
  failed: { sign: '✕', word: 'failed', tone: 'attention' },
};

export function stepsOf(state: Known, work: Work): ConnectStatusData['steps'] {
  const runs = new Set(runsOf(work));
  return work.steps.map((step) => {
    if (!runs.has(step)) {
      return { sign: '=', word: 'as it was', tone: 'default' as const, text: step.title, detail: '', time: '' };
    }
    const report = state.steps.find((known) => known.id === step.id);
    const looks = looksOf(report?.state ?? 'waiting', state);
    const note = report?.state === 'failed' ? '' : (report?.note ?? waitsFor(step, state, work));
    // Why it failed stands at the top of the card; that somebody is waited for, in the title of the step.
    const detail = isOwnerWait(step) && report?.state === 'waiting' ? '' : note;
    const word = looks === stepLooks.waiting && hasNotBegun(state) && detail === '' ? '' : looks.word;
    return { ...looks, word, text: step.title, detail, time: timeOf(report) };
  });
}

/** That every line waits stands above them. */
function hasNotBegun({ at }: Known): boolean {
  return at === 'awaiting-approval' || at === 'approved';
}

/** What has not begun when it is over waits for nothing any more. */
function looksOf(step: StepState, state: Known): (typeof stepLooks)[StepState] {
  return step === 'waiting' && (state.at === 'closed' || state.at === 'failed')
    ? { sign: '–', word: state.at === 'closed' ? 'not done' : 'not begun', tone: 'default' }
    : stepLooks[step];
}

/** The first change that has to be done before; empty when this one is not held up. */
function waitsFor(step: WorkStep, state: Known, work: Work): string {
  if (state.at !== 'applying' || stateOf(step.id, state) !== 'waiting') {
    return '';
  }
  const before = step.after.find((id) => !isOver(id, state, work));
  const title = work.steps.find(({ id }) => id === before)?.title;
  return title === undefined ? '' : `after “${title}”`;
}

function timeOf(report: StepReport | undefined): string {
  return report?.seconds === null || report?.seconds === undefined ? '' : formatSeconds(report.seconds);
}

/** What is used as it is has no report. */
export function isOver(id: string, { steps }: Pick<ApprovedState, 'steps'>, work: Work): boolean {
  const runs = runsOf(work).some((step) => step.id === id);
  return !runs || stateOf(id, { steps }) === 'done';
}

export function stateOf(id: string, { steps }: Pick<ApprovedState, 'steps'>): StepState | undefined {
  return steps.find((step) => step.id === id)?.state;
}

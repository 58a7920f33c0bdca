/** The proof as a card of its own (STORYBOARD A7), with the way back. */
import type { CheckToRun, Evidence, Proof } from '../plan/evidence.ts';
import type { SignedLine } from './card.ts';
import type { ConnectResultData } from './connect-card.ts';
import { openChecks, proofFace } from './connect-proof.ts';
import { workMessage, workOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import { showCard } from './message.ts';
import type { ConnectAt } from './state.ts';

/**
 * @param phase Whether it stands as it is; an undo of it is being made, below; or it was undone since, and is kept as a
 * record. Only what stands offers anything.
 */
export function resultCard(
  state: ConnectAt<'connected' | 'undone'>,
  phase: 'stands' | 'undoing' | 'over' = 'stands',
): ShowMessage {
  const isOver = phase === 'over';
  const { plan, proof } = state;
  const work = workOf(state);
  const { headline, kind, tone, text } = proofFace(state);
  const goodWord = work.isUndo ? 'as before' : 'as planned';
  const data: ConnectResultData = {
    part: work.isUndo ? 'Connect a private network · undone' : 'Connect a private network · the proof',
    headline: isOver ? 'Undone since' : headline,
    tone: isOver ? 'default' : tone,
    text: isOver ? 'This is what was proved before the undo.' : text,
    read: linesOf(proof, 'read', goodWord),
    computed: linesOf(kind === 'waiting' ? withoutWait(state) : proof, 'computed', goodWord),
    observed: linesOf(proof, 'observed', goodWord),
    closed: fewOf(proof.evidence.filter(({ closed }) => closed === true).map((evidence) => lineOf(evidence, 'closed'))),
    unseen: isOver || work.isUndo ? '' : unseenText(proof),
    toRun: isOver ? [] : openChecks(proof).map(shownCheck),
    undo: phase === 'over' || work.isUndo || plan.undo.length === 0 ? '' : undoWords[phase],
  };
  const isOpen = openChecks(proof).length > 0;
  const verbs = [
    ...(isOpen && !work.isUndo ? ['judge-output'] : []),
    'check-again',
    ...(kind === 'waiting' ? ['start-support'] : []),
    ...(data.undo === '' ? [] : ['undo']),
  ];
  return showCard(
    workMessage('result', work.id),
    state.place,
    `${data.headline}. ${data.text}`,
    { name: 'connect-result', data },
    phase === 'stands' ? { verbs, mention: [state.requester] } : {},
  );
}

const undoWords = {
  stands: 'Undo asks for an approval of its own, and takes back only what this plan made or changed.',
  undoing: 'An undo is under way below.',
} as const;

function shownCheck({ command, expect, from, powershell }: CheckToRun): ConnectResultData['toRun'][number] {
  return {
    from,
    command,
    expect,
    powershell: powershell?.command ?? '',
    powershellExpect: powershell?.expect ?? '',
  };
}

function unseenText({ evidence }: Proof): string {
  return evidence.some(({ closed, kind }) => kind === 'observed' && closed !== true)
    ? ''
    : 'Nothing yet: nobody has tried it.';
}

/** What is waited for stands above everything else already. */
function withoutWait({ plan, proof }: ConnectAt<'connected' | 'undone'>): Proof {
  return { ...proof, evidence: proof.evidence.filter(({ text }) => text !== plan.aftermath?.text) };
}

/** What must stay closed stands by itself. */
function linesOf(proof: Proof, kind: Evidence['kind'], goodWord: string): SignedLine[] {
  const lines = proof.evidence.filter((evidence) => evidence.kind === kind && evidence.closed !== true);
  return fewOf(lines.map((evidence) => lineOf(evidence, goodWord)));
}

/** More would make the card of a large plan too large for every platform. All of it stands in the evidence. */
const mostLines = 12;

/** What is not good is never left out. */
function fewOf(lines: readonly SignedLine[]): SignedLine[] {
  const others = lines.filter(({ tone }) => tone !== 'good').length;
  const room = Math.max(1, mostLines - others);
  const good = lines.filter(({ tone }) => tone === 'good');
  const left = good.slice(room);
  const [first] = left;
  const shown = lines.filter((line) => !left.includes(line));
  return first === undefined || lines.length <= mostLines
    ? [...lines]
    : [...shown, { ...first, text: `And ${left.length} more of the kind.` }];
}

/** Beside what must stay closed: how that is known. */
const kindWords: Record<Evidence['kind'], string> = {
  read: 'read from Azure',
  computed: 'follows from what Azure says',
  observed: 'tried',
};

/** What is good says so by its sign alone, under the heading of its kind; what must stay closed says that it is. */
function lineOf({ care, closed, good, kind, text }: Evidence, goodWord: string): SignedLine {
  const detail = closed === true && good !== null ? kindWords[kind] : '';
  if (good === null) {
    const word = care === true ? 'have a look' : kind === 'observed' ? 'not tried' : 'not known';
    return { sign: care === true ? '!' : '?', word, tone: 'warning', text, detail };
  }
  return good
    ? { sign: '✓', word: closed === true ? goodWord : '', tone: 'good', text, detail }
    : { sign: '✕', word: closed === true ? 'open' : `not ${goodWord}`, tone: 'attention', text, detail };
}

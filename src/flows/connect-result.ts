/** The proof as a card of its own (STORYBOARD A7), with the way back. */
import type { Evidence, Proof } from '../plan/evidence.ts';
import type { SignedLine } from './card.ts';
import type { ConnectResultData } from './connect-card.ts';
import { proofFace, seenWorking } from './connect-proof.ts';
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
    unseen: isOver || work.isUndo ? '' : unseenText(proof),
    toRun: isOver ? [] : proof.toRun,
    undo: phase === 'over' || work.isUndo || plan.undo.length === 0 ? '' : undoWords[phase],
  };
  const isOpen = seenWorking(proof) < proof.toRun.length;
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

function unseenText(proof: Proof): string {
  return proof.evidence.some(({ kind }) => kind === 'observed') ? '' : 'Nothing yet: nobody has tried it.';
}

/** What is waited for stands above everything else already. */
function withoutWait({ plan, proof }: ConnectAt<'connected' | 'undone'>): Proof {
  return { ...proof, evidence: proof.evidence.filter(({ text }) => text !== plan.aftermath?.text) };
}

function linesOf(proof: Proof, kind: Evidence['kind'], goodWord: string): SignedLine[] {
  return proof.evidence.filter((evidence) => evidence.kind === kind).map((evidence) => lineOf(evidence, goodWord));
}

function lineOf(evidence: Evidence, goodWord: string): SignedLine {
  if (evidence.good === null) {
    return { sign: '?', word: 'not known', tone: 'warning', text: evidence.text, detail: '' };
  }
  return evidence.good
    ? { sign: '✓', word: goodWord, tone: 'good', text: evidence.text, detail: '' }
    : { sign: '✕', word: `not ${goodWord}`, tone: 'attention', text: evidence.text, detail: '' };
}

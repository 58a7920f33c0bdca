/**
 * The proof (STORYBOARD A7): what Azure says, what follows from it, and what somebody has really seen, told apart
 * (DESIGN.md section 8). Only what was seen counts as "it works".
 */
import type { CheckToRun, Evidence, Proof } from '../plan/evidence.ts';
import type { ConnectResultData, SignedLine } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';

const resultMessage = 'result';

export function resultCard(to: Place, proof: Proof, requester: string): ShowMessage {
  const face = faceOf(proof);
  const data: ConnectResultData = {
    ...face,
    read: linesOf(proof, 'read'),
    computed: linesOf(proof, 'computed'),
    observed: linesOf(proof, 'observed'),
    toRun: proof.toRun,
  };
  const verbs = proof.toRun.length > 0 && !wasObserved(proof) ? ['judge-output'] : [];
  return showCard(
    resultMessage,
    to,
    `${face.headline}. ${face.text}`,
    { name: 'connect-result', data },
    { verbs, mention: [requester] },
  );
}

function wasObserved(proof: Proof): boolean {
  return proof.evidence.some((evidence) => evidence.kind === 'observed' && evidence.good === true);
}

function faceOf(proof: Proof): Pick<ConnectResultData, 'headline' | 'tone' | 'text'> {
  if (proof.evidence.some((evidence) => evidence.good === false)) {
    return {
      headline: 'Written, but something is not as planned',
      tone: 'attention',
      text: 'The lines marked with ✕ say what. Show this card to your platform team, or write “plan again” here for a fresh plan.',
    };
  }
  if (wasObserved(proof)) {
    return { headline: 'Connected, and it works', tone: 'good', text: 'Seen from the other network, not only set up.' };
  }
  return {
    headline: 'Set up correctly, not yet tried',
    tone: 'good',
    text: 'Azure confirms every change. I do not stand in your network, so the last step is yours: run the check below there and paste what it prints.',
  };
}

function linesOf(proof: Proof, kind: Evidence['kind']): SignedLine[] {
  return proof.evidence.filter((evidence) => evidence.kind === kind).map(lineOf);
}

function lineOf(evidence: Evidence): SignedLine {
  if (evidence.good === null) {
    return { sign: '?', word: 'not known', tone: 'warning', text: evidence.text, detail: '' };
  }
  return evidence.good
    ? { sign: '✓', word: 'as planned', tone: 'good', text: evidence.text, detail: '' }
    : { sign: '✕', word: 'not as planned', tone: 'attention', text: evidence.text, detail: '' };
}

/** Judges what a person pasted: the planned address must stand in it, as a whole address. */
export function judgeOutput(proof: Proof, output: string, who: string): Proof {
  const judged = proof.toRun.map((check) => judge(check, output, who));
  const others = proof.evidence.filter((evidence) => evidence.kind !== 'observed');
  return { ...proof, evidence: [...others, ...judged] };
}

function judge(check: CheckToRun, output: string, who: string): Evidence {
  const found = output.split(/[^0-9A-Za-z.:_-]+/).includes(check.expect);
  return {
    kind: 'observed',
    code: 'pasted-output',
    good: found,
    text: found
      ? `${who} ran “${check.command}” in ${check.from}; the answer holds ${check.expect}.`
      : `What ${who} pasted for “${check.command}” does not hold ${check.expect}. Was it run inside ${check.from}? A cached answer can last some minutes.`,
  };
}

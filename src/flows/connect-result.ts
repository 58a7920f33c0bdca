/**
 * The proof (STORYBOARD A7): what Azure says, what follows from it, and what somebody has really seen, told apart
 * (DESIGN.md section 8). Only what was seen counts as "it works".
 */
import type { CheckToRun, Evidence, Proof } from '../plan/evidence.ts';
import type { ConnectResultData, SignedLine } from './card.ts';
import { planMessage } from './connect-plan.ts';
import type { ShowMessage } from './effect.ts';
import { showCard } from './message.ts';
import type { ConnectAt } from './state.ts';

export function resultCard(state: ConnectAt<'connected'>): ShowMessage {
  const { proof } = state;
  const { headline, tone, text } = proofFace(proof);
  const data: ConnectResultData = {
    headline,
    tone,
    text,
    read: linesOf(proof, 'read'),
    computed: linesOf(proof, 'computed'),
    observed: linesOf(proof, 'observed'),
    toRun: proof.toRun,
  };
  return showCard(
    planMessage('result', state.planId),
    state.place,
    `${headline}. ${text}`,
    { name: 'connect-result', data },
    { verbs: seenWorking(proof) < proof.toRun.length ? ['judge-output'] : [], mention: [state.requester] },
  );
}

type ProofFace = Pick<ConnectResultData, 'headline' | 'tone' | 'text'> & {
  kind: 'wrong' | 'unread' | 'works' | 'untried';
};

/** Unknown is never green, and "it works" needs every check to be seen. */
export function proofFace(proof: Proof): ProofFace {
  if (proof.evidence.some((evidence) => evidence.good === false)) {
    return {
      kind: 'wrong',
      headline: 'Written, but something is not as planned',
      tone: 'attention',
      text: 'The lines marked with ✕ say what. Show this card to your platform team, or write “plan again” here for a fresh plan.',
    };
  }
  const seen = seenWorking(proof);
  if (seen > 0 && seen === proof.toRun.length) {
    return {
      kind: 'works',
      headline: 'Connected, and it works',
      tone: 'good',
      text: 'Seen from the other network, not only set up.',
    };
  }
  if (proof.evidence.some((evidence) => evidence.good === null)) {
    return {
      kind: 'unread',
      headline: 'Written, not yet confirmed',
      tone: 'warning',
      text: `The lines marked with ? say what I could not find out. ${nextStep(proof, seen)}`,
    };
  }
  return {
    kind: 'untried',
    headline: seen > 0 ? 'Set up correctly, tried in part' : 'Set up correctly, not yet tried',
    // Green is for what somebody has seen working.
    tone: 'default',
    text: `Azure confirms every change. ${nextStep(proof, seen)}`,
  };
}

function nextStep(proof: Proof, seen: number): string {
  if (proof.toRun.length === 0) {
    return 'Try it from the other network, or write “plan again” here: a fresh plan shows what stands.';
  }
  return seen > 0
    ? `${seen} of ${proof.toRun.length} checks were seen to work; run the others below and paste what they print.`
    : 'I do not stand in your network, so the last step is yours: run the check below there and paste what it prints.';
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

function seenWorking(proof: Proof): number {
  return proof.evidence.filter((evidence) => evidence.kind === 'observed' && evidence.good === true).length;
}

/**
 * Judges what a person pasted: what a check expects must stand in it, as a whole word. An output proves the checks that
 * it holds and says nothing about the others; only one that holds none is held against the connection.
 */
export function judgeOutput(proof: Proof, output: string, who: string): Proof {
  const words = new Set(output.split(/[^0-9A-Za-z.:_-]+/).map((word) => word.replace(/[.:]+$/, '')));
  const others = proof.evidence.filter((evidence) => evidence.kind !== 'observed');
  const seen = proof.toRun.flatMap((check, index) => {
    const code = `pasted-output/${index}`;
    const before = proof.evidence.filter((evidence) => evidence.code === code);
    return words.has(check.expect) ? [worked(code, check, who)] : before;
  });
  const proved = proof.toRun.some((check) => words.has(check.expect));
  return { ...proof, evidence: [...others, ...seen, ...(proved ? [] : [failed(proof, who)])] };
}

function worked(code: string, check: CheckToRun, who: string): Evidence {
  const text = `${who} ran “${check.command}” in ${check.from}; the answer holds ${check.expect}.`;
  return { kind: 'observed', code, good: true, text };
}

function failed(proof: Proof, who: string): Evidence {
  const expected = [...new Set(proof.toRun.map((check) => check.expect))].join(' or ');
  const from = [...new Set(proof.toRun.map((check) => check.from))].join(' or ');
  const text = `What ${who} pasted does not hold ${expected}. Was it run inside ${from}? A cached answer can last some minutes.`;
  return { kind: 'observed', code: 'pasted-output', good: false, text };
}

/**
 * How a proof reads: what Azure says, what follows from it, and what somebody has really seen, told apart (DESIGN.md
 * section 8). Only what was seen counts as "it works".
 */
import type { CheckToRun, Evidence, Proof } from '../plan/evidence.ts';
import type { Scenario } from '../plan/plan.ts';
import type { ConnectResultData } from './connect-card.ts';
import type { ConnectAt } from './state.ts';

export type ProofFace = Pick<ConnectResultData, 'headline' | 'tone' | 'text'> & {
  kind: 'wrong' | 'unread' | 'works' | 'untried' | 'waiting' | 'undone';
};

/** Unknown is never green, and "it works" needs every check to be seen. */
export function proofFace(state: ConnectAt<'connected' | 'undone'>): ProofFace {
  return state.at === 'undone' ? undoneFace(state.proof) : connectedFace(state);
}

function connectedFace({ plan, proof }: ConnectAt<'connected'>): ProofFace {
  if (isWrong(proof)) {
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
      text: `Seen from ${whoUses[plan.scenario]}, not only set up.`,
    };
  }
  if (plan.aftermath !== undefined) {
    const { text, wayOut } = plan.aftermath;
    return { kind: 'waiting', headline: 'Written; waiting for the nodes', tone: 'warning', text: `${text} ${wayOut}` };
  }
  if (isUnread(proof)) {
    return {
      kind: 'unread',
      headline: 'Written, not yet confirmed',
      tone: 'warning',
      text: `The lines marked with ? say what I could not find out. ${nextStep(proof, plan.scenario)}`,
    };
  }
  return {
    kind: 'untried',
    headline: seen > 0 ? 'Set up correctly, tried in part' : 'Set up correctly, not yet tried',
    // Green is for what somebody has seen working.
    tone: 'default',
    text: `Azure confirms every change. ${nextStep(proof, plan.scenario)}`,
  };
}

const whoUses: Record<Scenario, string> = {
  'apps-by-peering': 'the other network',
  'apps-by-private-link': 'the other network',
  'service-by-endpoint': 'the environment',
  'dns-servers': 'the environment',
  'database-read': 'the other network',
};

function nextStep(proof: Proof, scenario: Scenario): string {
  const seen = seenWorking(proof);
  const account =
    scenario === 'database-read' ? ' Accounts, grants and passwords of the database are for its owner to give.' : '';
  if (proof.toRun.length === 0) {
    return `Try it from ${whoUses[scenario]}, or press “Check again” later.${account}`;
  }
  return seen > 0
    ? `${seen} of ${proof.toRun.length} checks were seen to work; run the others below and paste what they print.${account}`
    : `I do not stand in your network, so the last step is yours: run the check below there and paste what it prints.${account}`;
}

function undoneFace(proof: Proof): ProofFace {
  if (isWrong(proof)) {
    return {
      kind: 'wrong',
      headline: 'Undone in part',
      tone: 'attention',
      text: 'The lines marked with ✕ say what is not as it was before the plan. Show this card to your platform team.',
    };
  }
  if (isUnread(proof)) {
    return {
      kind: 'unread',
      headline: 'Undone, not yet confirmed',
      tone: 'warning',
      text: 'The lines marked with ? say what I could not find out. Press “Check again” later.',
    };
  }
  return {
    kind: 'undone',
    headline: 'Undone: everything is as it was before',
    tone: 'good',
    text: 'Read from Azure after the last change. Write “change answers” here to make a new plan.',
  };
}

function isWrong({ evidence }: Proof): boolean {
  return evidence.some(({ good }) => good === false);
}

/** That nobody has tried it yet is no lack of reading. */
function isUnread({ evidence }: Proof): boolean {
  return evidence.some(({ good, kind }) => good === null && kind !== 'observed');
}

export function seenWorking({ evidence }: Proof): number {
  return evidence.filter(({ good, kind }) => kind === 'observed' && good === true).length;
}

export function unreadProof(because: string): Proof {
  return {
    evidence: [
      { kind: 'read', code: 'unread', good: null, text: `I could not read Azure after the last write: ${because}` },
    ],
    toRun: [],
  };
}

/**
 * Judges what a person pasted: what a check expects must stand in it, as a whole word. An output proves the checks that
 * it holds and says nothing about the others; only one that holds none is held against the connection.
 */
export function judgeOutput(proof: Proof, output: string, who: string): Proof {
  const words = new Set(output.split(/[^0-9A-Za-z.:_-]+/).map((word) => word.replace(/[.:]+$/, '')));
  const others = proof.evidence.filter(({ good, kind }) => kind !== 'observed' || good === null);
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

/** A fresh reading beside what people saw before, which no reading replaces. */
export function withSeen(fresh: Proof, before: Proof): Proof {
  const seen = before.evidence.filter(({ good, kind }) => kind === 'observed' && good !== null);
  return { ...fresh, evidence: [...fresh.evidence, ...seen] };
}

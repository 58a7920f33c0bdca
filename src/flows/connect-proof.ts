/**
 * How a proof reads: what Azure says, what follows from it, and what somebody has really seen, told apart (DESIGN.md
 * section 8). Only what was seen counts as "it works".
 */
import type { CheckToRun, Proof } from '../plan/evidence.ts';
import type { Scenario } from '../plan/plan.ts';
import type { ConnectResultData } from './connect-card.ts';
import { pastedCode } from './judge-output.ts';
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

/** That nobody has tried it yet is no lack of reading, and what somebody should look at was read. */
function isUnread({ evidence }: Proof): boolean {
  return evidence.some(({ care, good, kind }) => good === null && care !== true && kind !== 'observed');
}

export function seenWorking(proof: Proof): number {
  return proof.toRun.length - openChecks(proof).length;
}

/** What nobody has seen working yet, neither a person nor a probe. */
export function openChecks({ evidence, toRun }: Proof): CheckToRun[] {
  const seen = new Set(
    evidence.flatMap(({ good, kind, of }) => (kind === 'observed' && good === true ? (of ?? []) : [])),
  );
  return toRun.filter(({ id }) => id === undefined || !seen.has(id));
}

export function unreadProof(because: string): Proof {
  return {
    evidence: [
      { kind: 'read', code: 'unread', good: null, text: `I could not read Azure after the last write: ${because}` },
    ],
    toRun: [],
  };
}

/** A fresh reading beside what people saw before, as far as it is still about the same things. */
export function withSeen(fresh: Proof, before: Proof): Proof {
  const asked = new Set(fresh.toRun.flatMap(({ id }) => id ?? []));
  const probed = new Set(fresh.evidence.flatMap(({ kind, of }) => (kind === 'observed' ? (of ?? []) : [])));
  const seen = before.evidence.filter(
    ({ code, of }) => code === pastedCode && of !== undefined && asked.has(of) && !probed.has(of),
  );
  return { ...fresh, evidence: [...fresh.evidence, ...seen] };
}

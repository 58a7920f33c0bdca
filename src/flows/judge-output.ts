/**
 * Judges what a person pasted. An output says something about the checks that it answers and nothing about the others;
 * one that could be about two things, or that nobody could read, counts neither way.
 */
import { type CheckToRun, type Evidence, isHost, type LooksFor, type Proof } from '../plan/evidence.ts';
import { readOutput, type Seen } from './read-output.ts';

/** Of what people pasted and what was understood. */
export const pastedCode = 'pasted-output';
const unclearCode = 'pasted-unclear';

export function judgeOutput(proof: Proof, output: string, who: string): Proof {
  const seen = readOutput(output);
  const found = proof.toRun.flatMap((check) => judgeCheck(check, { proof, seen, who }));
  const answered = new Set(found.map(({ of }) => of));
  const kept = proof.evidence.filter(
    ({ code, of }) => code !== unclearCode && !(code === pastedCode && answered.has(of)),
  );
  return { ...proof, evidence: [...kept, ...(found.length > 0 ? found : [unclear(proof, seen, who)])] };
}

interface Pasted {
  proof: Proof;
  seen: readonly Seen[];
  who: string;
}

/** Empty: the output says nothing about this check. */
function judgeCheck({ from, id, looksFor }: CheckToRun, { proof, seen, who }: Pasted): Evidence[] {
  if (looksFor === undefined || id === undefined) {
    return [];
  }
  const about = seen.filter(
    (sight) => sight.from === from.toLowerCase() || (sight.from === null && isOnly(proof, from, looksFor)),
  );
  const said = looksFor.what === 'name' ? nameSaid(looksFor, about, proof) : reachSaid(looksFor, about, proof);
  const base = { kind: 'observed', code: pastedCode, of: id } as const;
  return said === null
    ? []
    : [
        { ...base, good: said.good, text: `${who} tried it in ${from}: ${said.text}` },
        ...(said.care === undefined ? [] : [{ ...base, good: null, care: true as const, text: said.care }]),
      ];
}

/** Without a word about where it was run, it can only be about the one network that this is asked of. */
function isOnly({ toRun }: Proof, from: string, { host, what }: LooksFor): boolean {
  return !toRun.some((other) => other.from !== from && other.looksFor?.what === what && other.looksFor.host === host);
}

interface Said {
  good: boolean;
  text: string;
  /** What somebody should look at all the same. */
  care?: string;
}

function nameSaid(looksFor: LooksFor, seen: readonly Seen[], proof: Proof): Said | null {
  const { address, host } = looksFor;
  const named = answersFor(seen, (name) => isHost(host, name));
  const isSingle = hostsAsked(proof).size === 1;
  const found = named.length > 0 || !isSingle ? named : answersFor(seen, null);
  const isMissing = seen.some(
    (sight) =>
      sight.what === 'no-name' &&
      (sight.hosts.some((name) => isHost(host, name)) || (sight.hosts.length === 0 && isSingle)),
  );
  if (found.length === 0) {
    return isMissing
      ? { good: false, text: `${host} does not exist there. A cached answer can last some minutes.` }
      : null;
  }
  const addresses = [...new Set(found)];
  if (isMissing || (addresses.length > 1 && addresses.includes(address))) {
    return null;
  }
  return addresses[0] === address
    ? { good: true, text: `${host} leads to ${address}.` }
    : {
        good: false,
        text: `${host} leads to ${addresses.join(', ')}, not ${address}. A cached answer can last some minutes.`,
      };
}

/** `about` null: answers that do not say for which name. */
function answersFor(seen: readonly Seen[], about: ((name: string) => boolean) | null): string[] {
  return seen.flatMap((sight) =>
    sight.what === 'name' && (sight.host === null ? about === null : about !== null && about(sight.host))
      ? sight.addresses
      : [],
  );
}

function hostsAsked({ toRun }: Proof): Set<string> {
  return new Set(toRun.flatMap(({ looksFor }) => (looksFor === undefined ? [] : looksFor.host)));
}

function reachSaid(looksFor: LooksFor, seen: readonly Seen[], proof: Proof): Said | null {
  if (looksFor.what !== 'reach') {
    return null;
  }
  const { address, host, port } = looksFor;
  const isSingle = hostsAsked(proof).size === 1;
  const tries = seen.filter(
    (sight) =>
      sight.what === 'reach' && sight.port === port && (sight.host === null ? isSingle : isHost(host, sight.host)),
  ) as Extract<Seen, { what: 'reach' }>[];
  const [first] = tries;
  if (
    first === undefined ||
    tries.some((other) => other.outcome !== first.outcome || other.address !== first.address)
  ) {
    return null;
  }
  // pg_isready and older tools do not say which address the name had; the check of the name does.
  const at = first.address ?? (port === 443 ? null : address);
  if (first.outcome === 'closed' && first.address === null) {
    return { good: false, text: `${host} does not answer on port ${port}.` };
  }
  if (at === null) {
    return null;
  }
  if (at !== address) {
    return { good: false, text: `it spoke with ${at}, not ${address}. A cached answer can last some minutes.` };
  }
  return outcomeSaid(first.outcome, `${address} on port ${port}`);
}

function outcomeSaid(outcome: Extract<Seen, { what: 'reach' }>['outcome'], where: string): Said {
  switch (outcome) {
    case 'open':
      return { good: true, text: `${where} answers.` };
    case 'untrusted':
      return {
        good: true,
        text: `${where} answers.`,
        care: `The machine on which it was run does not trust the certificate at ${where}. Browsers there may warn.`,
      };
    case 'closed':
      return { good: false, text: `${where} does not answer.` };
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** @returns What would have to be pasted instead. */
function unclear({ toRun }: Proof, seen: readonly Seen[], who: string): Evidence {
  const places = [...new Set(toRun.map(({ from }) => from))];
  const text =
    seen.length > 0 && places.length > 1 && seen.every(({ from }) => from === null)
      ? `What ${who} pasted does not say from where it is. Put a line “from-${places[0] ?? ''}” above it, with the name of the network in which it was run.`
      : `I found no answer to a check in what ${who} pasted, so it counts neither way. Paste all that the command printed, and run it inside ${places.join(' or ')}.`;
  return { kind: 'observed', code: unclearCode, good: null, text };
}

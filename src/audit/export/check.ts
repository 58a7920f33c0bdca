/**
 * What can be said about the evidence of one case, wherever it lies: in the database when it is exported, in a file years
 * later. With the key everything; without it the chain and the anchors, but not whether a payload is the right one.
 */
import { canonicalJson } from '../canonical-json.ts';
import { anchorDigest, anchorHash, type AuditHead, keyName } from '../chain.ts';
import { beforeFirst, checkEntry, checkHead, type StoredEntry } from '../check-entry.ts';
import type { OutsideAnchors } from '../outside.ts';
import type { Problem } from '../report.ts';
import { rangesText } from '../story/words.ts';
import type { CaseEvidence, Check, ExportedAnchor, ExportedEntry } from './evidence.ts';

type Chained = Pick<CaseEvidence, 'caseId' | 'keyName' | 'head' | 'entries' | 'anchors'>;

export interface Known {
  /** Null: not to be had here. */
  key: string | null;
  /** Null: no copy is at hand. */
  outside: OutsideAnchors | null;
}

export function checkEvidence(evidence: Chained, { key, outside }: Known): Check[] {
  const entries = evidence.entries.map((entry) => storedEntry(evidence.caseId, entry));
  const fitting = key !== null && keyName(key) === evidence.keyName ? key : null;
  const problems = chainProblems(entries, evidence.head, fitting);
  return [
    chainCheck(entries, problems),
    payloadCheck(entries, problems, { fitting, isOther: key !== null && fitting === null }),
    anchorCheck(evidence),
    outsideCheck(evidence.anchors, outside),
  ];
}

function storedEntry(caseId: string, { payload, ...entry }: ExportedEntry): StoredEntry {
  return { caseId, ...entry, payload: payload === undefined ? null : canonicalJson(payload) };
}

function chainProblems(entries: readonly StoredEntry[], head: AuditHead | null, key: string | null): Problem[] {
  const problems = entries.flatMap((entry, index) => checkEntry(entry, entries[index - 1] ?? beforeFirst, key));
  const last = entries.at(-1);
  if (head === null) {
    return [...problems, { caseId: last?.caseId ?? null, seq: 1, problem: 'case missing' }];
  }
  return [...problems, ...checkHead(last?.caseId ?? '', head, last ?? beforeFirst)];
}

function chainCheck(entries: readonly StoredEntry[], problems: readonly Problem[]): Check {
  const found = problems.filter(({ problem }) => problem !== 'payload changed');
  return found.length > 0
    ? { good: false, text: `The chain does not hold: ${problemsText(found)}.` }
    : {
        good: true,
        text: `${entries.length} entries: each has the hash of its content and follows the one before, up to the last one that the case knows.`,
      };
}

function problemsText(problems: readonly Problem[]): string {
  return problems.map(({ seq, problem }) => `entry ${seq}: ${problem}`).join('; ');
}

function payloadCheck(
  entries: readonly StoredEntry[],
  problems: readonly Problem[],
  { fitting, isOther }: { fitting: string | null; isOther: boolean },
): Check {
  const erased = entries.filter(({ payload }) => payload === null).map(({ seq }) => seq);
  const kept = entries.length - erased.length;
  const gone = erased.length === 0 ? '' : ` Erased, and therefore not to be read: entry ${rangesText(erased)}.`;
  if (fitting === null) {
    const why = isOther ? 'the key at hand is another one' : 'that takes the key of the installation';
    return { good: null, text: `Whether the ${kept} payloads are the right ones was not checked: ${why}.${gone}` };
  }
  const changed = problems.filter(({ problem }) => problem === 'payload changed');
  return changed.length > 0
    ? {
        good: false,
        text: `Not what the entry was made with: entry ${changed.map(({ seq }) => seq).join(', ')}.${gone}`,
      }
    : { good: true, text: `${kept} payloads are the ones that their entries were made with.${gone}` };
}

function anchorCheck({ anchors, caseId, entries }: Chained): Check {
  const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
  const wrong = anchors.filter((anchor, index) => !fits(anchor, anchors[index - 1]));
  const named = anchors.flatMap(({ moved, seq: anchor, at }) =>
    (moved ?? []).filter((one) => one.caseId === caseId).map(({ seq, head }) => ({ seq, head, anchor, at })),
  );
  const strayed = named.filter(({ seq, head }) => hashes.get(seq) !== head);
  if (wrong.length > 0 || strayed.length > 0) {
    const numbers = [...new Set([...wrong.map(({ seq }) => seq), ...strayed.map(({ anchor }) => anchor)])];
    return {
      good: false,
      text: `Anchors that do not fit, or name other entries than there are: ${numbers.join(', ')}.`,
    };
  }
  const last = named.at(-1);
  if (last === undefined) {
    return { good: null, text: 'No anchor names this case yet; one is made every minute while the bot runs.' };
  }
  const newer = entries.filter(({ seq }) => seq > last.seq).length;
  const rest = newer === 0 ? '' : ` ${newer} later entries are newer than that.`;
  return { good: true, text: `Anchor ${last.anchor} of ${last.at} holds the case up to entry ${last.seq}.${rest}` };
}

/** By itself, and behind the one before it where that is its neighbour. */
function fits(anchor: ExportedAnchor, before: ExportedAnchor | undefined): boolean {
  const isNext = before !== undefined && anchor.seq === before.seq + 1;
  return (
    anchor.hash === anchorHash(anchor) &&
    (anchor.moved === null || anchor.digest === anchorDigest(anchor.moved)) &&
    (!isNext || anchor.previous === before.hash)
  );
}

function outsideCheck(anchors: readonly ExportedAnchor[], outside: OutsideAnchors | null): Check {
  const copies = new Map((outside?.anchors ?? []).map((copy) => [copy.seq, copy.hash]));
  const compared = anchors.filter(({ seq }) => copies.has(seq));
  const other = compared.filter(({ seq, hash }) => copies.get(seq) !== hash);
  if (other.length > 0) {
    const numbers = other.map(({ seq }) => seq).join(', ');
    return { good: false, text: `Unlike the copy outside the database: anchor ${numbers}.` };
  }
  return compared.length === 0
    ? { good: null, text: 'No anchor of this case was compared with a copy outside the database.' }
    : {
        good: true,
        text: `Like the copy outside the database: anchor ${compared.map(({ seq }) => seq).join(', ')}.`,
      };
}

/** The proof, by kind of evidence. A later look, or somebody's own check, makes a new one and leaves the older in place. */
import type { OpenEntry } from './entry.ts';
import { isObject, type JsonObject, objectsOf, textOf } from './json.ts';
import type { EvidenceTold, ProofTold } from './model.ts';

export function proofsIn(entries: readonly OpenEntry[]): ProofTold[] {
  return entries.flatMap(({ seq, at, changed }) => {
    const proof = changed['proof'];
    return isObject(proof) ? [tellProof(seq, at, proof)] : [];
  });
}

function tellProof(seq: number, at: string, proof: JsonObject): ProofTold {
  const evidence = objectsOf(proof['evidence']);
  const seen = new Set(
    evidence
      .filter((one) => one['kind'] === 'observed' && one['good'] === true && textOf(one['of']) !== '')
      .map((one) => textOf(one['of'])),
  );
  function ofKind(kind: string): EvidenceTold[] {
    return evidence
      .filter((one) => one['kind'] === kind)
      .map(({ text, good }) => ({ text: textOf(text), good: typeof good === 'boolean' ? good : null }));
  }
  return {
    seq,
    at,
    read: ofKind('read'),
    computed: ofKind('computed'),
    observed: ofKind('observed'),
    openChecks: objectsOf(proof['toRun']).filter((check) => !seen.has(textOf(check['id']))).length,
    toRun: objectsOf(proof['toRun']).map(
      (check) => `In ${textOf(check['from'])}: ${textOf(check['command'])} should show ${textOf(check['expect'])}`,
    ),
  };
}

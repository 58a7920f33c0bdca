/**
 * The exported file: the evidence and, at its end, a seal over every byte before it. It has one form only, so that no
 * byte of it can be another one unnoticed, be it a blank.
 */
import { checkEvidence, type Known } from './check.ts';
import { type CaseEvidence, type Check, evidenceSchema } from './evidence.ts';
import { isSealed, sealerOf, sealText } from './seal.ts';

export function writeEvidence(evidence: CaseEvidence, key: string): string {
  return textOf({ ...evidence, seal: sealText(key, textOf(evidence)) });
}

function textOf(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export interface EvidenceReport {
  /** Null when the file cannot be read. */
  caseId: string | null;
  checks: readonly Check[];
}

export function verifyEvidence(text: string, known: Known): EvidenceReport {
  const read = readEvidence(text);
  if (typeof read === 'string') {
    return { caseId: null, checks: [{ good: false, text: read }] };
  }
  const { seal, ...evidence } = read;
  const intact = textOf(read) === text && isSealed(textOf(evidence), seal);
  const checks = checkEvidence(evidence, known);
  return {
    caseId: evidence.caseId,
    checks: intact ? [sealerCheck(seal.by, known), ...checks] : [brokenSeal, ...checks],
  };
}

const brokenSeal: Check = { good: false, text: 'The seal is broken: the file is not as it was exported.' };

/** Anybody can seal anything; what counts is who did. */
function sealerCheck(by: string, { key, outside }: Known): Check {
  if (key !== null) {
    return by === sealerOf(key)
      ? { good: true, text: `The file is as this installation exported it (seal ${by}).` }
      : { good: false, text: `The file was sealed by another installation, or by somebody else (seal ${by}).` };
  }
  const sealers = new Set((outside?.anchors ?? []).map((anchor) => anchor.sealedBy).filter((one) => one !== ''));
  if (sealers.size === 0) {
    return {
      good: null,
      text: `The file is as it was sealed by ${by}. “causeway audit verify” of the installation names its own seal: compare.`,
    };
  }
  return sealers.has(by)
    ? { good: true, text: `The file is as it was sealed by the installation whose anchors are compared (seal ${by}).` }
    : { good: false, text: `The file was not sealed by the installation whose anchors are compared (seal ${by}).` };
}

type Read = ReturnType<typeof evidenceSchema.parse>;

/** The reason when it is no such file. */
function readEvidence(text: string): Read | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'The file cannot be read: it is no JSON any more.';
  }
  const parsed = evidenceSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `The file cannot be read as evidence of a case: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`;
  }
  // As it was read, because parsing sorts what it knows before what it does not.
  return json as Read;
}

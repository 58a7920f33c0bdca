/**
 * The words of triage: which facts a person may be asked for, and which values each can have (CONTRACTS.md section 3).
 * Enters: whatever came from a card, a file or the free-text reader. Leaves: answers in which every key is present.
 */
import { versionPattern } from './version.ts';

const yesNo = [true, false] as const;

export const symptoms = [
  'inaccessible',
  'severely-impaired',
  'core-unavailable',
  'significant-disruption',
  'moderate-impact',
  'minor-degradation',
  'cosmetic',
  'deployment-fails',
  'cluster-init-failed',
  'preflight-failed',
  'cannot-provision',
  'cannot-modify-cluster',
  'name-resolution',
  'outbound-unreachable',
  'kubernetes-api-unavailable',
  'managed-app-deleted',
  'backup-storage-deleted',
  'connectivity-setup',
  'self-service-setting',
  'subnet-prefix',
  'snapshot-restore',
  'data-migration',
  'off-boarding',
  'integrate-azure-service',
  'config-beyond-self-service',
  'customization',
  'security-fix',
  'security-question',
  'upgrade-cadence',
  'compliance-question',
  'firewall',
  'general-question',
] as const;

/** Allowed values by key; `version` means text such as "10.10", compared by number. */
export const answerValues = {
  environment: ['production', 'acceptance', 'test', 'development'],
  symptom: symptoms,
  coreFunctionalityUnavailable: yesNo,
  canMakeChanges: yesNo,
  workaround: yesNo,
  selfServiceRecoveryTried: yesNo,
  preflightPassed: yesNo,
  retriesDone: yesNo,
  appsAffected: ['all', 'some', 'one', 'none'],
  faultLocation: ['managed', 'azure', 'customer-network', 'app', 'unknown'],
  mendixVersion: 'version',
  requestKind: ['problem', 'change', 'how-to', 'question'],
} as const;

export type AnswerKey = keyof typeof answerValues;
export type AnswerValue = string | boolean;
type ValueOf<Allowed> = Allowed extends readonly (infer Value)[] ? Value : string;

/** Null means not known. */
export type TriageAnswers = { -readonly [Key in AnswerKey]: ValueOf<(typeof answerValues)[Key]> | null };

export const answerKeys = Object.keys(answerValues).filter(isAnswerKey);

export const noAnswers: TriageAnswers = {
  environment: null,
  symptom: null,
  coreFunctionalityUnavailable: null,
  canMakeChanges: null,
  workaround: null,
  selfServiceRecoveryTried: null,
  preflightPassed: null,
  retriesDone: null,
  appsAffected: null,
  faultLocation: null,
  mendixVersion: null,
  requestKind: null,
};

export function isAnswerKey(key: string): key is AnswerKey {
  return Object.hasOwn(answerValues, key);
}

export type ParsedAnswers = { answers: TriageAnswers; error?: never } | { error: string; answers?: never };

/** Reads answers as CONTRACTS.md section 3 writes them: a missing key, null and '' are the same, not known. */
export function parseAnswers(raw: unknown): ParsedAnswers {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { error: `Reading the answers: they must be an object. Allowed keys: ${answerKeys.join(', ')}.` };
  }
  const problems: string[] = [];
  const answers: TriageAnswers = { ...noAnswers };
  for (const [key, value] of Object.entries(raw)) {
    const problem = isAnswerKey(key)
      ? put(answers, key, value)
      : `"${short(key)}" is not one of the answer keys: ${answerKeys.join(', ')}.`;
    if (problem !== null) {
      problems.push(problem);
    }
  }
  return problems.length > 0 ? { error: problems.join(' ') } : { answers };
}

export type MergedAnswers =
  | { kind: 'merged'; answers: TriageAnswers }
  | { kind: 'invalid'; errors: { input: string; message: string }[] };

/**
 * Adds what a form says to what is known. Its inputs are all text, so "true" and "false" stand for yes and no, and an
 * emptied field makes the answer unknown. Inputs that are no answers are left alone.
 */
export function mergeAnswers(known: TriageAnswers, inputs: Readonly<Record<string, string>>): MergedAnswers {
  const errors: { input: string; message: string }[] = [];
  const answers: TriageAnswers = { ...known };
  for (const [input, text] of Object.entries(inputs)) {
    if (isAnswerKey(input) && put(answers, input, fromForm(input, text.trim())) !== null) {
      errors.push({ input, message: `This is none of the possible answers. Write ${allowedText(input)}.` });
    }
  }
  return errors.length > 0 ? { kind: 'invalid', errors } : { kind: 'merged', answers };
}

function fromForm(key: AnswerKey, text: string): AnswerValue {
  return answerValues[key] === yesNo && (text === 'true' || text === 'false') ? text === 'true' : text;
}

/** Sets one answer, or says why it cannot be. */
function put(answers: TriageAnswers, key: AnswerKey, value: unknown): string | null {
  const unknown = value === null || value === undefined || value === '';
  if (!unknown && !isAllowed(key, value)) {
    return `"${key}" cannot be ${shown(value)}; allowed: ${allowedText(key)}.`;
  }
  Object.assign(answers, { [key]: unknown ? null : value });
  return null;
}

const longestShown = 60;

/** A wrong value is shown, but not all of a long one. */
function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(short(value));
  }
  return typeof value === 'object' ? `a${Array.isArray(value) ? ' list' : 'n object'}` : JSON.stringify(value);
}

function short(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function isAllowed(key: AnswerKey, value: unknown): boolean {
  const allowed: readonly unknown[] | 'version' = answerValues[key];
  return allowed === 'version' ? typeof value === 'string' && versionPattern.test(value) : allowed.includes(value);
}

function allowedText(key: AnswerKey): string {
  const allowed = answerValues[key];
  return allowed === 'version' ? 'a version as text, such as "10.10"' : allowed.join(', ');
}

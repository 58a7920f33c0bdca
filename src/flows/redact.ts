/** Takes secrets out of text before it leaves for the desk. Better one word too many than one secret. */

const secrets: readonly { kind: string; pattern: RegExp }[] = [
  {
    kind: 'a private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { kind: 'a token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g },
  { kind: 'a token', pattern: /\b(?:xox[abprs]|ghp|gho|github_pat|glpat)[-_][\w-]{10,}/g },
  { kind: 'an access key', pattern: /\b(?:AccountKey|SharedAccessKey|sig)=[^;\s&]{8,}/gi },
  { kind: 'a password', pattern: /\b(?:password|passwd|pwd|secret|api[_-]?key|token)\s*[:=]\s*\S+/gi },
  { kind: 'a password in a URL', pattern: /\b[a-z][a-z+.-]*:\/\/[^\s:/@]+:[^\s@]+@/gi },
  { kind: 'a bearer token', pattern: /\bBearer\s+[\w.~+/=-]{8,}/gi },
];

export interface Redacted {
  text: string;
  /** Kinds of what was taken out, each once. */
  removed: readonly string[];
}

export function redact(text: string): Redacted {
  const removed = new Set<string>();
  let clean = text;
  for (const secret of secrets) {
    clean = clean.replace(secret.pattern, () => {
      removed.add(secret.kind);
      return '[removed]';
    });
  }
  return { text: clean, removed: [...removed] };
}

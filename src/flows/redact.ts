/** Takes secrets out of text before it leaves for the desk. Better one word too many than one secret. */

/** What stands after a name that promises a secret, with or without quotes, as in JSON, YAML and .env files. */
const named = /(?:password|passwd|pwd|passphrase|secret|api[_-]?key|token)["']?\s*[:=]\s*(?:"[^"]*"|'[^']*'|\S+)/gi;

const secrets: readonly { kind: string; pattern: RegExp }[] = [
  {
    kind: 'a private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { kind: 'a token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g },
  { kind: 'a token', pattern: /\b(?:xox[abeprs]|xapp|gh[opsu]|github_pat|glpat)[-_][\w-]{10,}/g },
  { kind: 'an access key', pattern: /\b(?:AccountKey|SharedAccessKey|sig)=[^;\s&]{8,}/gi },
  // A storage account's key: 64 bytes in base64.
  { kind: 'an access key', pattern: /(?<![\w+/])[\w+/]{86}==/g },
  // A client secret of Entra carries this mark after its first four characters.
  { kind: 'a client secret', pattern: /(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{30,}/g },
  { kind: 'a password in a URL', pattern: /\b[a-z][a-z+.-]{0,30}:\/\/[^\s:/@]*:[^\s@]{1,300}@/gi },
  { kind: 'a password', pattern: named },
  { kind: 'a bearer token', pattern: /\bBearer\s+[\w.~+/=-]{8,}/gi },
  { kind: 'a password', pattern: /\bAuthorization:\s*Basic\s+\S+/gi },
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

/** Names tell secrets, too; what kind of file it is stays. */
export function redactName(name: string): string {
  const ending = /(?<=.)\.\w{1,8}$/.exec(name)?.[0] ?? '';
  const stem = redact(name.slice(0, name.length - ending.length)).text;
  return `${stem}${ending}`;
}

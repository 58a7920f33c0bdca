/** The key of the audit, and what is taken out before anything is kept in it. */
import type { Seal } from '../audit/append.ts';
import { redact } from '../flows/redact.ts';

export function sealWith(key: string): Seal {
  return { key, clean };
}

/** Names under which a secret stands in a body of Azure or of a form, whatever it looks like. */
const secretName =
  /(?:password|passwd|pwd|passphrase|secret|token|(?:api|access|shared|account|private|authorization)_?key|connection_?string)$/i;

function clean(name: string, text: string): string {
  return secretName.test(name) && text !== '' ? '[removed]' : redact(text).text;
}

/** JSON with the keys in order, so that the same value always gives the same text. */

/** What becomes of a text that stands under this name. */
export type CleanText = (name: string, text: string) => string;

export function canonicalJson(value: unknown, clean: CleanText = asItIs): string {
  return JSON.stringify(value, (name, member: unknown) => canonical(name, member, clean)) ?? 'null';
}

function asItIs(_name: string, text: string): string {
  return text;
}

function canonical(name: string, member: unknown, clean: CleanText): unknown {
  if (typeof member === 'string') {
    return clean(name, member);
  }
  return isRecord(member) ? inOrder(member) : member;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** JSON columns are text on both databases. Each query file names the type that its own writes put there. */

/** Null stays null, not the text `null`. */
export function toJsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

export function fromJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** Text of people, cut to a length. */

/** At most this many UTF-16 units, and never half a character at the end. */
export function firstPart(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

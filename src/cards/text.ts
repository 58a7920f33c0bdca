/** Text from people, on its way into a card. It is data: it is shown as it was written, and does nothing. */

/**
 * Control characters and the marks that turn the reading direction around. They show nothing, can disguise a name or a
 * link, and a NUL would be refused by PostgreSQL.
 */
const invisible = /(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

export function cleanText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(invisible, '').toWellFormed();
}

/** At most `maxLength` UTF-16 units; what was cut ends in an ellipsis. */
export function cutText(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * Card renderers read `{{DATE(…)}}` and `{{TIME(…)}}` in any text. A zero-width space keeps the braces apart, so the
 * words are shown instead.
 */
export function breakFormulas(text: string): string {
  return text.replaceAll(/\{(?=\{)/g, '{\u200B');
}

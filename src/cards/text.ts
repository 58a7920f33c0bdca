/** Text from people, on its way into a card. It is data: it is shown as it was written, and does nothing. */

/**
 * Control characters and the marks that turn the reading direction around. They show nothing, can disguise a name or a
 * link, and a NUL would be refused by PostgreSQL.
 */
const harmful = /(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

export function cleanText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(harmful, '').toWellFormed();
}

/** Show nothing, and let two names look alike. Marks that join letters or pictures keep their place between those. */
const invisible =
  /[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u2060-\u2064\u206A-\u206F\u3164\uFFA0\u{E0000}-\u{E007F}]/gu;
const strayJoiners =
  /(?<![\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Sinhala}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]/gu;

/** As people meant it: without what nobody can see. */
export function visibleText(text: string): string {
  return cleanText(text).replaceAll(invisible, '').replaceAll(strayJoiners, '');
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

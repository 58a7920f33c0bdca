/**
 * Text on its way between chat and desk. It is data in both directions: what a person wrote does nothing at the desk,
 * and what the desk wrote carries no characters that show nothing and disguise the rest.
 */

/** Control characters and the marks that turn the reading direction around; plain right-to-left text needs none. */
const invisible = /(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** What Zendesk takes in one comment. */
const maxCommentLength = 65_535;
const cutNote = '\n\n(The rest was left out: it was longer than a comment may be.)';
const maxSubjectLength = 150;

/**
 * For a comment. Zendesk expands `{{…}}` and `{%…%}` in what staff writes, private notes included, and staff is who the
 * bot is there: so the braces are kept apart.
 *
 * @param room Characters that are kept free for what the caller puts below it.
 */
export function textForDesk(text: string, room = 0): string {
  const inert = clean(text).replaceAll(/\{(?=[{%])/g, '{ ');
  const most = maxCommentLength - room;
  return inert.length <= most ? inert : `${cut(inert, most - cutNote.length)}${cutNote}`;
}

export function subjectForDesk(text: string): string {
  const line = textForDesk(oneLine(text));
  return line.length <= maxSubjectLength ? line : `${cut(line, maxSubjectLength - 1)}…`;
}

/** Zendesk's plain text keeps the non-breaking spaces of the HTML as entities. */
export function textOfDesk(text: string): string {
  return clean(text.replaceAll(/&nbsp;|\u00A0/g, ' ')).trim();
}

const maxLineLength = 200;

/** A subject, or a name of a person or a file: one line, and never so long that nothing else is seen. */
export function lineOfDesk(text: string): string {
  const line = oneLine(textOfDesk(text));
  return line.length <= maxLineLength ? line : `${cut(line, maxLineLength - 1)}…`;
}

/** Null for anything but an address of the web. */
export function linkOfDesk(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(invisible, '').toWellFormed();
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Never through the middle of a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

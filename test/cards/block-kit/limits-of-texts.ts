/** The rules for texts and addresses inside blocks, and how parts of a JSON tree are reached. */
export type Part = Record<string, unknown>;
export type Say = (problem: string) => void;

export function anyText(text: Part, most: number, say: Say): void {
  if (text['type'] === 'mrkdwn') {
    within(text['text'], 1, most, say);
    markup(textOf(text['text']), say);
    if (text['verbatim'] !== true) {
      say('bare words may become mentions');
    }
  } else {
    plain(text, most, say);
  }
}

export function plain(value: unknown, most: number, say: Say): void {
  const text = partOf(value);
  if (text['type'] !== 'plain_text') {
    say(`plain_text is needed, not ${textOf(text['type'])}`);
  }
  within(text['text'], 1, most, say);
}

/** Whole entities, whole links, nothing else in angle brackets. */
function markup(text: string, say: Say): void {
  if (/&(?!amp;|lt;|gt;)/.test(text)) {
    say(`half an entity: ${text}`);
  }
  const links = /<(https?:\/\/[^|<>\s]+)\|([^|<>]+)>/g;
  if (/[<>]/.test(text.replaceAll(links, ''))) {
    say(`an angle bracket: ${text}`);
  }
  for (const [, url = '', label = ''] of text.matchAll(links)) {
    honest(unescape(url), unescape(label), say);
  }
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A label that reads like a host is the host, or tells it. */
export function honest(url: string, label: string, say: Say): void {
  const { host, hostname } = new URL(url);
  const named = [...label.replaceAll('\u200B', '').matchAll(/(?:[a-z0-9-]+\.)+[a-z]{2,}/gi)].map(([name]) => name);
  if (named.some((name) => name.toLowerCase() !== hostname) && !label.includes(`(${host})`)) {
    say(`the label ${label} leads to ${host}`);
  }
}

export function webUrl(value: unknown, say: Say): void {
  within(value, 1, 3_000, say);
  const protocol = URL.parse(textOf(value))?.protocol;
  if (protocol !== 'https:' && protocol !== 'http:') {
    say(`no web address: ${textOf(value)}`);
  }
}

export function within(value: unknown, least: number, most: number, say: Say): void {
  if (
    typeof value !== 'string' ||
    value.length < least ||
    value.length > most ||
    (least > 0 && /^[\s\p{Cf}]*$/u.test(value))
  ) {
    say(`a text of ${typeof value === 'string' ? value.length : 'no'} characters where ${least} to ${most} are right`);
  }
}

export function partOf(value: unknown): Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {};
}

export function listOf(value: unknown): Part[] {
  return Array.isArray(value) ? value.map(partOf) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Small words that all tellers use. */
import { isObject, type JsonObject, objectOf, textOf } from './json.ts';

/** `awaiting-approval` → `awaiting approval`, `canMakeChanges` → `can make changes` */
export function plainWords(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]+/g, ' ')
    .toLowerCase()
    .replaceAll(/\bdns\b/g, 'DNS')
    .replaceAll('private link', 'Private Link')
    .trim();
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const platforms: Readonly<Record<string, string>> = { web: 'the local page', teams: 'Teams', slack: 'Slack' };

/** "team on the local page", "C0123 in Slack" */
export function placeText(place: unknown): string {
  const { platform, conversation } = objectOf(place);
  const on = platforms[textOf(platform)] ?? textOf(platform);
  return `${textOf(conversation)} ${textOf(platform) === 'web' ? 'on' : 'in'} ${on}`.trim();
}

/** Name of the message that an event is about, without its case. */
export function messageName(event: JsonObject, caseId: string): string {
  const message = textOf(event['message']);
  return message.startsWith(`${caseId}/`) ? message.slice(caseId.length + 1) : message;
}

/** "Rule (row scope 21; Support for Mendix on Azure, Mendix Responsibilities, 2025-11-06)" */
export function groundText(ground: JsonObject): string {
  const source = ['source', 'section', 'date'].map((name) => textOf(ground[name])).filter((part) => part !== '');
  const row = textOf(ground['row']);
  const cited = [...(row === '' ? [] : [`row ${row}`]), ...(source.length === 0 ? [] : [source.join(', ')])].join('; ');
  const review = ground['underReview'] === true ? ' Under review at that time.' : '';
  return `${textOf(ground['note'])}${cited === '' ? '' : ` (${cited})`}${review}`;
}

/** "1 to 4, 7": numbers that grow. */
export function rangesText(numbers: readonly number[]): string {
  const starts = numbers.filter((one) => !numbers.includes(one - 1));
  return starts
    .map((start) => {
      const end = numbers.find((one) => one >= start && !numbers.includes(one + 1)) ?? start;
      return end === start ? String(start) : `${start} to ${end}`;
    })
    .join(', ');
}

/** "Anna, Ben and Cem" */
export function listedText(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

/** Null for nothing. */
export function prettyJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value, null, 2);
}

/** The last part of an Azure id, which people know it by; other texts as they are. */
export function lastPart(id: string): string {
  return id.startsWith('/subscriptions/') ? (id.split('/').at(-1) ?? id) : id;
}

/** "yes", "orders, billing", "hub-vnet"; '' for what says nothing. */
export function valueText(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (Array.isArray(value)) {
    return value.map(valueText).join(', ');
  }
  if (!isObject(value)) {
    return lastPart(textOf(value));
  }
  const parts = Object.entries(value).map(([name, part]) => [plainWords(name), valueText(part)] as const);
  return parts
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} ${text}`)
    .join(', ');
}

/** "21 November 2026, 22:15"; a text that is no instant as it is. */
export function localText(at: unknown, zone: string): string {
  try {
    const local = Temporal.Instant.from(textOf(at)).toZonedDateTimeISO(zone);
    return local
      .toLocaleString('en-GB', {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        calendar: 'gregory',
      })
      .replace(' at ', ', ');
  } catch {
    return textOf(at);
  }
}

export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * What somebody said, as the house reads it: Slack's notation for people, channels and links becomes readable words,
 * and the bot's own mention goes.
 * Source: "Formatting text for app surfaces", retrieving messages.
 */
import { cleanText } from '../../cards/text.ts';
import type { SlackPerson } from './deps.ts';

interface Known {
  botUserId: string;
  people: readonly SlackPerson[];
}

export function spokenText(text: string, known: Known): string {
  // What somebody typed as “<” comes as an entity, so these are Slack's own.
  const words = text
    .split(/(<[^<>]*>)/)
    .map((part) => (part.startsWith('<') && part.endsWith('>') ? wordsFor(part.slice(1, -1), known) : part))
    .join('');
  return cleanText(decodeEntities(words).replaceAll('\u00A0', ' '))
    .trim()
    .replace(/^[,:;][\s,:;]*/, '');
}

function wordsFor(inside: string, known: Known): string {
  const [target = '', label = ''] = splitOnce(inside, '|');
  if (target.startsWith('@')) {
    return personFor(target.slice(1), label, known);
  }
  if (target.startsWith('#')) {
    return `#${label === '' ? target.slice(1) : label}`;
  }
  return target.startsWith('!') ? groupFor(target.slice(1), label) : linkFor(target, label);
}

function personFor(userId: string, label: string, { botUserId, people }: Known): string {
  if (userId === botUserId) {
    return '';
  }
  const person = people.find(({ slack }) => slack?.user === userId);
  return person?.name ?? `@${label === '' ? userId : label}`;
}

/** `!here`, `!subteam^S1|@network`, `!date^1700000000^{date}|21 November`. */
function groupFor(target: string, label: string): string {
  const [name = ''] = target.split('^');
  return label === '' ? `@${name}` : label;
}

/** Slack makes links out of names with dots; what was typed is the label then. */
function linkFor(url: string, label: string): string {
  return label === '' || label === url ? url : bareLink(label) === bareLink(url) ? label : `${label} (${url})`;
}

function bareLink(text: string): string {
  return text.replace(/^(?:https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, '');
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * The `text` beside the blocks: what notifications and screen readers say. It has no markup, and Slack would read some
 * in it, so it is escaped.
 */
import { answerOf } from './answers.ts';
import type { Fact, Item } from './item.ts';
import { limits } from './limits.ts';
import { isBlank, wordsOf } from './run.ts';
import { escapeMrkdwn } from './slack-text.ts';
import { nameOfInput } from './write-input.ts';

export function summaryOf(items: readonly Item[], otherwise: readonly string[]): string {
  const said = items.map(wordsOfItem).filter((words) => !isBlank(words));
  const asked = items.flatMap((item) => (item.kind === 'input' ? [nameOfInput(item.input)] : []));
  const offered = items.flatMap((item) => (item.kind === 'buttons' ? item.buttons.map(({ title }) => title) : []));
  const words = [said.join('\n'), ...otherwise, asked.join('\n'), offered.join('\n'), 'A card without text'];
  return cutAtLines(words.find((candidate) => !isBlank(candidate)) ?? '');
}

function wordsOfItem(item: Item): string {
  switch (item.kind) {
    case 'text':
      return wordsOf(item.parts.flatMap((part) => part.lines));
    case 'pictured':
      return wordsOfItem(item.text);
    case 'picture':
      return item.alt;
    case 'facts':
      return item.facts.map(factWords).join('\n');
    case 'columns':
      return item.columns.flat().map(wordsOfItem).join('\n');
    case 'table':
      return item.rows.map((row) => row.map((cell) => wordsOf(cell)).join(' | ')).join('\n');
    case 'input': {
      const answer = answerOf(item);
      return answer === null ? '' : factWords(answer);
    }
    case 'buttons':
    case 'divider':
    default:
      return '';
  }
}

function factWords({ title, value }: Fact): string {
  const name = wordsOf([title]).replace(/\s*:\s*$/, '');
  return name === '' ? wordsOf(value) : `${name}: ${wordsOf(value)}`;
}

function cutAtLines(words: string): string {
  const escaped = escapeMrkdwn(words.trim());
  if (escaped.length <= limits.fallbackText) {
    return escaped;
  }
  const start = escaped.slice(0, limits.fallbackText - 2);
  const line = start.lastIndexOf('\n');
  const space = start.lastIndexOf(' ');
  const end = line > start.length / 2 ? line : space > start.length / 2 ? space : start.length;
  return `${withoutHalves(start.slice(0, end))}…`;
}

/** No half of an entity and no half of a character at the end. */
function withoutHalves(text: string): string {
  return text
    .replace(/&[a-z]{0,4}$/, '')
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

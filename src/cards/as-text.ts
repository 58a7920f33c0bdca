/**
 * A card in plain words, for a terminal, a screen reader or a client that shows no cards: what is lost is the looks.
 * Every sign stands beside its word, so no state is told by a picture or a colour alone.
 */
import type { CardContent } from '../flows/card.ts';
import { type AdaptiveCard, choicesOf, isObject, type Json, type JsonObject, textOf } from './adaptive-card.ts';
import { fillCard } from './fill.ts';

export function renderAsText(content: CardContent): string {
  return cardAsText(fillCard(content));
}

export function cardAsText(card: AdaptiveCard): string {
  const body = linesOf(card.body);
  const buttons = actionsLine(card['actions']);
  return [...body, ...(buttons === '' ? [] : ['', buttons])]
    .join('\n')
    .replaceAll('\u200B', '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function linesOf(node: Json | undefined): string[] {
  if (Array.isArray(node)) {
    return node.flatMap((item) => linesOf(item));
  }
  return isObject(node) && node['isVisible'] !== false ? elementLines(node) : [];
}

function elementLines(element: JsonObject): string[] {
  const type = textOf(element, 'type');
  if (type.startsWith('Input.')) {
    return [inputLine(element)];
  }
  switch (type) {
    case 'TextBlock':
      return textLines(element);
    case 'RichTextBlock':
      return [inlineText(element['inlines'])];
    case 'FactSet':
      return objectsOf(element['facts']).map((fact) => `${textOf(fact, 'title')}: ${textOf(fact, 'value')}`);
    case 'ColumnSet':
      return beside(objectsOf(element['columns']).map((column) => linesOf(column['items'])));
    case 'Table':
      return objectsOf(element['rows']).flatMap((row) => [
        objectsOf(row['cells'])
          .map((cell) => linesOf(cell['items']).join(' '))
          .join(' | '),
      ]);
    case 'Image':
      return textOf(element, 'altText') === '' ? [] : [`[${textOf(element, 'altText')}]`];
    case 'ActionSet':
      return [actionsLine(element['actions'])];
    case 'Container':
      return ['', ...linesOf(element['items'])];
    default:
      return [...linesOf(element['items']), ...linesOf(element['images'])];
  }
}

function textLines(element: JsonObject): string[] {
  const text = textOf(element, 'text');
  return textOf(element, 'style') === 'heading' ? [text, '='.repeat(Math.min(text.length, 60))] : text.split('\n');
}

function inlineText(inlines: Json | undefined): string {
  const parts = Array.isArray(inlines) ? inlines : [];
  return parts.map((part) => (isObject(part) ? textOf(part, 'text') : typeof part === 'string' ? part : '')).join('');
}

/** Short columns, such as a sign, stand in front of the one beside them; long ones go below each other. */
function beside(columns: readonly string[][]): string[] {
  const filled = columns.filter((lines) => lines.length > 0);
  const [first, ...rest] = filled;
  const isSign = first?.length === 1 && (first[0] ?? '').length <= 3;
  if (!isSign) {
    return filled.flatMap((lines) => lines);
  }
  const [head = '', ...below] = rest.flat();
  return [`${first?.[0] ?? ''} ${head}`.trim(), ...below.map((line) => `  ${line}`)];
}

function inputLine(input: JsonObject): string {
  const name = textOf(input, 'label') || textOf(input, 'title') || textOf(input, 'id');
  const value = textOf(input, 'value');
  if (input['type'] === 'Input.Toggle') {
    const isOn = value === (textOf(input, 'valueOn') || 'true');
    return `${name}: ${isOn ? '[x]' : '[ ]'} ${textOf(input, 'title')}`.trimEnd();
  }
  const choices = choicesOf(input);
  const chosen = choices.find((choice) => choice.value === value)?.title ?? value;
  const among = choices.length === 0 ? '' : ` (${choices.map((choice) => choice.title).join(' / ')})`;
  return `${name}${among}: ${chosen === '' ? '…' : chosen}`;
}

function actionsLine(actions: Json | undefined): string {
  return objectsOf(actions)
    .map((action) => {
      const url = textOf(action, 'url');
      return url === '' ? `[${textOf(action, 'title')}]` : `[${textOf(action, 'title')}: ${url}]`;
    })
    .join(' ');
}

function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : [];
}

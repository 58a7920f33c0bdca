/** Inputs as fields of a modal. What Slack cannot check there (forms, dates) is checked when the form comes back. */
import { type JsonObject, textOf } from '../adaptive-card.ts';
import { cleanText } from '../text.ts';
import type { Block, InputElement, PlainText } from './block.ts';
import { choiceElement } from './write-choices.ts';
import type { InputItem } from './item.ts';
import { limits } from './limits.ts';
import { below, type Loss } from './loss.ts';
import { body, type Group } from './placed.ts';
import { choiceIn, titleIn, wordsIn } from './reading.ts';
import { cutPlain, plainText } from './slack-text.ts';

export interface Field {
  item: InputItem;
  losses: Loss[];
}

export function writeInput(item: InputItem): { group: Group; losses: Loss[] } {
  const field: Field = { item, losses: [] };
  const element = elementOf(field);
  if (element === null) {
    const label = labelOf(field);
    const text = plainText(`${label.text.slice(0, limits.label)}: there is nothing to choose from.`);
    loseIn(field, 'there is nothing to choose from; its label is shown');
    return { group: body([{ block: { type: 'section', text }, sources: [item.source] }]), losses: field.losses };
  }
  const hint = hintOf(field);
  const block: Block = {
    type: 'input',
    block_id: item.name,
    label: labelOf(field),
    element,
    ...(hint === null ? {} : { hint }),
    optional: item.input['isRequired'] !== true,
  };
  return { group: { kind: 'kept', placed: [{ block, sources: [item.source] }] }, losses: field.losses };
}

function loseIn({ item, losses }: Field, reason: string, ...keys: (string | number)[]): void {
  losses.push({ path: below(item.source.path, ...keys), element: item.source.element, reason });
}

/** Cuts what is too long, and says so. */
function textIn(field: Field, key: string, text: string, maxLength: number): PlainText {
  const cut = cutPlain(text, maxLength);
  if (cut.isCut) {
    loseIn(field, `Slack takes at most ${maxLength} characters here; cut`, key);
  }
  return cut.text;
}

/** What the input is called; an input without a label still needs one in Slack. */
export function nameOfInput(input: JsonObject): string {
  return (
    wordsIn(input, 'label') ||
    (input['type'] === 'Input.Toggle' ? titleIn(input, 'title') : '') ||
    titleIn(input, 'placeholder') ||
    titleIn(input, 'id') ||
    'Your answer'
  );
}

function labelOf(field: Field): PlainText {
  return textIn(field, 'label', nameOfInput(field.item.input), limits.label);
}

/** The card's own words for what is expected, and the bounds that Slack does not enforce. */
function hintOf(field: Field): PlainText | null {
  const { input } = field.item;
  const parts = [wordsIn(input, 'errorMessage'), boundsOf(input)].filter((part) => part !== '');
  return parts.length === 0 ? null : textIn(field, 'errorMessage', parts.join(' '), limits.label);
}

function boundsOf(input: JsonObject): string {
  const [min, max] = [titleIn(input, 'min'), titleIn(input, 'max')];
  if (input['type'] !== 'Input.Date' && input['type'] !== 'Input.Time') {
    return '';
  }
  const words = [min === '' ? '' : `from ${min}`, max === '' ? '' : `to ${max}`]
    .filter((part) => part !== '')
    .join(' ');
  return words === '' ? '' : `${words[0]?.toUpperCase()}${words.slice(1)}.`;
}

function elementOf(field: Field): InputElement | null {
  const { input, name } = field.item;
  switch (textOf(input, 'type')) {
    case 'Input.Number':
      return numberElement(field);
    case 'Input.Date':
      return { type: 'datepicker', ...asking(field), ...initial(field, 'initial_date', isDate, 'a date') };
    case 'Input.Time':
      return { type: 'timepicker', ...asking(field), ...initial(field, 'initial_time', isTime, 'a time') };
    case 'Input.Toggle':
      return toggleElement(field);
    case 'Input.ChoiceSet':
      return choiceElement(input, asking(field), (reason, ...keys) => loseIn(field, reason, ...keys));
    default:
      return textElement(field, name);
  }
}

function asking(field: Field): { action_id: string; placeholder?: PlainText } {
  const text = titleIn(field.item.input, 'placeholder');
  const placeholder = text === '' ? {} : { placeholder: textIn(field, 'placeholder', text, limits.placeholder) };
  return { action_id: field.item.name, ...placeholder };
}

type Initial = 'initial_date' | 'initial_time' | 'initial_value';

function initial<Key extends Initial>(
  field: Field,
  key: Key,
  fits: (value: string) => boolean,
  kind: string,
): { [Name in Key]?: string } {
  const value = titleIn(field.item.input, 'value');
  if (value === '') {
    return {};
  }
  if (!fits(value)) {
    loseIn(field, `it is not ${kind} that Slack can show here; left empty`, 'value');
    return {};
  }
  return { [key]: value } as { [Name in Key]?: string };
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && canBe(() => Temporal.PlainDate.from(value));
}

function isTime(value: string): boolean {
  return /^\d{2}:\d{2}$/.test(value) && canBe(() => Temporal.PlainTime.from(value));
}

function canBe(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function textElement(field: Field, name: string): InputElement {
  const { input } = field.item;
  const style = choiceIn(input, 'style');
  const value = typedIn(input);
  if (style === 'password') {
    loseIn(field, 'Slack shows what is typed; it has no hidden fields', 'style');
  }
  if (style === 'email' && (value === '' || /^\S+@\S+$/.test(value))) {
    return { type: 'email_text_input', ...asking(field), ...(value === '' ? {} : { initial_value: value }) };
  }
  if (style === 'url' && (value === '' || URL.canParse(value))) {
    return { type: 'url_text_input', ...asking(field), ...(value === '' ? {} : { initial_value: value }) };
  }
  const multiline = input['isMultiline'] === true || value.includes('\n');
  return { type: 'plain_text_input', ...asking(field), action_id: name, multiline, ...textLimits(field, value) };
}

/** With the spaces at its ends: it is somebody's text, to be changed further. */
function typedIn({ value }: JsonObject): string {
  return typeof value === 'string' ? cleanText(value) : wordsIn({ value: value ?? null }, 'value');
}

function textLimits(field: Field, value: string): { max_length?: number; initial_value?: string } {
  const { maxLength } = field.item.input;
  const wanted = typeof maxLength === 'number' && maxLength >= 1 ? Math.floor(maxLength) : null;
  if (wanted !== null && wanted > limits.inputText) {
    loseIn(field, `Slack takes at most ${limits.inputText} characters in a field`, 'maxLength');
  }
  const most = Math.min(wanted ?? limits.inputText, limits.inputText);
  const kept = value.length > most ? value.slice(0, most).replace(/[\uD800-\uDBFF]$/, '') : value;
  if (kept !== value) {
    loseIn(field, `only ${most} characters fit into this field; cut`, 'value');
  }
  return { ...(wanted === null ? {} : { max_length: most }), ...(kept === '' ? {} : { initial_value: kept }) };
}

function numberElement(field: Field): InputElement {
  const { input } = field.item;
  const [low, high] = [numberIn(input, 'min'), numberIn(input, 'max')];
  const isEmptyRange = low !== null && high !== null && low > high;
  if (isEmptyRange) {
    loseIn(field, 'no number is at least this and at most the highest value; no bounds are shown', 'min');
  }
  const [min, max] = isEmptyRange ? [null, null] : [low, high];
  return {
    type: 'number_input',
    ...asking(field),
    is_decimal_allowed: true,
    ...(min === null ? {} : { min_value: decimal(min) }),
    ...(max === null ? {} : { max_value: decimal(max) }),
    ...initial(field, 'initial_value', (value) => isNumber(value, min, max), 'a number'),
  };
}

function numberIn(input: JsonObject, key: string): number | null {
  const value = wordsIn(input, key);
  return /^[+-]?\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : null;
}

/** Never in the form 1e21. */
function decimal(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 9 });
}

function isNumber(value: string, min: number | null, max: number | null): boolean {
  const number = /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
  return !Number.isNaN(number) && (min === null || number >= min) && (max === null || number <= max);
}

/** One box; its own title beside it, unless the title is the label already. */
function toggleElement(field: Field): InputElement {
  const { input, name } = field.item;
  const title = wordsIn(input, 'label') === '' ? '' : titleIn(input, 'title');
  const option = { text: textIn(field, 'title', title || 'Yes', limits.optionText), value: 'on' };
  const isOn = isToggledOn(input);
  return { type: 'checkboxes', action_id: name, options: [option], ...(isOn ? { initial_options: [option] } : {}) };
}

export function isToggledOn(input: JsonObject): boolean {
  return (wordsIn(input, 'value') || 'false') === (wordsIn(input, 'valueOn') || 'true');
}

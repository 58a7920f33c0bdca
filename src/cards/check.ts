/**
 * Judges what a person put into a card, from the card's own JSON. A client's own checks are a courtesy; this one holds
 * for every platform.
 */
import {
  type AdaptiveCard,
  choicesOf,
  executesIn,
  inputsIn,
  type JsonObject,
  sendsInputs,
  textOf,
} from './adaptive-card.ts';
import { cleanText } from './text.ts';

export interface InputError {
  input: string;
  message: string;
}

export interface CheckedInputs {
  /** Known inputs only, as clean text. */
  inputs: Record<string, string>;
  errors: InputError[];
}

/**
 * Without a verb, or with one that the card does not have, every rule of the card applies. A verb that sends no inputs
 * (Cancel, Back) has none to check.
 */
export function checkInputs(
  card: AdaptiveCard,
  verb: string | undefined,
  inputs: Readonly<Record<string, unknown>>,
): CheckedInputs {
  const action = executesIn(card).find((candidate) => textOf(candidate, 'verb') === verb);
  if (action !== undefined && !sendsInputs(action)) {
    return { inputs: {}, errors: [] };
  }
  const checked: CheckedInputs = { inputs: {}, errors: [] };
  for (const input of inputsIn(card)) {
    const id = textOf(input, 'id');
    if (id === '') {
      continue;
    }
    const given = Object.hasOwn(inputs, id) ? inputs[id] : undefined;
    const value = textFrom(input, given);
    const problem = problemOf(input, value);
    if (problem !== null) {
      checked.errors.push({ input: id, message: problem });
    }
    if (given !== undefined) {
      checked.inputs[id] = value;
    }
  }
  return checked;
}

function textFrom(input: JsonObject, given: unknown): string {
  if (Array.isArray(given)) {
    return given.filter((part) => typeof part === 'string').join(',');
  }
  if (typeof given === 'boolean' && input['type'] === 'Input.Toggle') {
    return given ? onValue(input) : offValue(input);
  }
  return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean'
    ? cleanText(String(given))
    : '';
}

/** What is wrong, in the card's own words where it has some; null when nothing is. */
function problemOf(input: JsonObject, value: string): string | null {
  const says = textOf(input, 'errorMessage');
  if (value.trim() === '') {
    return input['isRequired'] === true ? says || 'This is needed.' : null;
  }
  const rule = rules[textOf(input, 'type')] ?? textProblem;
  const problem = rule(input, value);
  return problem === null ? null : says || problem;
}

type Rule = (input: JsonObject, value: string) => string | null;

const rules: Readonly<Record<string, Rule>> = {
  'Input.Text': textProblem,
  'Input.Number': numberProblem,
  'Input.Date': dateProblem,
  'Input.Time': timeProblem,
  'Input.Toggle': toggleProblem,
  'Input.ChoiceSet': choiceProblem,
};

function textProblem(input: JsonObject, value: string): string | null {
  const { maxLength } = input;
  if (typeof maxLength === 'number' && value.length > maxLength) {
    return `Write at most ${maxLength} characters; these are ${value.length}.`;
  }
  const regex = textOf(input, 'regex');
  return regex !== '' && !new RegExp(regex).test(value) ? 'This does not have the expected form.' : null;
}

function numberProblem(input: JsonObject, value: string): string | null {
  if (!/^[+-]?\d+([.,]\d+)?$/.test(value.trim())) {
    return 'Write a number, such as 12.';
  }
  const number = Number(value.trim().replace(',', '.'));
  return outside(number, input['min'], input['max']) ? rangeText(input) : null;
}

function outside(value: number, min: unknown, max: unknown): boolean {
  return (typeof min === 'number' && value < min) || (typeof max === 'number' && value > max);
}

function dateProblem(input: JsonObject, value: string): string | null {
  if (!isPlain(value, /^\d{4}-\d{2}-\d{2}$/, (text) => Temporal.PlainDate.from(text))) {
    return 'Write a date as year-month-day, such as 2026-11-21.';
  }
  return outsideText(input, value) ? rangeText(input) : null;
}

function timeProblem(input: JsonObject, value: string): string | null {
  if (!isPlain(value, /^\d{2}:\d{2}$/, (text) => Temporal.PlainTime.from(text))) {
    return 'Write a time as hours and minutes, such as 14:30.';
  }
  return outsideText(input, value) ? rangeText(input) : null;
}

function isPlain(value: string, form: RegExp, parse: (text: string) => unknown): boolean {
  if (!form.test(value)) {
    return false;
  }
  try {
    parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Dates and times of one form sort as text. */
function outsideText(input: JsonObject, value: string): boolean {
  const [min, max] = [textOf(input, 'min'), textOf(input, 'max')];
  return (min !== '' && value < min) || (max !== '' && value > max);
}

function rangeText(input: JsonObject): string {
  const [min, max] = [boundOf(input, 'min'), boundOf(input, 'max')];
  if (min !== '' && max !== '') {
    return `Choose a value from ${min} to ${max}.`;
  }
  return min === '' ? `The highest value is ${max}.` : `The lowest value is ${min}.`;
}

function boundOf(input: JsonObject, key: 'min' | 'max'): string {
  const bound = input[key];
  return typeof bound === 'number' ? `${bound}` : textOf(input, key);
}

function toggleProblem(input: JsonObject, value: string): string | null {
  return value === onValue(input) || value === offValue(input) ? null : 'Switch this on or off.';
}

function onValue(input: JsonObject): string {
  return textOf(input, 'valueOn') || 'true';
}

function offValue(input: JsonObject): string {
  return textOf(input, 'valueOff') || 'false';
}

function choiceProblem(input: JsonObject, value: string): string | null {
  const known = new Set(choicesOf(input).map((choice) => choice.value));
  const chosen = input['isMultiSelect'] === true ? value.split(',') : [value];
  return chosen.every((one) => known.has(one)) ? null : 'Choose one of the answers in the list.';
}

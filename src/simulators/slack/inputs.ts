/**
 * What people fill in, as Slack's client takes it: each kind of element has its own shape, and what does not fit is
 * shown to the person and never reaches the app.
 */
import { z } from 'zod/v4';
import { asList, optionValues } from './blocks/composition.ts';
import { isJson, lengthOf } from './blocks/check.ts';
import type { Json } from './records.ts';

/** What a move gives for one element: a text, a number, the value of an option or several of them; null for nothing. */
export const Value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
export type Value = z.output<typeof Value>;

/** `problem`: what the client says below the input. */
export type Filled = { kind: 'state'; state: Json } | { kind: 'problem'; problem: string };

/** What stands in an element when nobody touched it. */
export function initialValue(element: Json): Value {
  const many = element['initial_options'];
  if (Array.isArray(many)) {
    return many.map((option) => String((option as Json)['value']));
  }
  if (isJson(element['initial_option'])) {
    return String(element['initial_option']['value']);
  }
  const names = [
    'value',
    'date',
    'time',
    'date_time',
    'user',
    'users',
    'channel',
    'channels',
    'conversation',
    'conversations',
  ];
  const found = names.map((name) => element[`initial_${name}`]).find((value) => value !== undefined);
  return Value.catch(null).parse(found ?? null);
}

/**
 * @param offered what an options handler last offered for this element
 */
export function fillIn(element: Json, value: Value, offered: readonly Json[]): Filled {
  const type = String(element['type']);
  const fill = Object.hasOwn(kinds, type) ? kinds[type as keyof typeof kinds] : undefined;
  if (fill === undefined) {
    return problem(`This simulator cannot fill in ${type}.`);
  }
  return fill(element, value === '' ? null : value, offered);
}

export function isEmpty({ type: _type, ...held }: Json): boolean {
  return Object.values(held).every((value) => value === null || (Array.isArray(value) && value.length === 0));
}

type Fill = (element: Json, value: Value, offered: readonly Json[]) => Filled;

const kinds = {
  plain_text_input: fillText,
  email_text_input: checked(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Enter a valid email address.'),
  url_text_input: checked(/^https?:\/\/\S+$/, 'Enter a valid URL.'),
  number_input: fillNumber,
  datepicker: scalar('selected_date', /^\d{4}-\d{2}-\d{2}$/),
  timepicker: scalar('selected_time', /^\d{2}:\d{2}$/),
  datetimepicker: scalar('selected_date_time', /^\d{10}$/),
  static_select: choice,
  external_select: choice,
  radio_buttons: choice,
  overflow: choice,
  multi_static_select: choices,
  multi_external_select: choices,
  checkboxes: choices,
  users_select: scalar('selected_user', /^[UW]\w+$/),
  channels_select: scalar('selected_channel', /^C\w+$/),
  conversations_select: scalar('selected_conversation', /^[CDG]\w+$/),
  multi_users_select: several('selected_users'),
  multi_channels_select: several('selected_channels'),
  multi_conversations_select: several('selected_conversations'),
} as const satisfies Record<string, Fill>;

function problem(text: string): Filled {
  return { kind: 'problem', problem: text };
}

function state(element: Json, more: Json): Filled {
  return { kind: 'state', state: { type: element['type'], ...more } };
}

function fillText(element: Json, value: Value): Filled {
  if (value === null) {
    return state(element, { value: null });
  }
  const { min_length: min = 0, max_length: max = 3000 } = element as { min_length?: number; max_length?: number };
  const text = String(value);
  if (lengthOf(text) < min) {
    return problem(`Enter at least ${min} characters.`);
  }
  return lengthOf(text) > max ? problem(`Enter at most ${max} characters.`) : state(element, { value: text });
}

function checked(form: RegExp, complaint: string): Fill {
  return (element, value) => {
    if (value !== null && !form.test(String(value))) {
      return problem(complaint);
    }
    return state(element, { value });
  };
}

function fillNumber(element: Json, value: Value): Filled {
  if (value === null) {
    return state(element, { value: null });
  }
  const text = String(value);
  const number = Number(text);
  const form = element['is_decimal_allowed'] === true ? /^-?\d+(?:\.\d+)?$/ : /^-?\d+$/;
  if (!form.test(text)) {
    return problem(element['is_decimal_allowed'] === true ? 'Enter a number.' : 'Enter a whole number.');
  }
  const [min, max] = [Number(element['min_value'] ?? -Infinity), Number(element['max_value'] ?? Infinity)];
  if (number < min) {
    return problem(`Enter a number of at least ${min}.`);
  }
  if (number > max) {
    return problem(`Enter a number of at most ${max}.`);
  }
  return state(element, { value: text });
}

function scalar(name: string, form: RegExp): Fill {
  return (element, value) => {
    if (value !== null && !form.test(String(value))) {
      return problem(`This is no value for ${String(element['type'])}.`);
    }
    return state(element, { [name]: value });
  };
}

function several(name: string): Fill {
  return (element, value) => {
    const values = value === null ? [] : asList(value);
    const most = Number(element['max_selected_items'] ?? 100);
    return values.length > most ? problem(`Choose at most ${most}.`) : state(element, { [name]: values });
  };
}

function choice(element: Json, value: Value, offered: readonly Json[]): Filled {
  if (value === null) {
    return state(element, { selected_option: null });
  }
  const option = optionOf(element, value, offered);
  return option === undefined
    ? problem(notOnTheList(element, value, offered))
    : state(element, { selected_option: option });
}

function choices(element: Json, value: Value, offered: readonly Json[]): Filled {
  const values = value === null ? [] : Array.isArray(value) ? value : [value];
  const options = values.map((entry) => optionOf(element, entry, offered));
  const missing = options.indexOf(undefined);
  if (missing >= 0) {
    return problem(notOnTheList(element, values[missing] ?? null, offered));
  }
  const most = Number(element['max_selected_items'] ?? 100);
  return options.length > most ? problem(`Choose at most ${most}.`) : state(element, { selected_options: options });
}

/** Without what only the menu shows. */
function optionOf(element: Json, value: Value, offered: readonly Json[]): Json | undefined {
  const groups = asList(element['option_groups']).filter(isJson);
  const initial = [element['initial_option'], ...asList(element['initial_options'])];
  const listed = [...asList(element['options']), ...groups.flatMap((group) => asList(group['options']))];
  return [...listed, ...offered, ...initial].filter(isJson).find((option) => option['value'] === value);
}

function notOnTheList(element: Json, value: Value, offered: readonly Json[]): string {
  const known = [...optionValues(element), ...offered.map((option) => option['value'])];
  return `${JSON.stringify(value)} is not on the list: ${known.join(', ')}.`;
}

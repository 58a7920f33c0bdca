/**
 * The way back: what a person filled into the modal of a card, by the ids and values of the card itself, and the
 * problems with it, by Slack's field. All of it is looked up in the card, so nothing has to be remembered.
 */
import { type AdaptiveCard, isObject, type JsonObject, textOf } from '../adaptive-card.ts';
import type { InputError } from '../check.ts';
import type { Option } from './block.ts';
import { isMulti, optionsOf, slackOption } from './choices.ts';
import type { InputItem } from './item.ts';
import { limits } from './limits.ts';
import { sendersIn } from './modal.ts';
import { inputsOf, readCard } from './read-card.ts';
import { wordsIn } from './reading.ts';

/** True when a press on this button opens the form first. */
export function opensForm(card: AdaptiveCard, verb: string): boolean {
  const { items } = readCard(card, false);
  const senders = inputsOf(items).length === 0 ? [] : sendersIn(items);
  return senders.some(({ does }) => does.kind === 'send' && does.verb === verb);
}

/** `values` is `view.state.values` of a submitted view. What is missing there is not in the answer. */
export function formInputs(card: AdaptiveCard, values: unknown): Record<string, string> {
  const entries = inputsOf(readCard(card, false).items).flatMap((item): [string, string][] => {
    const block = isObject(values) ? values[item.name] : undefined;
    const state = isObject(block) ? block[item.name] : undefined;
    return isObject(state) ? [[idOf(item), valueOf(item.input, state)]] : [];
  });
  return Object.fromEntries(entries);
}

/** For `response_action: "errors"`; what belongs to no field stands at the first one. */
export function formErrors(card: AdaptiveCard, errors: readonly InputError[]): Record<string, string> {
  const items = inputsOf(readCard(card, false).items);
  const entries = errors.flatMap(({ input, message }): [string, string][] => {
    const item = items.find((candidate) => idOf(candidate) === input) ?? items[0];
    return item === undefined ? [] : [[item.name, message]];
  });
  return Object.fromEntries(entries);
}

/** Answers a `block_suggestion`: the choices whose title holds what was typed, at most as many as Slack takes. */
export function formOptions(card: AdaptiveCard, actionId: string, typed: string): Option[] {
  const item = inputsOf(readCard(card, false).items).find(({ name }) => name === actionId);
  const wanted = typed.trim().toLowerCase();
  return optionsOf(item?.input ?? {})
    .filter(({ text, choice }) => `${text.text}\n${choice}`.toLowerCase().includes(wanted))
    .slice(0, limits.selectOptions)
    .map(slackOption);
}

function idOf({ input, name }: InputItem): string {
  return wordsIn(input, 'id') || name;
}

function valueOf(input: JsonObject, state: JsonObject): string {
  switch (textOf(input, 'type')) {
    case 'Input.Toggle':
      return listOf(state['selected_options']).length > 0
        ? wordsIn(input, 'valueOn') || 'true'
        : wordsIn(input, 'valueOff') || 'false';
    case 'Input.ChoiceSet':
      return choicesOf(input, state).join(',');
    case 'Input.Date':
      return words(state['selected_date']);
    case 'Input.Time':
      return words(state['selected_time']);
    default:
      return words(state['value']);
  }
}

function choicesOf(input: JsonObject, state: JsonObject): string[] {
  const selected = isMulti(input) ? listOf(state['selected_options']) : [state['selected_option']];
  const options = optionsOf(input);
  return selected.flatMap((one) => {
    const value = isObject(one) ? words(one['value']) : '';
    const known = options.find((option) => option.value === value);
    return known === undefined ? (value === '' ? [] : [value]) : [known.choice];
  });
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The options of an Input.ChoiceSet, there and back: what Slack sends is looked up in the card again. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import type { Option } from './block.ts';
import { limits } from './limits.ts';
import { choiceIn, listIn, titleIn, wordsIn } from './reading.ts';
import { isBlank } from './run.ts';
import { cutPlain } from './slack-text.ts';

export interface ChoiceOption extends Option {
  /** What the card calls it. */
  choice: string;
  /** Place in the card's list. */
  index: number;
  isCut: boolean;
}

export function optionsOf(input: JsonObject): ChoiceOption[] {
  const choices = listIn(input, 'choices').flatMap((choice, index) =>
    isObject(choice) ? [{ index, value: rawValue(choice), title: titleIn(choice, 'title') }] : [],
  );
  const useOwn = areUsable(choices.map(({ value }) => value));
  return choices.map(({ index, value, title }) => {
    const cut = cutPlain(title || wordsIn({ value }, 'value') || `Choice ${index + 1}`, limits.optionText);
    return { text: cut.text, value: useOwn ? value : `${index}`, choice: value, index, isCut: cut.isCut };
  });
}

function rawValue({ value }: JsonObject): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

/** Slack cuts no value, it refuses it. One that does not fit makes the places in the list the values of all. */
function areUsable(values: readonly string[]): boolean {
  const fit = values.every(
    (value) => !isBlank(value) && value.length <= limits.optionValue && value.isWellFormed() && !/\p{Cc}/u.test(value),
  );
  return fit && new Set(values).size === values.length;
}

/** Without what only we need. */
export function slackOption({ text, value }: ChoiceOption): Option {
  return { text, value };
}

/** The options that the input's `value` names; one for a single choice. */
export function chosenOptions(input: JsonObject, options: readonly ChoiceOption[]): ChoiceOption[] {
  const value = rawValue(input);
  if (value === '') {
    return [];
  }
  const wanted = isMulti(input) ? value.split(',') : [value];
  return wanted.flatMap((one) => options.find((option) => option.choice === one) ?? []);
}

export function isMulti(input: JsonObject): boolean {
  return input['isMultiSelect'] === true;
}

/** Slack asks for these while the person types: too many for a list, or a list that the card does not hold. */
export function asksOnTyping(input: JsonObject, options: readonly ChoiceOption[]): boolean {
  return options.length > limits.selectOptions || isObject(input['choices.data']);
}

export function isBoxes(input: JsonObject, options: readonly ChoiceOption[]): boolean {
  return choiceIn(input, 'style') === 'expanded' && options.length <= limits.boxOptions;
}

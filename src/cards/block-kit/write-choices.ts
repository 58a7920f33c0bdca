/** Input.ChoiceSet as the list, buttons or boxes that Slack has for it. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import type { InputElement, PlainText } from './block.ts';
import { asksOnTyping, type ChoiceOption, chosenOptions, isBoxes, isMulti, optionsOf, slackOption } from './choices.ts';
import { limits } from './limits.ts';
import { listIn, titleIn } from './reading.ts';

type Lose = (reason: string, ...keys: (string | number)[]) => void;

interface Asking {
  action_id: string;
  placeholder?: PlainText;
}

/** Null when there is nothing to choose from. */
export function choiceElement(input: JsonObject, asking: Asking, lose: Lose): InputElement | null {
  const options = optionsOf(input);
  const onTyping = asksOnTyping(input, options);
  if (options.length === 0 && !onTyping) {
    return null;
  }
  noteLosses(input, options, lose);
  if (onTyping) {
    lose(`a list in Slack holds ${limits.selectOptions} entries; these are offered while the person types`, 'choices');
  }
  const chosen = chosenOptions(input, options).map(slackOption);
  const [first] = chosen;
  const one = first === undefined ? {} : { initial_option: first };
  const several = chosen.length === 0 ? {} : { initial_options: chosen };
  const multi = isMulti(input);
  if (onTyping) {
    return multi
      ? { type: 'multi_external_select', ...asking, min_query_length: 0, ...several }
      : { type: 'external_select', ...asking, min_query_length: 0, ...one };
  }
  const shown = { options: options.map(slackOption) };
  if (isBoxes(input, options)) {
    const { action_id } = asking;
    return multi
      ? { type: 'checkboxes', action_id, ...shown, ...several }
      : { type: 'radio_buttons', action_id, ...shown, ...one };
  }
  return multi
    ? { type: 'multi_static_select', ...asking, ...shown, ...several }
    : { type: 'static_select', ...asking, ...shown, ...one };
}

function noteLosses(input: JsonObject, options: readonly ChoiceOption[], lose: Lose): void {
  for (const option of options.filter(({ isCut }) => isCut)) {
    lose(`an option shows at most ${limits.optionText} characters; cut`, 'choices', option.index, 'title');
  }
  for (const [index, choice] of listIn(input, 'choices').entries()) {
    if (!isObject(choice)) {
      lose('it is no choice', 'choices', index);
    }
  }
  const value = titleIn(input, 'value');
  const wanted = value === '' ? 0 : isMulti(input) ? value.split(',').length : 1;
  if (chosenOptions(input, options).length < wanted) {
    lose('it is not among the choices', 'value');
  }
}

/** What is filled in already, as text: a message shows it, since its fields stand in the form only. */
import { type JsonObject, textOf } from '../adaptive-card.ts';
import { chosenOptions, optionsOf } from './choices.ts';
import type { Fact, InputItem, Item, TextItem } from './item.ts';
import { literalLines } from './markdown.ts';
import { choiceIn, titleIn, wordsIn } from './reading.ts';
import { withLook } from './run.ts';
import { isToggledOn, nameOfInput } from './write-input.ts';

/** Null for an input without an answer, and for a secret. */
export function answerOf({ input, source }: InputItem): Fact | null {
  const value = choiceIn(input, 'style') === 'password' ? '' : valueShown(input);
  return value === ''
    ? null
    : { title: [{ text: nameOfInput(input).replaceAll(/\s+/g, ' ') }], value: literalLines(value), source };
}

function valueShown(input: JsonObject): string {
  switch (textOf(input, 'type')) {
    case 'Input.Toggle':
      return wordsIn(input, 'value') === '' ? '' : toggleShown(input);
    case 'Input.ChoiceSet':
      return chosenOptions(input, optionsOf(input))
        .map(({ text }) => text.text)
        .join(', ');
    default:
      return wordsIn(input, 'value');
  }
}

function toggleShown(input: JsonObject): string {
  const title = wordsIn(input, 'label') === '' ? '' : titleIn(input, 'title');
  const answer = isToggledOn(input) ? 'Yes' : 'No';
  return title === '' ? answer : `${answer}: ${title}`;
}

/** More lines than this need the whole width. */
const shortAnswer = 2;

/** Neighbouring inputs that have answers become one list of facts; the others show nothing. */
export function withAnswers(items: readonly Item[]): Exclude<Item, InputItem>[] {
  const shown: Exclude<Item, InputItem>[] = [];
  let open: Fact[] | null = null;
  for (const item of items) {
    const answer = item.kind === 'input' ? answerOf(item) : null;
    if (answer !== null && answer.value.length <= shortAnswer) {
      if (open === null) {
        open = [];
        shown.push({ kind: 'facts', facts: open });
      }
      open.push(answer);
    } else if (answer !== null) {
      open = null;
      shown.push(longAnswer(answer));
    } else if (item.kind !== 'input') {
      open = null;
      shown.push(item);
    }
  }
  return shown;
}

function longAnswer({ title, value, source }: Fact): TextItem {
  const lines = [...withLook([title], { bold: true }), ...value];
  return { kind: 'text', look: 'plain', joins: false, parts: [{ lines, isSmall: false, sources: [source] }] };
}

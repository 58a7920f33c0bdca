/** The state of all inputs of a message or a view, as it goes along with an interaction. */
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import { asList } from './blocks/composition.ts';
import { isJson } from './blocks/check.ts';
import { fillIn, initialValue, isEmpty, type Value } from './inputs.ts';
import type { Json } from './records.ts';

export interface FormState {
  /** By block, then by action. */
  values: Record<string, Record<string, Json>>;
  /** What the client says, by block; the app hears nothing while there are some. */
  errors: Record<string, string>;
}

interface Input {
  blockId: string;
  element: Json;
  isRequired: boolean;
}

/**
 * @param place what the elements belong to, for what was offered there
 * @param values by block; what is not named stays as it was set at first
 * @throws {BadControlRequest} for a block that has no input
 */
export function formState(
  account: Account,
  place: string,
  blocks: readonly Json[],
  values: Readonly<Record<string, Value>>,
): FormState {
  const inputs = inputsIn(blocks);
  const unknown = Object.keys(values).filter((blockId) => !inputs.some((input) => input.blockId === blockId));
  if (unknown.length > 0) {
    const known = inputs.map((input) => input.blockId).join(', ');
    throw new BadControlRequest(`There is no input ${unknown.join(', ')}; there are: ${known || 'none'}.`);
  }
  const form: FormState = { values: {}, errors: {} };
  for (const input of inputs) {
    const given = values[input.blockId];
    const offered = account.offered.get(offerKey(place, String(input.element['action_id']))) ?? [];
    fill(form, input, given === undefined ? initialValue(input.element) : given, offered);
  }
  return form;
}

function fill(form: FormState, { blockId, element, isRequired }: Input, given: Value, offered: readonly Json[]): void {
  const filled = fillIn(element, given, offered);
  if (filled.kind === 'problem') {
    form.errors[blockId] = filled.problem;
    return;
  }
  if (isRequired && isEmpty(filled.state)) {
    form.errors[blockId] = 'Please complete this required field.';
  }
  form.values[blockId] = { ...form.values[blockId], [String(element['action_id'])]: filled.state };
}

const passive = new Set(['button', 'overflow', 'workflow_button', 'image', 'feedback_buttons', 'icon_button']);

/** Elements that hold a value; only those of an input block are ever required. */
function inputsIn(blocks: readonly Json[]): Input[] {
  return blocks.flatMap((block): Input[] => {
    const blockId = String(block['block_id']);
    if (block['type'] === 'input' && isJson(block['element'])) {
      return [{ blockId, element: block['element'], isRequired: block['optional'] !== true }];
    }
    const standing = block['type'] === 'actions' ? asList(block['elements']) : [block['accessory']];
    return standing
      .filter(isJson)
      .filter((element) => !passive.has(String(element['type'])))
      .map((element) => ({ blockId, element, isRequired: false }));
  });
}

export function offerKey(place: string, actionId: string): string {
  return `${place} ${actionId}`;
}

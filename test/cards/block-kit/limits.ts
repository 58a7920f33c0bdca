/**
 * Judges blocks and views the way Slack does, from its own reference: what is wrong with them, one sentence each. Knows
 * nothing of the translator, so that both cannot be wrong in the same way.
 */
import {
  anyText,
  honest,
  listOf,
  type Part,
  partOf,
  plain,
  type Say,
  textOf,
  webUrl,
  within,
} from './limits-of-texts.ts';

const total = 13_200;

const keysOf: Readonly<Record<string, readonly string[]>> = {
  header: ['type', 'block_id', 'text'],
  section: ['type', 'block_id', 'text', 'fields', 'accessory', 'expand'],
  context: ['type', 'block_id', 'elements'],
  divider: ['type', 'block_id'],
  actions: ['type', 'block_id', 'elements'],
  image: ['type', 'block_id', 'image_url', 'alt_text', 'title'],
  rich_text: ['type', 'block_id', 'elements'],
  input: ['type', 'block_id', 'label', 'element', 'hint', 'optional', 'dispatch_action'],
  table: ['type', 'block_id', 'rows', 'column_settings'],
};

const blocksOn: Readonly<Record<Place, { most: number; types: readonly string[] }>> = {
  message: { most: 50, types: Object.keys(keysOf).filter((type) => type !== 'input') },
  home: { most: 100, types: Object.keys(keysOf).filter((type) => type !== 'input') },
  modal: { most: 100, types: Object.keys(keysOf).filter((type) => type !== 'table') },
};

export type Place = 'message' | 'home' | 'modal';

export function problemsIn(blocks: unknown, place: Place): string[] {
  const problems: string[] = [];
  const list = listOf(blocks);
  const { most, types } = blocksOn[place];
  check(list.length <= most, `${list.length} blocks`);
  const text = JSON.stringify(list);
  check(place !== 'message' || text.length <= total, `${text.length} characters in all`);
  check(Buffer.byteLength(text) <= 250_000, `${Buffer.byteLength(text)} bytes`);
  check(list.filter((block) => block['type'] === 'table').length <= 1, 'two tables');
  for (const [index, block] of list.entries()) {
    const type = textOf(block['type']);
    check(types.includes(type), `block ${index}: no ${type} in a ${place}`);
    strangers(block, keysOf[type] ?? []).forEach((key) => check(false, `block ${index}: ${type} has no ${key}`));
    blockRules[type]?.(block, (problem) => problems.push(`block ${index} (${type}): ${problem}`));
  }
  for (const key of ['block_id', 'action_id']) {
    const ids = valuesOf(list, key);
    check(new Set(ids).size === ids.length, `a ${key} is there twice`);
    check(
      ids.every((id) => id.length >= 1 && id.length <= 255),
      `a ${key} is empty or longer than 255`,
    );
  }
  return problems;

  function check(isFine: boolean, problem: string): void {
    if (!isFine) {
      problems.push(problem);
    }
  }
}

export function problemsInView(view: unknown): string[] {
  const problems: string[] = [];
  function say(problem: string): void {
    problems.push(`view: ${problem}`);
  }
  const part = partOf(view);
  const known = ['type', 'callback_id', 'title', 'submit', 'close', 'private_metadata', 'blocks'];
  strangers(part, known).forEach((key) => say(`has no ${key}`));
  known.filter((key) => part[key] === undefined).forEach((key) => say(`needs ${key}`));
  for (const key of ['title', 'submit', 'close']) {
    plain(part[key], 24, (problem) => say(`${key}: ${problem}`));
  }
  within(part['callback_id'], 1, 255, (problem) => say(`callback_id: ${problem}`));
  within(part['private_metadata'], 0, 3_000, (problem) => say(`private_metadata: ${problem}`));
  if (listOf(part['blocks']).length === 0) {
    say('no blocks');
  }
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) {
    say('more than 250 kB');
  }
  return [...problems, ...problemsIn(part['blocks'], 'modal')];
}

const blockRules: Readonly<Record<string, (block: Part, say: Say) => void>> = {
  header: (block, say) => plain(block['text'], 150, say),
  section: sectionRule,
  context: (block, say) => {
    const elements = listOf(block['elements']);
    count(elements, 1, 10, say);
    elements.forEach((element) =>
      element['type'] === 'image' ? imageRule(element, say) : anyText(element, 3_000, say),
    );
  },
  actions: (block, say) => {
    const elements = listOf(block['elements']);
    count(elements, 1, 25, say);
    elements.forEach((element) => buttonRule(element, say));
  },
  image: imageRule,
  rich_text: richRule,
  input: inputRule,
  table: tableRule,
};

function sectionRule(block: Part, say: Say): void {
  const fields = listOf(block['fields']);
  if (block['text'] === undefined && fields.length === 0) {
    say('neither text nor fields');
  }
  if (block['text'] !== undefined) {
    anyText(partOf(block['text']), 3_000, say);
  }
  count(fields, 0, 10, say);
  fields.forEach((field) => anyText(field, 2_000, say));
  if (block['accessory'] !== undefined) {
    imageRule(partOf(block['accessory']), say);
  }
}

function imageRule(image: Part, say: Say): void {
  within(image['alt_text'], 1, 2_000, say);
  webUrl(image['image_url'], say);
}

function buttonRule(button: Part, say: Say): void {
  const known = ['type', 'action_id', 'text', 'value', 'url', 'style', 'confirm', 'accessibility_label'];
  strangers(button, known).forEach((key) => say(`a button has no ${key}`));
  plain(button['text'], 75, say);
  if (button['value'] !== undefined) {
    within(`x${textOf(button['value'])}`, 2, 2_001, say);
  }
  if (button['url'] !== undefined) {
    webUrl(button['url'], say);
  }
  if (![undefined, 'primary', 'danger'].includes(button['style'] as string | undefined)) {
    say(`style ${textOf(button['style'])}`);
  }
  const confirm = partOf(button['confirm']);
  if (button['confirm'] !== undefined) {
    plain(confirm['title'], 100, say);
    plain(confirm['text'], 300, say);
    plain(confirm['confirm'], 30, say);
    plain(confirm['deny'], 30, say);
  }
  if (button['accessibility_label'] !== undefined) {
    within(button['accessibility_label'], 1, 75, say);
  }
}

function richRule(block: Part, say: Say): void {
  const elements = listOf(block['elements']);
  count(elements, 1, 100, say);
  for (const element of elements) {
    if (!['rich_text_section', 'rich_text_preformatted'].includes(textOf(element['type']))) {
      say(`no ${textOf(element['type'])} here`);
    }
    const runs = listOf(element['elements']);
    count(runs, 1, 3_000, say);
    for (const run of runs) {
      within(`x${textOf(run['text'])}`, 2, 3_001, say);
      strangers(partOf(run['style']), ['bold', 'italic', 'strike', 'code']).forEach((key) => say(`no style ${key}`));
      if (run['type'] === 'link') {
        webUrl(run['url'], say);
        honest(textOf(run['url']), textOf(run['text']), say);
      } else if (run['type'] !== 'text') {
        say(`no ${textOf(run['type'])} here`);
      }
    }
  }
}

function tableRule(block: Part, say: Say): void {
  const rows = (block['rows'] as unknown[]).map((row) => listOf(row));
  count(rows, 1, 100, say);
  count(listOf(block['column_settings']), 0, 20, say);
  if (new Set(rows.map((row) => row.length)).size > 1) {
    say('rows of different lengths');
  }
  for (const row of rows) {
    count(row, 1, 20, say);
    row.forEach((cell) => (cell['type'] === 'rich_text' ? richRule(cell, say) : within(cell['text'], 1, 3_000, say)));
  }
}

function inputRule(block: Part, say: Say): void {
  plain(block['label'], 2_000, say);
  if (block['hint'] !== undefined) {
    plain(block['hint'], 2_000, say);
  }
  if (typeof block['optional'] !== 'boolean') {
    say('does not say whether it is optional');
  }
  const element = partOf(block['element']);
  if (element['placeholder'] !== undefined) {
    plain(element['placeholder'], 150, say);
  }
  const options = listOf(element['options']);
  const type = textOf(element['type']);
  if (['static_select', 'multi_static_select'].includes(type)) {
    count(options, 1, 100, say);
  }
  if (['radio_buttons', 'checkboxes'].includes(type)) {
    count(options, 1, 10, say);
  }
  optionRules(element, options, say);
  valueRules(element, type, say);
}

function optionRules(element: Part, options: readonly Part[], say: Say): void {
  const initial = [...listOf(element['initial_options']), ...listOf([element['initial_option']].filter(Boolean))];
  for (const option of [...options, ...initial]) {
    plain(option['text'], 75, say);
    within(option['value'], 1, 150, say);
  }
  const known = new Set(options.map((option) => JSON.stringify(option)));
  if (new Set(options.map((option) => option['value'])).size < options.length) {
    say('two options have one value');
  }
  if (options.length > 0 && initial.some((option) => !known.has(JSON.stringify(option)))) {
    say('an initial option is none of the options');
  }
}

function valueRules(element: Part, type: string, say: Say): void {
  const value = element['initial_value'];
  if (type === 'plain_text_input') {
    const most = element['max_length'] === undefined ? 3_000 : Number(element['max_length']);
    if (most < 1 || most > 3_000 || (typeof value === 'string' && (value.length > most || value.length === 0))) {
      say('the text does not fit its own limit');
    }
  }
  if (type === 'number_input') {
    const [min, max] = [Number(element['min_value'] ?? -Infinity), Number(element['max_value'] ?? Infinity)];
    const number = Number(value ?? Math.max(min, Math.min(max, 0)));
    if (!(number >= min && number <= max) || element['is_decimal_allowed'] === undefined) {
      say('the number does not fit its own bounds');
    }
  }
  if (element['initial_date'] !== undefined && !/^\d{4}-\d\d-\d\d$/.test(textOf(element['initial_date']))) {
    say('no date');
  }
  if (element['initial_time'] !== undefined && !/^\d\d:\d\d$/.test(textOf(element['initial_time']))) {
    say('no time');
  }
}

function count(list: readonly unknown[], least: number, most: number, say: Say): void {
  if (list.length < least || list.length > most) {
    say(`${list.length} entries where ${least} to ${most} are right`);
  }
}

function strangers(part: Part, known: readonly string[]): string[] {
  return Object.keys(part).filter((key) => !known.includes(key));
}

function valuesOf(node: unknown, key: string): string[] {
  if (Array.isArray(node)) {
    return node.flatMap((item) => valuesOf(item, key));
  }
  return Object.entries(partOf(node)).flatMap(([name, value]) =>
    name === key && typeof value === 'string' ? [value] : valuesOf(value, key),
  );
}

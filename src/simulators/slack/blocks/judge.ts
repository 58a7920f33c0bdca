/** Takes or refuses the blocks of a message and whole views, with the errors of the Web API. */
import { refusal, refusalWithProblems } from '../answers.ts';
import type { Json } from '../records.ts';
import { boolean, byType, type Fields, type Inspection, isJson, oneOf, record, report, string } from './check.ts';
import { asList, id, plainText } from './composition.ts';
import { inspectBlocks, tablesIn } from './whole.ts';

/** Undocumented, and known from what people ran into (slackapi/bolt-js#2509): from here on a message is too long. */
const messageLength = 13_200;

const viewBytes = 250_000;

/** @throws {Refused} as `chat.postMessage` refuses blocks */
export function judgeMessageBlocks(blocks: unknown, newerBlocks: boolean): Json[] {
  if (!Array.isArray(blocks) || !blocks.every(isJson)) {
    throw refusal('invalid_blocks_format');
  }
  const into: Inspection = { surface: 'message', newerBlocks, problems: [] };
  inspectBlocks(blocks, '/blocks', into);
  if (into.problems.length > 0) {
    throw refusalWithProblems('invalid_blocks', into.problems);
  }
  if (tablesIn(blocks) > 1) {
    throw refusalWithProblems('invalid_attachments', ['only_one_table_allowed']);
  }
  if (JSON.stringify(blocks).length > messageLength) {
    throw refusal('msg_blocks_too_long');
  }
  return blocks;
}

const common: Fields = { callback_id: id, external_id: id, private_metadata: string(3000) };

function viewBlocks(value: unknown, at: string, into: Inspection): void {
  inspectBlocks(value, at, into);
}

function needsSubmit(value: unknown, at: string, into: Inspection): void {
  const view = value as Json;
  for (const [index, block] of asList(view['blocks']).entries()) {
    if (view['submit'] === undefined && isJson(block) && block['type'] === 'input') {
      report(into, 'must define `submit` to use an `input` block in modals', `${at}/blocks/${index}/input`);
    }
  }
}

const views = {
  modal: record(
    { type: oneOf('modal'), title: plainText(24), blocks: viewBlocks },
    {
      ...common,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
    needsSubmit,
  ),
  home: record({ type: oneOf('home'), blocks: viewBlocks }, common),
};

/**
 * @param given as it came; a text of JSON is read
 * @throws {Refused} as `views.open` and its sisters refuse a view
 */
export function judgeView(given: unknown, type: 'modal' | 'home', newerBlocks: boolean): Json {
  const problems = viewProblems(given, type, newerBlocks);
  if (problems.length > 0) {
    throw refusalWithProblems('invalid_arguments', problems);
  }
  if (Buffer.byteLength(JSON.stringify(given)) > viewBytes) {
    throw refusal('view_too_large');
  }
  return given as Json;
}

function viewProblems(given: unknown, type: 'modal' | 'home', newerBlocks: boolean): string[] {
  const into: Inspection = { surface: type, newerBlocks, problems: [] };
  byType({ [type]: views[type] })(given, '/view', into);
  return into.problems.length === 0
    ? []
    : ['failed to match all allowed schemas [json-pointer:/view]', ...into.problems];
}

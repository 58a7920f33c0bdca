/**
 * The blocks of 2025 and 2026. They reach workspaces one after the other, so each may be refused where older ones are
 * not; their rules are known from Slack's types and from what others were answered.
 */
import {
  accept,
  boolean,
  byType,
  type Check,
  type Inspection,
  type Fields,
  finiteNumber,
  integer,
  list,
  oneOf,
  record,
  rule,
  string,
} from './check.ts';
import { anyText, id, linkUrl, picture, plainText } from './composition.ts';
import { buttonOnly, contextAction } from './elements.ts';
import { richTextBlock } from './rich-text.ts';

const own: Fields = { block_id: id };

const cell = byType({
  raw_text: record({ type: accept, text: string(3000, 1) }),
  raw_number: record({ type: accept, value: finiteNumber, text: string(3000, 1) }),
  rich_text: richTextBlock,
});

function column(value: unknown, at: string, into: Inspection): void {
  // A hole in the list stands for a column as it is by default.
  if (value !== null) {
    record({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean })(value, at, into);
  }
}

export const table = record(
  { type: accept, rows: list(list(cell, 1, 20), 1, 100) },
  { ...own, column_settings: list(column, 1, 20) },
);

const dataTable = record(
  { type: accept, rows: list(list(cell, 1, 20), 1, 1000), caption: string(255, 1) },
  { ...own, page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
);

const shows = rule((value, tell) => {
  if (!['hero_image', 'title', 'actions', 'body'].some((name) => value[name] !== undefined)) {
    tell('must define at least one of `hero_image`, `title`, `actions` or `body`');
  }
});

const card = record(
  { type: accept },
  {
    ...own,
    hero_image: picture,
    icon: picture,
    title: anyText(150),
    subtitle: anyText(150),
    body: anyText(200),
    actions: list(buttonOnly, 1, 2),
  },
  shows,
);

const carousel = record({ type: accept, elements: list(byType({ card }), 1, 10) }, own);

const alert = record(
  { type: accept, text: anyText(3000) },
  { ...own, level: oneOf('default', 'info', 'warning', 'error', 'success') },
);

const sources = list(byType({ url: record({ type: accept, url: linkUrl, text: string(3000, 1) }) }), 0, 100);
const task: Fields = { task_id: string(255, 1), title: string(3000, 1) };
const taskMore: Fields = { ...own, details: richTextBlock, output: richTextBlock, sources };
const status = oneOf('pending', 'in_progress', 'complete', 'error');

const taskCard = record({ type: accept, ...task, status }, taskMore);
const plan = record(
  { type: accept, title: string(3000, 1) },
  { ...own, tasks: list(record({ ...task, status }, { ...taskMore, type: oneOf('task_card') }), 0, 100) },
);

const markdown = record({ type: accept, text: string(12_000, 1) }, own);
const contextActions = record({ type: accept, elements: list(contextAction, 1, 5) }, own);
/** Its chart is not in Slack's types yet. */
const dataVisualization = record({ type: accept, title: string(50, 1), chart: accept }, own);

const isTitled = rule((value, tell) => {
  if (value['title'] === undefined && value['rich_text_title'] === undefined) {
    tell('missing required field: title');
  }
  if (value['default_collapsed'] === true && value['is_collapsible'] !== true) {
    tell('`default_collapsed` requires `is_collapsible`');
  }
});

/** `child`: what may stand inside, which only the room of the older blocks knows. */
export function container(child: Check): Check {
  return record(
    { type: accept, child_blocks: list(child, 1, 10) },
    {
      ...own,
      title: plainText(150),
      rich_text_title: richTextBlock,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: picture,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    isTitled,
  );
}

export const newerBlocks = {
  message: {
    table,
    data_table: dataTable,
    card,
    carousel,
    markdown,
    context_actions: contextActions,
    task_card: taskCard,
    plan,
    data_visualization: dataVisualization,
  },
  modal: { alert },
  home: { table, data_table: dataTable, card, carousel },
} as const satisfies Record<string, Fields>;

/** The interactive elements of Block Kit, and in which blocks each may stand. */
import {
  accept,
  boolean,
  byType,
  type Fields,
  type Inspection,
  integer,
  list,
  oneOf,
  pattern,
  record,
  rule,
  string,
} from './check.ts';
import {
  anyOption,
  confirm,
  conversationFilter,
  dispatchConfig,
  hasOptions,
  id,
  linkUrl,
  optionGroup,
  overflowOption,
  picture,
  plainOption,
  plainText,
  startsInList,
} from './composition.ts';
import { richTextBlock } from './rich-text.ts';

const acting: Fields = { action_id: id };
const asking: Fields = { ...acting, focus_on_load: boolean };
const hinted: Fields = { ...asking, placeholder: plainText(150) };
const picking: Fields = { ...hinted, confirm };
const writing: Fields = { ...hinted, dispatch_action_config: dispatchConfig };
const several: Fields = { max_selected_items: integer(1, 100) };

const button = record(
  { type: accept, text: plainText(75) },
  {
    ...acting,
    value: string(2000),
    url: linkUrl,
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: string(75),
  },
);

const workflowButton = record(
  {
    type: accept,
    text: plainText(75),
    workflow: record({ trigger: record({ url: linkUrl }, { customizable_input_parameters: list(accept, 0, 100) }) }),
  },
  { ...acting, style: oneOf('primary', 'danger'), accessibility_label: string(75) },
);

const options: Fields = { options: list(plainOption, 1, 100), option_groups: list(optionGroup, 1, 100) };

const selects: Fields = {
  static_select: record(
    { type: accept },
    { ...picking, ...options, initial_option: plainOption },
    hasOptions,
    startsInList,
  ),
  external_select: record(
    { type: accept },
    { ...picking, min_query_length: integer(0, 3000), initial_option: plainOption },
  ),
  users_select: record({ type: accept }, { ...picking, initial_user: id }),
  channels_select: record({ type: accept }, { ...picking, initial_channel: id, response_url_enabled: boolean }),
  conversations_select: record(
    { type: accept },
    {
      ...picking,
      initial_conversation: id,
      default_to_current_conversation: boolean,
      response_url_enabled: boolean,
      filter: conversationFilter,
    },
  ),
};

const multiSelects: Fields = {
  multi_static_select: record(
    { type: accept },
    { ...picking, ...several, ...options, initial_options: list(plainOption, 1, 100) },
    hasOptions,
    startsInList,
  ),
  multi_external_select: record(
    { type: accept },
    { ...picking, ...several, min_query_length: integer(0, 3000), initial_options: list(plainOption, 1, 100) },
  ),
  multi_users_select: record({ type: accept }, { ...picking, ...several, initial_users: list(id, 0, 100) }),
  multi_channels_select: record({ type: accept }, { ...picking, ...several, initial_channels: list(id, 0, 100) }),
  multi_conversations_select: record(
    { type: accept },
    {
      ...picking,
      ...several,
      initial_conversations: list(id, 0, 100),
      default_to_current_conversation: boolean,
      filter: conversationFilter,
    },
  ),
};

const pickers: Fields = {
  datepicker: record(
    { type: accept },
    { ...picking, initial_date: pattern(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'must be a valid date') },
  ),
  timepicker: record(
    { type: accept },
    { ...picking, initial_time: pattern(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time'), timezone: string(255) },
  ),
};

const datetimepicker = record(
  { type: accept },
  { ...asking, confirm, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
);

const boxes: Fields = {
  checkboxes: record(
    { type: accept, options: list(anyOption, 1, 10) },
    { ...asking, confirm, initial_options: list(anyOption, 1, 10) },
    startsInList,
  ),
  radio_buttons: record(
    { type: accept, options: list(anyOption, 1, 10) },
    { ...asking, confirm, initial_option: anyOption },
    startsInList,
  ),
};

const overflow = record({ type: accept, options: list(overflowOption, 1, 5) }, { ...acting, confirm });

const numeral = pattern(/^-?\d+(?:\.\d+)?$/, 'must be a valid number');

const isInOrder = rule((value, tell) => {
  const [min, max, start] = ['min_value', 'max_value', 'initial_value'].map((name) =>
    value[name] === undefined ? Number.NaN : Number(value[name]),
  ) as [number, number, number];
  if (min > max) {
    tell('`min_value` cannot be greater than `max_value`');
  }
  if (start < min || start > max) {
    tell('`initial_value` must be between `min_value` and `max_value`');
  }
});

const isLongEnough = rule((value, tell) => {
  const { min_length: min, max_length: max } = value as { min_length?: number; max_length?: number };
  if (min !== undefined && max !== undefined && min > max) {
    tell('`min_length` cannot be greater than `max_length`');
  }
});

const inputs: Fields = {
  plain_text_input: record(
    { type: accept },
    {
      ...writing,
      initial_value: string(3000),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    isLongEnough,
  ),
  email_text_input: record({ type: accept }, { ...writing, initial_value: string(3000) }),
  url_text_input: record({ type: accept }, { ...writing, initial_value: string(3000) }),
  number_input: record(
    { type: accept, is_decimal_allowed: boolean },
    { ...writing, initial_value: numeral, min_value: numeral, max_value: numeral },
    isInOrder,
  ),
  rich_text_input: record(
    { type: accept },
    { ...writing, initial_value: richTextBlock, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  ),
};

const fileInput = record(
  { type: accept },
  { ...acting, filetypes: list(string(255, 1), 1, 100), max_files: integer(1, 10) },
);

export const buttonOnly = byType({ button });

const pressed: Fields = { button, overflow, workflow_button: workflowButton };
const chosen: Fields = { ...selects, ...multiSelects, ...pickers, ...boxes };

export const actionsElement = byType({
  ...pressed,
  ...chosen,
  datetimepicker,
  rich_text_input: inputs['rich_text_input'] ?? accept,
});

export const accessory = byType({ ...pressed, ...chosen, image: picture });

const inputElements: Fields = { ...chosen, ...inputs, datetimepicker };
const anywhere = byType(inputElements);
const inModal = byType({ ...inputElements, file_input: fileInput });

export function inputElement(value: unknown, at: string, into: Inspection): void {
  const check = into.surface === 'modal' ? inModal : anywhere;
  check(value, at, into);
}

const feedback = record({ text: plainText(75), value: string(2000, 1) }, { accessibility_label: string(75) });

export const contextAction = byType({
  feedback_buttons: record({ type: accept, positive_button: feedback, negative_button: feedback }, acting),
  icon_button: record(
    { type: accept, icon: oneOf('trash'), text: plainText(75) },
    { ...acting, confirm, value: string(2000), accessibility_label: string(75), visible_to_user_ids: list(id, 1, 100) },
  ),
});

/** The parts that blocks and elements are made of: texts, options, confirmations, pictures. */
import {
  accept,
  boolean,
  byType,
  type Check,
  type Inspection,
  isJson,
  list,
  oneOf,
  pattern,
  record,
  report,
  rule,
  string,
} from './check.ts';

/** A text object may hold nothing but what somebody can read. */
function words(max: number): Check {
  const fits = string(max);
  return (value, at, into) => {
    if (typeof value === 'string' && value.trim() === '') {
      report(into, 'must be more than 0 characters', at);
    } else {
      fits(value, at, into);
    }
  };
}

export function plainText(max: number): Check {
  return byType({ plain_text: record({ type: accept, text: words(max) }, { emoji: boolean }) });
}

export function anyText(max: number): Check {
  return byType({
    plain_text: record({ type: accept, text: words(max) }, { emoji: boolean }),
    mrkdwn: record({ type: accept, text: words(max) }, { verbatim: boolean }),
  });
}

export const id = string(255);

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'slack:']);

/** A target of a button or a link. */
export function linkUrl(value: unknown, at: string, into: Inspection): void {
  string(3000, 1)(value, at, into);
  if (typeof value === 'string' && !(URL.canParse(value) && schemes.has(new URL(value).protocol))) {
    report(into, 'must be a valid URL', at);
  }
}

export const httpsUrl: Check = pattern(/^https:\/\/[^\s/]+\S*$/, 'must be a valid HTTPS URL');

const unreachable = /^(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|\[|0\.)/;

/** Slack loads pictures itself, so it has to reach them. */
function pictureUrl(value: unknown, at: string, into: Inspection): void {
  string(3000, 1)(value, at, into);
  if (typeof value !== 'string') {
    return;
  }
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    report(into, 'must be a valid URL', at);
  } else if (unreachable.test(url.hostname)) {
    report(into, 'downloading image failed', at);
  }
}

export const pictureFields = {
  image_url: pictureUrl,
  slack_file: record({}, { id: string(255, 1), url: string(3000, 1) }),
};

export const hasOnePicture = rule((value, tell) => {
  if ((value['image_url'] === undefined) === (value['slack_file'] === undefined)) {
    tell('must define either `image_url` or `slack_file`');
  }
});

export const picture = byType({
  image: record({ type: accept, alt_text: string(2000, 1) }, pictureFields, hasOnePicture),
});

export const confirm = record(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: oneOf('primary', 'danger') },
);

/** What Slack's servers enforce for the value; a doc comment of its types says 75. */
const optionValue = string(150, 1);

export const plainOption = record({ text: plainText(75), value: optionValue }, { description: plainText(75) });
export const anyOption = record({ text: anyText(75), value: optionValue }, { description: anyText(75) });
export const overflowOption = record(
  { text: plainText(75), value: optionValue },
  { description: plainText(75), url: linkUrl },
);

export const optionGroup = record({ label: plainText(75), options: list(plainOption, 1, 100) });

/** The options themselves or in groups, and not both. */
export const hasOptions = rule((value, tell) => {
  if ((value['options'] === undefined) === (value['option_groups'] === undefined)) {
    tell('must define either `options` or `option_groups`');
  }
});

/** What is chosen at first has to be on the list. */
export const startsInList = rule((value, tell) => {
  const values = new Set(optionValues(value));
  const starts = [value['initial_option'], ...asList(value['initial_options'])].filter(isJson);
  for (const option of starts) {
    if (!values.has(option['value'])) {
      tell(`\`${value['initial_options'] === undefined ? 'initial_option' : 'initial_options'}\` must match an option`);
    }
  }
});

export function optionValues(element: { [name: string]: unknown }): unknown[] {
  const groups = asList(element['option_groups']).filter(isJson);
  return [...asList(element['options']), ...groups.flatMap((group) => asList(group['options']))]
    .filter(isJson)
    .map((option) => option['value']);
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export const dispatchConfig = record(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
);

export const conversationFilter = record(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
);

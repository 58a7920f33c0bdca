/** `rich_text`: words and looks apart from each other. Its texts are shown as they are. */
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
  string,
} from './check.ts';
import { id, linkUrl } from './composition.ts';

const style = record(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);

const text = record({ type: accept, text: string(12_000, 1) }, { style });
const link = record({ type: accept, url: linkUrl }, { text: string(12_000), unsafe: boolean, style });

/** The reference says number; Slack's own libraries send text too. */
function timestamp(value: unknown, at: string, into: Inspection): void {
  const check = typeof value === 'string' ? pattern(/^\d+$/, 'must be a valid timestamp') : integer(0, 9_999_999_999);
  check(value, at, into);
}

const inline = byType({
  text,
  link,
  user: record({ type: accept, user_id: id }, { style }),
  usergroup: record({ type: accept, usergroup_id: id }, { style }),
  team: record({ type: accept, team_id: id }, { style }),
  channel: record({ type: accept, channel_id: id }, { style }),
  emoji: record(
    { type: accept, name: string(255, 1) },
    { unicode: string(255), url: string(3000), skin_tone: integer(1, 6), style },
  ),
  broadcast: record({ type: accept, range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: record({ type: accept, value: string(255, 1) }, { style }),
  date: record({ type: accept, timestamp, format: string(255, 1) }, { url: linkUrl, fallback: string(3000), style }),
});

const border: Fields = { border: oneOf(0, 1) };
const many = 1000;
const section = record({ type: accept, elements: list(inline, 0, many) });

const part = byType({
  rich_text_section: section,
  rich_text_list: record(
    {
      type: accept,
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section }), 0, many),
    },
    { ...border, indent: integer(0, 8), offset: integer(0, 100_000) },
  ),
  rich_text_quote: record({ type: accept, elements: list(inline, 0, many) }, border),
  rich_text_preformatted: record(
    { type: accept, elements: list(byType({ text, link }), 0, many) },
    { ...border, language: string(255) },
  ),
});

export const richTextBlock = byType({
  rich_text: record({ type: accept, elements: list(part, 1, many) }, { block_id: id }),
});

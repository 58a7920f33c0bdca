/** The blocks that have been there for years, and which block may stand on which surface. */
import {
  accept,
  boolean,
  byType,
  type Check,
  type Fields,
  type Inspection,
  list,
  record,
  rule,
  string,
  type Surface,
} from './check.ts';
import { anyText, hasOnePicture, httpsUrl, id, picture, pictureFields, plainText } from './composition.ts';
import { accessory, actionsElement, inputElement } from './elements.ts';
import { container, newerBlocks, table } from './newer-blocks.ts';
import { richTextBlock } from './rich-text.ts';

const own: Fields = { block_id: id };

const says = rule((value, tell) => {
  if (value['text'] === undefined && value['fields'] === undefined) {
    tell('must define either `text` or `fields`', '/type');
  }
});

const section = record(
  { type: accept },
  { ...own, text: anyText(3000), fields: list(anyText(2000), 1, 10), accessory, expand: boolean },
  says,
);
const header = record({ type: accept, text: plainText(150) }, own);
const divider = record({ type: accept }, own);
const context = record(
  {
    type: accept,
    elements: list(
      byType({
        image: picture,
        plain_text: anyText(2000),
        mrkdwn: anyText(2000),
      }),
      1,
      10,
    ),
  },
  own,
);
const actions = record({ type: accept, elements: list(actionsElement, 1, 25) }, own);
const image = record(
  { type: accept, alt_text: string(2000, 1) },
  { ...own, ...pictureFields, title: plainText(2000) },
  hasOnePicture,
);
const input = record(
  { type: accept, label: plainText(2000), element: inputElement },
  { ...own, hint: plainText(2000), optional: boolean, dispatch_action: boolean },
);
const video = record(
  {
    type: accept,
    alt_text: string(2000, 1),
    title: plainText(199),
    thumbnail_url: httpsUrl,
    video_url: httpsUrl,
  },
  {
    ...own,
    title_url: httpsUrl,
    description: plainText(200),
    author_name: string(49),
    provider_name: string(255),
    provider_icon_url: httpsUrl,
  },
);

const older: Fields = { section, header, divider, context, actions, image, input, video, rich_text: richTextBlock };

/** What both Slack's reference and its servers take inside a container: the two lists differ. */
const contained = byType({ actions, context, divider, header, image, section, table, video });

const known: Readonly<Record<Surface, { older: Check; all: Check }>> = {
  message: {
    older: byType(older),
    all: byType({ ...older, ...newerBlocks.message, container: container(contained) }),
  },
  modal: { older: byType(older), all: byType({ ...older, ...newerBlocks.modal }) },
  home: { older: byType(older), all: byType({ ...older, ...newerBlocks.home }) },
};

export function block(value: unknown, at: string, into: Inspection): void {
  const { older: olderOnly, all } = known[into.surface];
  (into.newerBlocks ? all : olderOnly)(value, at, into);
}

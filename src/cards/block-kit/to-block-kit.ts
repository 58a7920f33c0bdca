/**
 * Adaptive Card 1.5 to Slack's Block Kit: what enters is any JSON, what leaves obeys every limit of Slack and names in
 * `losses` what it could not say. A pure function of its input; it never throws.
 */
import { isObject } from '../adaptive-card.ts';
import type { Block, Modal } from './block.ts';
import type { Item } from './item.ts';
import { type Loss, withoutRepeats } from './loss.ts';
import { messageBlocks, type Surface } from './message.ts';
import { modalOf, openFormVerb, sendersIn } from './modal.ts';
import { plainCopy, typeOf } from './plain-copy.ts';
import { readCard } from './read-card.ts';
import { wordsIn } from './reading.ts';
import { summaryOf } from './summary.ts';

export interface BlockKitOptions {
  /** True (default): text is Markdown, as in any Adaptive Card. False: all text is data, as in our own cards. */
  markdown?: boolean;
  /** Default: message. */
  surface?: Surface;
  /** The verb of the button that was pressed: the form then sends this one. */
  verb?: string;
  /** Only blocks that Slack has had for years, for a second try after `invalid_blocks`. */
  olderBlocks?: boolean;
  /** Room of the message that is needed for something else; `size` is of its JSON. */
  keepFree?: { blocks: number; size: number };
  /** What was lost before the card came here, as when a template was filled. */
  lostBefore?: readonly Loss[];
}

export interface BlockKitTranslation {
  blocks: Block[];
  /** A whole view, without its trigger; null when the card has no inputs. */
  modal: Modal | null;
  /** Never empty; for notifications and screen readers. */
  text: string;
  losses: Loss[];
}

/** What is no Adaptive Card gives no blocks and one loss. */
export function toBlockKit(card: unknown, options: BlockKitOptions = {}): BlockKitTranslation {
  const { copy, losses } = plainCopy(card);
  if (!isObject(copy) || copy['type'] !== 'AdaptiveCard') {
    const loss = { path: '', element: typeOf(copy), reason: 'it is no Adaptive Card' };
    return { blocks: [], modal: null, text: 'A card that cannot be shown', losses: [loss, ...losses] };
  }
  const read = readCard(copy, options.markdown !== false, [...(options.lostBefore ?? []), ...losses]);
  const items = withOpener(read.items);
  const message = messageBlocks(items, options.surface ?? 'message', {
    olderBlocks: options.olderBlocks === true,
    keepFree: options.keepFree ?? { blocks: 0, size: 0 },
  });
  const form = modalOf(items, options.verb);
  return {
    blocks: message.blocks,
    modal: form.modal,
    text: summaryOf(items, [wordsIn(copy, 'fallbackText'), wordsIn(copy, 'speak')]),
    losses: withoutRepeats([...read.losses, ...message.losses, ...form.losses]),
  };
}

/** Fields that no button sends would be out of reach in Slack, so one opens the form. */
function withOpener(items: readonly Item[]): Item[] {
  const first = items.find((item) => item.kind === 'input');
  if (first === undefined || sendersIn(items).length > 0) {
    return [...items];
  }
  const does = { kind: 'send', verb: openFormVerb, value: '', asks: true } as const;
  const opener = { title: 'Open the form', tooltip: '', style: null, does, scope: '', source: first.source };
  return [...items, { kind: 'buttons', buttons: [opener], isBar: true }];
}

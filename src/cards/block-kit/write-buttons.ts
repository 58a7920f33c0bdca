/** Buttons, at most 25 to a block. */
import type { Button, Confirm } from './block.ts';
import type { ButtonItem, Item } from './item.ts';
import { limits } from './limits.ts';
import type { Source } from './loss.ts';
import type { Group, Placed } from './placed.ts';
import { isBlank } from './run.ts';
import { cutPlain, plainText } from './slack-text.ts';

/** Buttons with much data share a block with fewer others, so that some of them fit into a message that is nearly full. */
const rowLength = 3_000;

/** The action ids of a message so far, each with how often it was wanted; none is there twice. */
export type ActionIds = Map<string, number>;

export function writeButtons(item: Extract<Item, { kind: 'buttons' }>, taken: ActionIds): Group {
  const placed: Placed[] = [];
  let open: { elements: Button[]; sources: Source[] } | null = null;
  let length = 0;
  for (const wanted of item.buttons) {
    const button = writeButton(wanted, taken);
    length += JSON.stringify(button).length;
    if (open === null || open.elements.length === limits.actionElements || length > rowLength) {
      open = { elements: [], sources: [] };
      length = JSON.stringify(button).length;
      placed.push({ block: { type: 'actions', elements: open.elements }, sources: open.sources });
    }
    open.elements.push(button);
    open.sources.push(wanted.source);
  }
  return { kind: item.isBar ? 'kept' : 'body', placed };
}

function writeButton({ title, tooltip, style, does }: ButtonItem, taken: ActionIds): Button {
  const text = isBlank(title) ? plainText(does.kind === 'link' ? 'Open' : 'Send') : plainText(title);
  const label = cutPlain(tooltip, limits.accessibilityLabel);
  const isFinal = style === 'danger' && does.kind === 'send' && !does.asks;
  return {
    type: 'button',
    action_id: freeId(does.kind === 'link' ? 'open-link' : does.verb, taken),
    text,
    ...(does.kind === 'link' ? { url: does.address } : does.value === '' ? {} : { value: does.value }),
    ...(style === null ? {} : { style }),
    ...(isFinal ? { confirm: confirmOf(title) } : {}),
    ...(tooltip === '' ? {} : { accessibility_label: label.text.text }),
  };
}

function freeId(wanted: string, taken: ActionIds): string {
  let number = taken.get(wanted) ?? 0;
  let id = wanted;
  while (taken.has(id)) {
    number += 1;
    id = `${wanted.slice(0, limits.id - 7)}~${number}`;
  }
  taken.set(wanted, Math.max(number, 1));
  taken.set(id, 1);
  return id;
}

/** What cannot be taken back is asked once more, where no form comes in between. */
function confirmOf(title: string): Confirm {
  return {
    title: plainText('Are you sure?'),
    text: plainText(`This does: ${title}`),
    confirm: cutPlain(title, 30).text,
    deny: plainText('Not now'),
    style: 'danger',
  };
}

/** Buttons, 25 to a block. */
import type { Button, Confirm } from './block.ts';
import type { ButtonItem, Item } from './item.ts';
import { limits } from './limits.ts';
import type { Group, Placed } from './placed.ts';
import { cutPlain, plainText } from './slack-text.ts';

/** `taken`: the action ids of the message so far; each is there once. */
export function writeButtons(item: Extract<Item, { kind: 'buttons' }>, taken: Set<string>): Group {
  const placed: Placed[] = [];
  for (let start = 0; start < item.buttons.length; start += limits.actionElements) {
    const buttons = item.buttons.slice(start, start + limits.actionElements);
    placed.push({
      block: { type: 'actions', elements: buttons.map((button) => writeButton(button, taken)) },
      sources: buttons.map((button) => button.source),
    });
  }
  return { kind: item.isBar ? 'kept' : 'body', placed };
}

function writeButton({ title, tooltip, style, does }: ButtonItem, taken: Set<string>): Button {
  const text = title.trim() === '' ? plainText(does.kind === 'link' ? 'Open' : 'Send') : plainText(title);
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

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) {
    id = `${wanted.slice(0, limits.id - 7)}~${number}`;
  }
  taken.add(id);
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

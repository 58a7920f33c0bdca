/** Actions, wherever they stand: in the bar of the card, in a set, behind a picture. */
import { isObject, type Json, type JsonObject, sendsInputs, textOf } from '../adaptive-card.ts';
import type { ButtonItem, Item, TextItem } from './item.ts';
import { limits } from './limits.ts';
import { honestLabel, webAddress } from './link.ts';
import { below } from './loss.ts';
import { choiceIn, listIn, lose, noteItem, type Reading, sourceOf, titleIn, wordsIn } from './reading.ts';
import { cutPlain } from './slack-text.ts';

type Read = { button: ButtonItem } | { items: Item[] };

/** Buttons first, then what the cards behind Action.ShowCard hold: they stand open. */
export function readActions(
  actions: readonly Json[],
  pathOf: (index: number) => string,
  reading: Reading,
  isBar: boolean,
): Item[] {
  const read = actions.map((action, index) => readAction(action, pathOf(index), reading));
  const buttons = read.flatMap((one) => ('button' in one ? [one.button] : []));
  const items = read.flatMap((one) => ('items' in one ? one.items : []));
  return buttons.length === 0 ? items : [{ kind: 'buttons', buttons, isBar }, ...items];
}

export function readActionList(node: JsonObject, path: string, reading: Reading, isBar: boolean): Item[] {
  return readActions(listIn(node, 'actions'), (index) => below(path, 'actions', index), reading, isBar);
}

/** What a press on the element itself does; Slack needs a button for it. */
export function readSelectAction(node: JsonObject, path: string, reading: Reading): Item[] {
  const { selectAction } = node;
  if (!isObject(selectAction)) {
    return [];
  }
  const title =
    titleIn(selectAction, 'title') || titleIn(selectAction, 'tooltip') || titleIn(node, 'altText') || 'Open';
  return readActions([{ ...selectAction, title }], () => below(path, 'selectAction'), reading, false);
}

function readAction(action: Json, path: string, reading: Reading): Read {
  if (!isObject(action)) {
    lose(reading, path, action, 'it is no action');
    return { items: [] };
  }
  if (wordsIn(action, 'iconUrl') !== '') {
    lose(reading, below(path, 'iconUrl'), action, 'buttons in Slack have no picture');
  }
  if (action['isEnabled'] === false) {
    lose(reading, path, action, 'Slack has no button that cannot be pressed; its title is shown as text');
    return { items: [noteItem(action, path, `${titleIn(action, 'title')} (not available)`)] };
  }
  switch (textOf(action, 'type')) {
    case 'Action.OpenUrl':
      return readOpenUrl(action, path, reading);
    case 'Action.Execute':
    case 'Action.Submit':
      return { button: sendButton(action, path, reading) };
    case 'Action.ShowCard':
      return { items: readShowCard(action, path, reading) };
    case 'Action.ToggleVisibility':
      lose(reading, path, action, 'Slack cannot show and hide; what this button shows is always there');
      return { items: [] };
    default:
      return readUnknown(action, path, reading);
  }
}

function readUnknown(action: JsonObject, path: string, reading: Reading): Read {
  const { fallback } = action;
  if (isObject(fallback)) {
    lose(reading, path, action, 'an unknown kind of action; its fallback is shown');
    return readAction(fallback, below(path, 'fallback'), reading);
  }
  lose(reading, path, action, 'an unknown kind of action without a fallback; left out');
  return { items: [] };
}

function readOpenUrl(action: JsonObject, path: string, reading: Reading): Read {
  const target = wordsIn(action, 'url');
  const address = webAddress(target);
  const title = titleIn(action, 'title');
  if (address === null) {
    lose(
      reading,
      path,
      action,
      `only http and https addresses of at most ${limits.url} characters become links; shown as text`,
    );
    const shown = target.length > 200 ? `${target.slice(0, 200)}…` : target;
    return { items: [noteItem(action, path, [title, shown].filter((part) => part !== '').join(': ') || 'A link')] };
  }
  const label = honestLabel(title, address);
  const host = label.slice(title.length);
  const button = buttonOf(action, path, reading, title, host);
  const misleads = button.tooltip !== '' && honestLabel(button.tooltip, address) !== button.tooltip;
  if (misleads) {
    lose(reading, below(path, 'tooltip'), action, 'it names another host than the link leads to; left out');
  }
  return { button: { ...button, tooltip: misleads ? '' : button.tooltip, does: { kind: 'link', address } } };
}

function sendButton(action: JsonObject, path: string, reading: Reading): ButtonItem {
  const { data } = action;
  const written = wordsIn(action, 'verb') || (isObject(data) ? wordsIn(data, 'verb') : '') || wordsIn(action, 'id');
  if (written.length > limits.id) {
    lose(reading, path, action, `Slack takes names of at most ${limits.id} characters; this one is cut`);
  }
  const verb = written.slice(0, limits.id) || 'submit';
  const value = valueOf(data);
  if (value.length > limits.buttonValue) {
    lose(reading, below(path, 'data'), action, `a button carries at most ${limits.buttonValue} characters; left out`);
  }
  const kept = value.length > limits.buttonValue ? '' : value;
  const title = titleIn(action, 'title') || titleIn(action, 'tooltip') || 'Send';
  const does = { kind: 'send', verb, value: kept, asks: sendsInputs(action) } as const;
  return { ...buttonOf(action, path, reading, title, ''), does };
}

/** A token travels bare, as our own cards have it; any other data as JSON. */
function valueOf(data: Json | undefined): string {
  if (data === undefined || data === null) {
    return '';
  }
  if (isObject(data) && Object.keys(data).join() === 'token' && typeof data['token'] === 'string') {
    return data['token'];
  }
  return typeof data === 'string' ? data : JSON.stringify(data);
}

/** `ending` is the real host of a misleading link: it stays whole when the title is cut, or its end does. */
function buttonOf(
  action: JsonObject,
  path: string,
  reading: Reading,
  title: string,
  ending: string,
): Omit<ButtonItem, 'does'> {
  const kept = ending.length > 60 ? ` (…${ending.slice(-56)}` : ending;
  const cut = cutPlain(title, limits.buttonText - kept.length);
  if (cut.isCut || kept !== ending) {
    lose(reading, below(path, 'title'), action, `a button shows at most ${limits.buttonText} characters; cut`);
  }
  const style = choiceIn(action, 'style');
  if (cutPlain(titleIn(action, 'tooltip'), limits.accessibilityLabel).isCut) {
    lose(reading, below(path, 'tooltip'), action, `Slack takes at most ${limits.accessibilityLabel} characters; cut`);
  }
  return {
    title: `${cut.text.text}${kept}`,
    tooltip: titleIn(action, 'tooltip'),
    style: style === 'positive' ? 'primary' : style === 'destructive' ? 'danger' : null,
    scope: reading.scope,
    source: sourceOf(action, path),
  };
}

function readShowCard(action: JsonObject, path: string, reading: Reading): Item[] {
  const { card } = action;
  const title = titleIn(action, 'title');
  const heading = title === '' ? [] : [titleLine(action, path, title)];
  if (!isObject(card)) {
    lose(reading, path, action, 'it holds no card');
    return heading;
  }
  const inside = below(path, 'card');
  const inner: Reading = { ...reading, scope: inside };
  return [
    ...heading,
    ...inner.readList(card['body'], below(inside, 'body'), inner),
    ...readActionList(card, inside, inner, false),
  ];
}

function titleLine(action: JsonObject, path: string, title: string): TextItem {
  const parts = [
    { lines: [[{ text: title, bold: true as const }]], isSmall: false, sources: [sourceOf(action, path)] },
  ];
  return { kind: 'text', look: 'plain', parts, joins: false };
}

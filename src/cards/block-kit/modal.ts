/** The form of a card: a whole Slack view with all its fields, opened by the button that sends them. */
import type { Modal } from './block.ts';
import { fit } from './fit.ts';
import type { ButtonItem, Item } from './item.ts';
import { limits } from './limits.ts';
import type { Loss } from './loss.ts';
import { bytesOf, writeItem } from './message.ts';
import type { Group } from './placed.ts';
import { wordsIn } from './reading.ts';
import { isBlank, wordsOf } from './run.ts';
import { cutPlain, plainText } from './slack-text.ts';
import { writeInput } from './write-input.ts';

/** Opens the form of a card that has no button for it. */
export const openFormVerb = 'open-form';

/** A view may have 250 kB and 100 blocks. */
const room = {
  blocks: limits.viewBlocks,
  size: limits.viewBytes,
  sizeOf: bytesOf,
  keptShare: 0.95,
  place: 'a Slack form',
};

/** Null when the card asks nothing. `verb`: which button opened the form; without it the main one. */
export function modalOf(items: readonly Item[], verb: string | undefined): { modal: Modal | null; losses: Loss[] } {
  if (!items.some((item) => item.kind === 'input')) {
    return { modal: null, losses: [] };
  }
  const opener = openerOf(items, verb);
  const losses: Loss[] = [];
  const title = titleOf(items, opener);
  const submit = cutPlain(isOurOwn(opener) ? 'Send' : (opener?.title ?? 'Send'), limits.modalTitle);
  if (submit.isCut && opener !== undefined) {
    losses.push({
      ...opener.source,
      reason: `the button of a form shows at most ${limits.modalTitle} characters; cut`,
    });
  }
  const asked = verb === undefined ? items : items.filter((item) => isSentBy(opener, item));
  const fitted = fit(formGroups(asked, title.says, losses), room);
  const modal: Modal = {
    type: 'modal',
    callback_id: opener?.does.kind === 'send' ? opener.does.verb : 'form',
    title: cutPlain(title.words, limits.modalTitle).text,
    submit: submit.text,
    close: plainText('Cancel'),
    private_metadata: opener?.does.kind === 'send' ? opener.does.value : '',
    blocks: fitted.blocks,
  };
  return { modal, losses: [...losses, ...fitted.losses] };
}

/** A button inside an Action.ShowCard sends the inputs there and those around it; the card's own sends only its own. */
function isSentBy(opener: ButtonItem | undefined, item: Item): boolean {
  return item.kind !== 'input' || opener === undefined || opener.scope.startsWith(item.scope);
}

/** The button that sends the answers: the one asked for, else the one that stands out, else the first. */
function openerOf(items: readonly Item[], verb: string | undefined): ButtonItem | undefined {
  const senders = sendersIn(items);
  return (
    senders.find(({ does }) => does.kind === 'send' && does.verb === verb) ??
    senders.find(({ style }) => style === 'primary') ??
    senders[0]
  );
}

export function sendersIn(items: readonly Item[]): ButtonItem[] {
  return items
    .flatMap((item) => (item.kind === 'buttons' ? item.buttons : []))
    .filter(({ does }) => does.kind === 'send' && does.asks);
}

/** The button that is not the card's, see `withOpener`. */
function isOurOwn(opener: ButtonItem | undefined): boolean {
  return opener?.does.kind === 'send' && opener.does.verb === openFormVerb;
}

interface Title {
  words: string;
  /** The text that the title says, so that it is not said twice. */
  says: Item | undefined;
}

/**
 * The heading of the card where it fits, else the small line above it, else what the button says: 24 characters are not
 * much.
 */
function titleOf(items: readonly Item[], opener: ButtonItem | undefined): Title {
  const [first] = items;
  const heading = items.find((item) => item.kind === 'text' && item.look === 'heading');
  const above = first?.kind === 'text' && first.look === 'small' ? first : undefined;
  const says = [heading, above].find((item) => fitsTitle(wordsOfText(item)));
  const candidates = [wordsOfText(says), isOurOwn(opener) ? '' : (opener?.title ?? ''), wordsOfText(heading)];
  return { words: candidates.find((words) => !isBlank(words)) ?? 'Please fill in', says };
}

function fitsTitle(words: string): boolean {
  return !isBlank(words) && !words.includes('\n') && plainText(words).text.length <= limits.modalTitle;
}

function wordsOfText(item: Item | undefined): string {
  return item?.kind === 'text' ? wordsOf(item.parts.flatMap((part) => part.lines)) : '';
}

/** More blocks than this before the first field would put it out of sight. */
const mostBefore = 5;

/**
 * Everything but the buttons; what the title says is not said twice. Of a long way to the first field only the
 * headings are repeated: the person comes from the message, where all of it stands.
 */
function formGroups(items: readonly Item[], title: Item | undefined, losses: Loss[]): Group[] {
  const first = items.findIndex((item) => item.kind === 'input');
  const before = items.slice(0, first).flatMap((item) => formGroup(item, losses));
  const isLong = before.flatMap(({ placed }) => placed).length > mostBefore;
  return items
    .filter((item, index) => index >= first || !isLong || isHead(item, index) || isQuestion(item, items[index + 1]))
    .filter((item) => item !== title)
    .flatMap((item) => formGroup(item, losses));
}

function isHead(item: Item, index: number): boolean {
  return item.kind === 'text' && (item.look === 'heading' || (index === 0 && item.look === 'small'));
}

/** Older cards have no labels, but a text before the input. */
function isQuestion(item: Item, next: Item | undefined): boolean {
  return item.kind === 'text' && next?.kind === 'input' && wordsIn(next.input, 'label') === '';
}

function formGroup(item: Item, losses: Loss[]): Group[] {
  if (item.kind === 'buttons') {
    return [];
  }
  if (item.kind !== 'input') {
    return writeItem(item, undefined);
  }
  const written = writeInput(item);
  written.losses.forEach((loss) => losses.push(loss));
  return [written.group];
}

/**
 * What is said at the desk, in the thread: each public answer once, with its author and the names of its files. One that
 * is changed, redacted or withdrawn at the desk is changed here as well; the thread says so.
 */
import type { ShowMessage } from './effect.ts';
import type { EventOf, TicketAttachment, TicketComment } from './event.ts';
import { showText } from './message.ts';
import type { OpenTicket, ShownComment, SupportAt } from './state.ts';

type Reading = Pick<EventOf<'ticket-read'>, 'ticket' | 'comments' | 'complete'>;

export interface Told {
  ticket: OpenTicket;
  effects: ShowMessage[];
}

/** @param isCurrent Whether the reading is as new as what is known; an old one takes nothing back. */
export function tellComments(state: SupportAt<'open'>, reading: Reading, isCurrent: boolean): Told {
  const { ticket } = state;
  const fresh = reading.comments.filter((comment) => isFresh(ticket, comment));
  const changed = isCurrent ? changesIn(ticket.shown ?? [], reading) : [];
  const answers = fresh.filter(({ fromDesk }) => fromDesk);
  const answeredAt = ticket.answeredAt ?? answers[0]?.createdAt;
  return {
    ticket: {
      ...ticket,
      seenComments: [...ticket.seenComments, ...fresh.map(({ id }) => id)],
      shown: [...withChanges(ticket.shown ?? [], changed), ...fresh.map(shownOf)],
      lastWord: lastWordOf(ticket, answers.at(-1), changed),
      ...(answeredAt === undefined ? {} : { answeredAt }),
    },
    effects: [
      ...changed.map(({ shown, text }) => say(state, shown.id, text, shown.speaker)),
      ...fresh.map((comment) => say(state, comment.id, textOf(comment), speakerOf(comment))),
    ],
  };
}

/** Of a ticket that goes on in another one: nothing new is told, but what was told does not stay when it is taken back. */
export function tellChanges(
  state: SupportAt<'open'>,
  before: readonly ShownComment[],
  reading: Reading,
): Pick<Told, 'effects'> & { shown: ShownComment[]; lastWord: OpenTicket['lastWord'] } {
  const changed = changesIn(before, reading);
  return {
    shown: withChanges(before, changed),
    lastWord: lastWordOf(state.ticket, undefined, changed),
    effects: changed.map(({ shown, text }) => say(state, shown.id, text, shown.speaker)),
  };
}

function say({ place }: SupportAt<'open'>, id: number, text: string, speaker: string): ShowMessage {
  return showText(`comment-${id}`, place, text, { speaker });
}

/** What was written here is known; what stood in another ticket before a merge was not said to these people. */
function isFresh({ followedSince, seenComments }: OpenTicket, comment: TicketComment): boolean {
  const isTold = comment.fromDesk || comment.byOtherWay === true;
  const isEarlier = followedSince !== undefined && isBefore(comment.createdAt, followedSince);
  return isTold && !isEarlier && !seenComments.includes(comment.id);
}

function isBefore(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

function shownOf(comment: TicketComment): ShownComment {
  const { id, createdAt, fingerprint = '' } = comment;
  return { id, createdAt, fingerprint, speaker: speakerOf(comment) };
}

function speakerOf({ author, fromDesk }: TicketComment): string {
  return fromDesk ? `${author} (support)` : `${author} (from our side, at the desk)`;
}

interface Change {
  shown: ShownComment;
  text: string;
}

function changesIn(before: readonly ShownComment[], reading: Reading): Change[] {
  const now = new Map(reading.comments.map((comment) => [comment.id, comment]));
  return before.flatMap((shown): Change[] => {
    const comment = now.get(shown.id);
    if (comment === undefined) {
      return isWithdrawn(shown, reading) ? [{ shown: { ...shown, fingerprint: withdrawn }, text: withdrawnText }] : [];
    }
    const { fingerprint = shown.fingerprint } = comment;
    if (fingerprint === shown.fingerprint) {
      return [];
    }
    const isBack = shown.fingerprint === withdrawn;
    const text = isBack ? textOf(comment) : `${textOf(comment)}\n(${changeNote(comment)})`;
    return [{ shown: { ...shown, fingerprint }, text }];
  });
}

const withdrawn = 'withdrawn';
const withdrawnText = 'This was withdrawn at the desk.';

/** One that is as new as the reading may have come between the ticket and its comments. */
function isWithdrawn(shown: ShownComment, { complete, ticket }: Reading): boolean {
  return complete === true && shown.fingerprint !== withdrawn && isBefore(shown.createdAt, ticket.updatedAt);
}

/** The desk puts these blocks in the place of what it takes out. */
function changeNote({ body }: TicketComment): string {
  return body.includes('▇') ? 'Redacted at the desk.' : 'Changed at the desk.';
}

function withChanges(shown: readonly ShownComment[], changes: readonly Change[]): ShownComment[] {
  const now = new Map(changes.map((change) => [change.shown.id, change.shown]));
  return shown.map((one) => now.get(one.id) ?? one);
}

/** What was taken back does not stay on the card either. */
function lastWordOf(
  { lastWord }: OpenTicket,
  newest: TicketComment | undefined,
  changes: readonly Change[],
): OpenTicket['lastWord'] {
  if (newest !== undefined) {
    return { from: newest.author, text: newest.body || filesText(newest.attachments ?? []), comment: newest.id };
  }
  const change = changes.find(({ shown }) => shown.id === lastWord?.comment);
  return lastWord === null || change === undefined ? lastWord : { ...lastWord, text: change.text };
}

function textOf({ attachments = [], body }: TicketComment): string {
  return [body, filesText(attachments)].filter((part) => part !== '').join('\n\n');
}

function filesText(attachments: readonly TicketAttachment[]): string {
  return attachments.map(fileText).join('\n');
}

function fileText({ link, malware, name, size }: TicketAttachment): string {
  const file = `Attached: ${name} (${sizeText(size)})`;
  if (malware) {
    return `${file}. The desk found malware in it, so there is no link here.`;
  }
  return link === null ? `${file}. It was taken away at the desk.` : `${file}: ${link}`;
}

const units = ['bytes', 'KB', 'MB', 'GB'] as const;

/** "512 bytes", "12 KB", "3.4 MB" */
export function sizeText(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  const shown = power > 1 && amount < 10 ? amount.toFixed(1) : String(Math.round(amount));
  return `${shown} ${units[power] ?? 'bytes'}`;
}

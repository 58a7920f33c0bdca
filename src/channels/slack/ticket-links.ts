/**
 * Links to tickets that somebody posted: what the living card says of the ticket, in short, and never its words. Whatever
 * stands in the way, nothing is said: the link works without us.
 */
import type { TicketData } from '../../flows/card.ts';
import { listMessages } from '../../store/messages.ts';
import type { Reader } from '../../store/store.ts';
import { casesOfTicket } from '../../store/tickets.ts';
import { readNewestToken } from '../../store/tokens.ts';
import type { Installation, LinkNote } from './deps.ts';
import { meet } from './meet.ts';
import type { Room } from './room.ts';
import type { PayloadOf } from './schema.ts';

/** More in one message is a list, and nobody reads cards below it. */
const mostLinks = 5;

export async function showLinks(room: Room, payload: PayloadOf<'event'>, installation: Installation): Promise<void> {
  const { channel, is_bot_user_member: isMember, links, message_ts: ts, source } = payload.event;
  const isPosted = source === null || source === 'conversations_history';
  // Of a channel that the bot is not in, Slack need not say who reads along.
  if (!isPosted || !isMember || payload.is_ext_shared_channel || channel === null || ts === null) {
    return;
  }
  const who = await meet(room, payload, installation);
  if (who?.kind !== 'known' || who.person.roles.length === 0) {
    return;
  }
  const notes = new Map<string, LinkNote>();
  for (const { url } of links.slice(0, mostLinks)) {
    const told = await noteFor(room.deps.store.read, url);
    if (told !== null) {
      notes.set(url, told);
    }
  }
  if (notes.size > 0) {
    await room.out.unfurl({ channel, ts, notes });
  }
}

async function noteFor(db: Reader, url: string): Promise<LinkNote | null> {
  const link = readLink(url);
  const card = link === null ? null : await cardOf(db, link);
  if (link === null || card === null) {
    return null;
  }
  const { clock, number, severity, status } = card.data;
  const moved = number === String(link.number) ? '' : `Ticket ${link.number} goes on there.`;
  return {
    headline: `Ticket ${number} · ${status}`,
    lines: [severity === '' ? '' : `Severity: ${severity}`, clock, moved],
    at: await writtenAt(db, card),
  };
}

/** The card tells how much time was left when it was written. */
async function writtenAt(db: Reader, { key, revision }: Card): Promise<Temporal.Instant | null> {
  const token = await readNewestToken(db, key);
  return token === null || token.revision !== revision ? null : Temporal.Instant.from(token.at);
}

interface TicketLink {
  host: string;
  number: number;
}

/** An agent's address of a ticket, or its requester's, in any language of the help centre; null for all else. */
function readLink(text: string): TicketLink | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const path = /^\/(?:agent\/tickets|hc\/(?:[a-z]{2,3}(?:-[a-z0-9]+)*\/)?requests)\/([1-9]\d{0,14})\/?$/i;
  const digits = url === null ? undefined : path.exec(url.pathname)?.[1];
  return url === null || digits === undefined ? null : { host: url.host, number: Number(digits) };
}

interface Card {
  key: string;
  revision: number;
  data: TicketData;
}

/** The one under this number first: after a merge several cases know it. The desk's address stands on the card itself. */
async function cardOf(db: Reader, { host, number }: TicketLink): Promise<Card | null> {
  const cards: Card[] = [];
  for (const caseId of await casesOfTicket(db, number)) {
    for (const { content, key, revision } of await listMessages(db, caseId)) {
      if (content.card?.name === 'ticket' && hostOf(content.card.data.url) === host) {
        cards.push({ key, revision, data: content.card.data });
      }
    }
  }
  return cards.find(({ data }) => data.number === String(number)) ?? cards[0] ?? null;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}

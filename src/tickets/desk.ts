/**
 * The desk as the bot's work sees it, whatever rights its account has there. What those rights do not reach is not
 * tried: it comes back as a refusal with the reason and what to do instead.
 */
import type { TicketRequest } from '../flows/effect.ts';
import type { TicketAttachment, TicketComment, TicketSnapshot } from '../flows/event.ts';
import type { TicketQuery } from './find-tickets.ts';
import type { RegisteredWebhook } from './zendesk-webhooks.ts';

/** `agent`: the Tickets API. `end-user`: the Requests API, as the person who is signed in. */
export type Rights = 'agent' | 'end-user';

export interface DeskTicket extends TicketSnapshot {
  /** What the desk calls this status, where it has one of its own. */
  label: string | null;
  /** The ticket that goes on, when this one was merged into it. */
  mergedInto: number | null;
  followUps: readonly number[];
}

export interface DeskComment extends TicketComment {
  attachments: readonly TicketAttachment[];
  byOtherWay: boolean;
  fingerprint: string;
}

/** A file of ours that goes along. */
export interface OwnFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface DeskReading {
  ticket: DeskTicket;
  /** Public ones only, oldest first. */
  comments: readonly DeskComment[];
}

export interface Opening {
  /** Ours, unique per ticket: how one that may have been opened is found again. */
  externalId: string;
  /** Unique per attempt to open it, and the same when the attempt is repeated. */
  key: string;
  /** When it was asked for: nothing older is looked at. */
  askedAt: string;
  request: TicketRequest;
  customFields: readonly { id: number; value: string }[];
  /** Tokens of uploaded files. */
  uploads: readonly string[];
  /** A closed ticket that this one goes on from. */
  followUpOf: number | null;
}

export interface DeskReply {
  ticketId: number;
  /** Ours, unique per reply. */
  key: string;
  body: string;
  author: { name: string; email: string };
  uploads: readonly string[];
}

export type DeskChange = { status: 'open' | 'solved' } | { priority: TicketRequest['priority'] };

/** Something that is not wrong, but cannot be done: told to the person, never tried again. */
export interface DeskRefusal {
  code: 'not-allowed' | 'not-yet' | 'needs-words' | 'too-large' | 'closed' | 'gone';
  /** Ends with what to do instead. */
  because: string;
}

export type DeskOutcome<Value> = { ok: true; value: Value } | { ok: false; refusal: DeskRefusal };

export interface DeskAccess {
  /** One ticket, however often it is called with the same opening. */
  open(opening: Opening): Promise<DeskOutcome<DeskTicket>>;
  /** One comment, however often it is called with the same reply. A ticket that waited is open with it. */
  reply(reply: DeskReply): Promise<DeskOutcome<DeskTicket>>;
  /**
   * @param key Ours, unique per change: with it one that was made is not made again, whatever the desk did since. The
   *   rights of a requester know no key; there the ticket itself tells.
   */
  change(ticketId: number, change: DeskChange, key?: string): Promise<DeskOutcome<DeskTicket>>;
  /** Null when it is gone. */
  read(ticketId: number): Promise<DeskReading | null>;
  /** As they stand, without their comments; those that are gone are missing. */
  readMany(ticketIds: readonly number[]): Promise<DeskTicket[]>;
  /** Tickets that somebody else has opened; null: these rights see nothing but their own. */
  findTickets(query: TicketQuery): Promise<DeskTicket[] | null>;
}

export interface DeskChanges {
  tickets: readonly DeskTicket[];
  /** Where to go on from. */
  cursor: string | null;
  endOfStream: boolean;
}

export interface Desk extends DeskAccess {
  rights(): Rights;
  /** The ticket that our own row names for this case; null when there is none yet. */
  ownTicket(caseId: string): Promise<number | null>;
  /** Whether something that the same case wants of the desk was asked for before this effect and is not done yet. */
  isBehind(effectId: string): Promise<boolean>;
  /** A file that came with a message; null when we do not have it any more. */
  ownFile(fileId: string): Promise<OwnFile | null>;
  now(): Temporal.Instant;
  /** Numbers of the desk's own fields by what they hold, as the settings say it now. */
  fields(): Readonly<Record<string, number>>;
  /** What is left of a ticket that cannot be found any more. */
  deletedTicket(ticketId: number, at: string): DeskTicket;
  /** Null unless the account is an admin's: for everybody else the export does not exist. */
  readChanges(from: { cursor: string } | { since: Temporal.Instant }): Promise<DeskChanges | null>;
  /** Gives the token by which an opening or a reply takes the file. */
  uploadFile(file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }): Promise<DeskOutcome<string>>;
  /** Who the bot is there, asked once. */
  role(): Promise<'end-user' | 'agent' | 'admin'>;
  registerWebhook(endpoint: string): Promise<RegisteredWebhook>;
}

export function done<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refused(code: DeskRefusal['code'], because: string): { ok: false; refusal: DeskRefusal } {
  return { ok: false, refusal: { code, because } };
}

export function closedRefusal(ticketId: number): { ok: false; refusal: DeskRefusal } {
  return refused(
    'closed',
    `Ticket ${ticketId} is closed for good and takes no further words. Open a follow-up ticket; it names this one.`,
  );
}

export function goneRefusal(ticketId: number): { ok: false; refusal: DeskRefusal } {
  return refused('gone', `Ticket ${ticketId} is not at the desk any more. Open a new ticket if help is still needed.`);
}

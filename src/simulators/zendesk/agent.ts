/** `POST /_sim/agent`: what the desk's agent does on a ticket, as if they had done it in their own screen. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { type Account, deskAgent, findTicket, findUserByEmail, isStaff, nextId } from './account.ts';
import { Refused } from './answers.ts';
import type { Act } from './audits.ts';
import { mergeTickets } from './merge.ts';
import type { Attachment, Comment, Ticket, User } from './records.ts';
import { commentOf, hide, redact, restore, softDelete } from './removal.ts';
import { type TicketUpdate, updateTicket } from './ticket-changes.ts';
import { ticketEvents, type Told } from './ticket-events.ts';

const TicketNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);
const Status = z.enum(['open', 'pending', 'hold', 'solved', 'closed']);
const Priority = z.enum(['urgent', 'high', 'normal', 'low']);

const FileBody = z.object({
  name: z.string().min(1),
  type: z.string().default('text/plain'),
  /** Its text. */
  content: z.string().default(''),
  malware: z.boolean().default(false),
});

const Move = z.discriminatedUnion('move', [
  z.object({
    move: z.literal('comment'),
    ticket: TicketNumber,
    text: z.string().min(1),
    public: z.boolean().default(true),
    /** An agent may answer and set the status in one go. */
    status: Status.optional(),
    /** E-mail address of whoever else writes, such as the requester who answers a mail. */
    as: z.string().optional(),
    files: z.array(FileBody).default([]),
  }),
  z.object({
    move: z.literal('status'),
    ticket: TicketNumber,
    status: Status.optional(),
    /** One of the account's own statuses, instead. */
    customStatus: z.int().optional(),
  }),
  z.object({ move: z.literal('priority'), ticket: TicketNumber, priority: Priority }),
  z.object({ move: z.literal('merge'), ticket: TicketNumber, into: TicketNumber }),
  z.object({ move: z.literal('delete'), ticket: TicketNumber }),
  z.object({ move: z.literal('restore'), ticket: TicketNumber }),
  z.object({ move: z.literal('spam'), ticket: TicketNumber }),
  /** Of the last comment that has the words, unless one is named. */
  z.object({ move: z.literal('redact'), ticket: TicketNumber, text: z.string().min(1), comment: z.int().optional() }),
  /** Of the last public comment, unless one is named. */
  z.object({ move: z.literal('make-private'), ticket: TicketNumber, comment: z.int().optional() }),
]);
type Move = z.output<typeof Move>;
type MoveOf<Name extends Move['move']> = Extract<Move, { move: Name }>;

/** Makes the move and returns what the webhooks are told. @throws {BadControlRequest} when it cannot be made. */
export function makeMove(account: Account, request: unknown): Told[] {
  const parsed = Move.safeParse(request);
  if (!parsed.success) {
    throw new BadControlRequest(`No such move of an agent:\n${z.prettifyError(parsed.error)}`);
  }
  try {
    return make(account, parsed.data);
  } catch (error) {
    if (error instanceof Refused) {
      throw new BadControlRequest(`Zendesk refuses this: ${JSON.stringify(error.response.body)}`);
    }
    throw error;
  }
}

function make(account: Account, move: Move): Told[] {
  const agent = deskAgent(account);
  const act: Act = { actorId: agent.id, channel: 'web', metadata: { system: {}, custom: {} } };
  if (move.move === 'restore') {
    return restore(account, move.ticket, agent.id);
  }
  const ticket = ticketFor(account, move);
  switch (move.move) {
    case 'comment':
      return comment(account, ticket, act, move);
    case 'status':
      return status(account, ticket, act, move);
    case 'priority':
      return updateTicket(account, ticket, { priority: move.priority }, act).told;
    case 'merge':
      return merge(account, ticket, act, move);
    case 'redact':
      return redact(account, ticket, commentFor(ticket, move), move.text, act);
    case 'make-private':
      return hide(account, ticket, commentFor(ticket, move), act);
    case 'spam':
      return spam(account, ticket, agent.id);
    case 'delete':
    default:
      return softDelete(account, ticket, agent.id);
  }
}

/** Whoever of the desk answers or sets the status takes the ticket that nobody had. */
function taken(account: Account, ticket: Ticket, actor: User): TicketUpdate {
  const takes = ticket.assignee_id === null && isStaff(actor);
  return takes ? { assigneeId: deskAgent(account).id } : {};
}

function comment(account: Account, ticket: Ticket, act: Act, move: MoveOf<'comment'>): Told[] {
  const writer = move.as === undefined ? deskAgent(account) : writerNamed(account, move.as);
  const said = { body: move.text, public: move.public, authorId: writer.id, uploads: uploadAll(account, move.files) };
  const update: TicketUpdate = {
    ...(move.public ? taken(account, ticket, writer) : {}),
    ...(move.status !== undefined && { status: move.status }),
    comment: said,
  };
  return updateTicket(account, ticket, update, { ...act, actorId: writer.id }).told;
}

function writerNamed(account: Account, email: string): User {
  const user = findUserByEmail(account, email);
  if (user === undefined) {
    throw new BadControlRequest(`Nobody at this desk has the address ${email}.`);
  }
  return user;
}

function uploadAll(account: Account, files: MoveOf<'comment'>['files']): string[] {
  return files.map(({ name, type, content, malware }) => {
    const bytes = Buffer.from(content);
    const id = nextId(account);
    const path = `/attachments/token/agent-${id}`;
    const attachment: Attachment = {
      id,
      file_name: name,
      content_type: type,
      size: bytes.length,
      inline: false,
      deleted: false,
      malware_scan_result: malware ? 'malware_found' : 'malware_not_found',
      content_path: path,
    };
    account.files.contents.set(path, bytes);
    account.files.waiting.set(path, { attachments: [attachment], until: account.now().add({ minutes: 60 }) });
    return path;
  });
}

function status(account: Account, ticket: Ticket, act: Act, move: MoveOf<'status'>): Told[] {
  if (move.status === undefined && move.customStatus === undefined) {
    throw new BadControlRequest('A move of the status names a status or a customStatus.');
  }
  const update: TicketUpdate = {
    ...taken(account, ticket, deskAgent(account)),
    ...(move.status !== undefined && { status: move.status }),
    ...(move.customStatus !== undefined && { customStatusId: move.customStatus }),
  };
  return updateTicket(account, ticket, update, act).told;
}

function merge(account: Account, ticket: Ticket, act: Act, move: MoveOf<'merge'>): Told[] {
  if (move.ticket === move.into) {
    throw new BadControlRequest(`Ticket ${ticket.id} cannot be merged into itself.`);
  }
  return mergeTickets(account, ticket, openTicket(account, move.into), act);
}

function spam(account: Account, ticket: Ticket, actorId: number): Told[] {
  const marked = ticketEvents(ticket, actorId, account.now(), [{ type: 'ticket.marked_as_spam', event: {} }]);
  return [...marked, ...softDelete(account, ticket, actorId)];
}

function commentFor(ticket: Ticket, move: MoveOf<'redact' | 'make-private'>): Comment {
  const { comments } = ticket;
  if (move.comment !== undefined) {
    return commentOf(ticket, move.comment);
  }
  const found =
    move.move === 'redact'
      ? comments.findLast((entry) => entry.body.includes(move.text))
      : comments.findLast((entry) => entry.public);
  if (found === undefined) {
    throw new BadControlRequest(`Ticket ${ticket.id} has no such comment.`);
  }
  return found;
}

/** Words can be taken out of a closed ticket, and it can be deleted; nothing else is done to it any more. */
function ticketFor(account: Account, move: Exclude<Move, { move: 'restore' }>): Ticket {
  const always: readonly Move['move'][] = ['redact', 'make-private', 'delete', 'spam'];
  const ticket = findTicket(account, move.ticket);
  return ticket !== undefined && always.includes(move.move) ? ticket : openTicket(account, move.ticket);
}

function openTicket(account: Account, id: number): Ticket {
  const ticket = findTicket(account, id);
  if (ticket === undefined) {
    throw new BadControlRequest(`There is no ticket ${id}.`);
  }
  if (ticket.status === 'closed') {
    throw new BadControlRequest(`Ticket ${id} is closed, and a closed ticket cannot be changed.`);
  }
  return ticket;
}

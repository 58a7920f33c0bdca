/** `POST /_sim/agent`: what the desk's agent does on a ticket, as if they had done it in their own screen. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { type Account, deskAgent, findTicket } from './account.ts';
import type { Ticket } from './records.ts';
import { type Act, type CommentInput, updateTicket } from './ticket-changes.ts';
import { type TicketEvent, ticketEvents } from './ticket-events.ts';
import { instantText } from './times.ts';

const TicketNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);
const Status = z.enum(['open', 'pending', 'hold', 'solved', 'closed']);
const Priority = z.enum(['urgent', 'high', 'normal', 'low']);

const Move = z.discriminatedUnion('move', [
  z.object({
    move: z.literal('comment'),
    ticket: TicketNumber,
    text: z.string().min(1),
    public: z.boolean().default(true),
    /** An agent may answer and set the status in one go. */
    status: Status.optional(),
  }),
  z.object({ move: z.literal('status'), ticket: TicketNumber, status: Status }),
  z.object({ move: z.literal('priority'), ticket: TicketNumber, priority: Priority }),
  z.object({ move: z.literal('merge'), ticket: TicketNumber, into: TicketNumber }),
  z.object({ move: z.literal('delete'), ticket: TicketNumber }),
]);
type Move = z.output<typeof Move>;

/** Makes the move and returns what the webhooks are told. @throws {BadControlRequest} when it cannot be made. */
export function makeMove(account: Account, request: unknown): TicketEvent[] {
  const parsed = Move.safeParse(request);
  if (!parsed.success) {
    throw new BadControlRequest(`No such move of an agent:\n${z.prettifyError(parsed.error)}`);
  }
  const move = parsed.data;
  const ticket = openTicket(account, move.ticket);
  const act: Act = { actorId: deskAgent(account).id, channel: 'web', metadata: { system: {}, custom: {} } };
  switch (move.move) {
    case 'comment':
      return comment(account, ticket, act, move);
    case 'status':
      return updateTicket(account, ticket, { status: move.status }, act).events;
    case 'priority':
      return updateTicket(account, ticket, { priority: move.priority }, act).events;
    case 'merge':
      return merge(account, ticket, openTicket(account, move.into), act);
    case 'delete':
    default:
      return remove(account, ticket, act);
  }
}

function comment(account: Account, ticket: Ticket, act: Act, move: Extract<Move, { move: 'comment' }>): TicketEvent[] {
  const said = { body: move.text, public: move.public, authorId: act.actorId };
  const status = move.status === undefined ? {} : { status: move.status };
  return updateTicket(account, ticket, { comment: said, ...status }, act).events;
}

/** The source ends closed, and each ticket gets a note that names the other. */
function merge(account: Account, source: Ticket, target: Ticket, act: Act): TicketEvent[] {
  if (source.id === target.id) {
    throw new BadControlRequest(`Ticket ${source.id} cannot be merged into itself.`);
  }
  const closed = updateTicket(
    account,
    source,
    { status: 'closed', comment: note(act, `This request was merged into #${target.id}.`) },
    act,
  );
  const told = updateTicket(
    account,
    target,
    { comment: note(act, `Request #${source.id} was merged into this one.`) },
    act,
  );
  const merged = { type: 'ticket.merged', event: { target_ticket_id: String(target.id) } };
  return [...ticketEvents(source, act.actorId, account.now(), [merged]), ...closed.events, ...told.events];
}

function note(act: Act, body: string): CommentInput {
  return { body, public: false, authorId: act.actorId };
}

/** Zendesk's first stage of deletion: the ticket can no longer be found, and nobody but the world remembers it. */
function remove(account: Account, ticket: Ticket, act: Act): TicketEvent[] {
  ticket.status = 'deleted';
  ticket.updated_at = instantText(account.now());
  return ticketEvents(ticket, act.actorId, account.now(), [{ type: 'ticket.soft_deleted', event: {} }]);
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

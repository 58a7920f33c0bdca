/** From the desk's ticket to what a flow needs to know of it. */
import type { TicketComment, TicketSnapshot } from '../flows/event.ts';
import type { ZendeskComment, ZendeskTicket } from './zendesk-records.ts';

/** @param apiUrl Base URL of the API, ending in `/api/v2`; agents open tickets beside it. */
export function snapshotOf(ticket: ZendeskTicket, apiUrl: string): TicketSnapshot {
  return {
    id: ticket.id,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    url: `${new URL(apiUrl).origin}/agent/tickets/${ticket.id}`,
    updatedAt: ticket.updatedAt,
  };
}

/**
 * Public comments only: a private note never leaves the desk's side. What carries our own mark was written here, and
 * what an end user wrote is the requester's own word; neither is told to them again.
 */
export function publicComments(comments: readonly ZendeskComment[]): TicketComment[] {
  return comments
    .filter((comment) => comment.public)
    .map((comment) => ({
      id: comment.id,
      author: comment.author.name,
      fromDesk: comment.mark === null && comment.author.role !== 'end-user',
      body: comment.body,
      createdAt: comment.createdAt,
    }));
}

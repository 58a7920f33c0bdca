/** From the desk's records to what a flow needs to know of them. */
import type { TicketAttachment } from '../flows/event.ts';
import type { DeskComment, DeskTicket, Rights } from './desk.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { DeskRequest, RequestComment } from './request-records.ts';
import type { ZendeskAttachment, ZendeskComment, ZendeskTicket } from './zendesk-records.ts';
import { endsInReference, withoutReference } from './zendesk-requests.ts';

/** What is not part of the record itself. */
interface Beside {
  label: string | null;
  mergedInto?: number | null;
}

/** @param apiUrl Base URL of the API, ending in `/api/v2`. */
export function ticketOf(ticket: ZendeskTicket, apiUrl: string, { label, mergedInto = null }: Beside): DeskTicket {
  return {
    id: ticket.id,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    url: ticketUrl(apiUrl, ticket.id, 'agent'),
    updatedAt: ticket.updatedAt,
    label,
    mergedInto,
    followUps: ticket.followUpIds,
  };
}

export function ticketOfRequest(request: DeskRequest, apiUrl: string, { label }: Beside): DeskTicket {
  return {
    id: request.id,
    subject: request.subject,
    status: request.status,
    priority: request.priority,
    url: ticketUrl(apiUrl, request.id, 'end-user'),
    updatedAt: request.updatedAt,
    label,
    mergedInto: null,
    followUps: [],
  };
}

/** Agents open tickets in their own screen, requesters in the portal beside it. */
export function ticketUrl(apiUrl: string, id: number, rights: Rights): string {
  return `${new URL(apiUrl).origin}/${rights === 'agent' ? 'agent/tickets' : 'hc/requests'}/${id}`;
}

export function deletedTicket(id: number, at: string, url: string): DeskTicket {
  return { id, subject: '', status: 'deleted', url, updatedAt: at, label: null, mergedInto: null, followUps: [] };
}

/**
 * Public comments only: a private note never leaves the desk's side. What carries our own mark was written here and is
 * not told again; what an end user wrote without it came from our side by e-mail or in the portal.
 */
export function publicComments(comments: readonly ZendeskComment[]): DeskComment[] {
  return comments
    .filter((comment) => comment.public)
    .map((comment) => {
      const isOwn = comment.mark !== null;
      const isStaff = comment.author.role !== 'end-user';
      return commentOf(comment, comment.author.name, isOwn ? 'here' : isStaff ? 'desk' : 'otherwise');
    });
}

type Origin = 'here' | 'desk' | 'otherwise';

function commentOf(
  comment: Pick<ZendeskComment, 'id' | 'body' | 'createdAt' | 'attachments'>,
  author: string,
  origin: Origin,
): DeskComment {
  const { id, body, createdAt } = comment;
  const attachments = comment.attachments.map(attachmentOf);
  return {
    id,
    author,
    fromDesk: origin === 'desk',
    byOtherWay: origin === 'otherwise',
    body,
    createdAt,
    attachments,
    fingerprint: fingerprintOf(body, attachments),
  };
}

/** @param requesterId Whose request it is: where the desk does not say who is staff, everybody else is. */
export function requestComments(comments: readonly RequestComment[], requesterId: number | null): DeskComment[] {
  return comments
    .filter((comment) => comment.public)
    .map((comment) => {
      const isRequester = comment.authorId === requesterId;
      const isStaff = (comment.isStaff ?? !isRequester) && !isRequester;
      const isOwn = isRequester && endsInReference(comment.body);
      const unnamed = isStaff ? 'Somebody at the desk' : 'The requester';
      const author = comment.author === '' ? unnamed : comment.author;
      const body = withoutReference(comment.body);
      return commentOf({ ...comment, body }, author, isStaff ? 'desk' : isOwn ? 'here' : 'otherwise');
    });
}

/** Where the merge was told, if it was; of private notes nothing but the number is taken. */
export function mergedIntoOf(ticket: ZendeskTicket, comments: readonly ZendeskComment[]): number | null {
  const merge = ticket.status === 'closed' ? comments.findLast(({ mergedInto }) => mergedInto !== null) : undefined;
  return merge === undefined || merge.mergedInto === ticket.id ? null : merge.mergedInto;
}

function attachmentOf({ name, size, link, malware }: ZendeskAttachment): TicketAttachment {
  return { name: name === '' ? 'a file without a name' : name, size, link, malware };
}

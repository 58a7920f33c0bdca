/** What can be taken away again: a ticket, for a while or for good; words and files of a comment; its being public. */
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { type Account, findTicket, nextId } from './account.ts';
import { badRequest, type Handled, noContent, notFound, ok, recordInvalid } from './answers.ts';
import { type Act, openAudit } from './audits.ts';
import { asHtml } from './bodies.ts';
import { page } from './paging.ts';
import type { AuditEvent, Comment, Ticket, User } from './records.ts';
import { readJson } from './request-body.ts';
import { showComment } from './show.ts';
import { ticketEvents, type Told } from './ticket-events.ts';
import { mustBeOpen } from './tickets.ts';
import { instantText } from './times.ts';

/** Zendesk's first stage of deletion: the ticket can no longer be found, and can be put back. */
export function softDelete(account: Account, ticket: Ticket, actorId: number): Told[] {
  const at = instantText(account.now());
  ticket.deletion = { at, actor_id: actorId, previous_status: ticket.status };
  ticket.status = 'deleted';
  ticket.updated_at = at;
  return ticketEvents(ticket, actorId, account.now(), [{ type: 'ticket.soft_deleted', event: {} }]);
}

/** @throws {Refused} with 404 for a ticket that is not among the deleted ones. */
export function restore(account: Account, id: number, actorId: number): Told[] {
  const ticket = deletedTicket(account, id);
  ticket.status = ticket.deletion?.previous_status ?? 'open';
  ticket.deletion = null;
  ticket.updated_at = instantText(account.now());
  return ticketEvents(ticket, actorId, account.now(), [{ type: 'ticket.undeleted', event: {} }]);
}

export function deleteTicket(account: Account, asker: User, id: number): Handled {
  return { ...noContent(), told: softDelete(account, ticketOf(account, id), asker.id) };
}

export function listDeletedTickets(account: Account, request: SimRequest): Handled {
  const deleted = account.tickets.filter((ticket) => ticket.status === 'deleted');
  return ok(
    page(
      request,
      'deleted_tickets',
      deleted.map(({ id, subject, deletion }) => ({
        id,
        subject,
        actor: { id: deletion?.actor_id ?? -1, name: '' },
        deleted_at: deletion?.at ?? null,
        previous_state: deletion?.previous_status ?? 'open',
      })),
    ),
  );
}

export function restoreTicket(account: Account, asker: User, id: number): Handled {
  return { ...ok({}), told: restore(account, id, asker.id) };
}

/** For good: nobody finds anything of it. */
export function destroyTicket(account: Account, asker: User, id: number): Handled {
  const ticket = deletedTicket(account, id);
  account.tickets.splice(account.tickets.indexOf(ticket), 1);
  const told = ticketEvents(ticket, asker.id, account.now(), [{ type: 'ticket.permanently_deleted', event: {} }]);
  return { ...ok({}), told };
}

const RedactBody = z.object({ text: z.string().min(1) });

/** `PUT tickets/1/comments/2/redact {"text":"4111"}`: every place where the words stand. */
export function redactString(
  account: Account,
  request: SimRequest,
  asker: User,
  [id, comment]: [number, number],
): Handled {
  const body = RedactBody.safeParse(readJson(request));
  if (!body.success) {
    throw badRequest('Invalid attribute', 'You passed an invalid value for the text attribute.');
  }
  const ticket = ticketOf(account, id);
  mustBeOpen(ticket);
  const told = redact(account, ticket, commentOf(ticket, comment), body.data.text, actBy(asker.id));
  return { ...ok({ comment: showComment(request, commentOf(ticket, comment)) }), told };
}

const RedactionBody = z.object({ ticket_id: z.int(), html_body: z.string().optional() });

/** `PUT comment_redactions/2 {"ticket_id":1,"html_body":"… <redact>4111</redact> …"}`: closed tickets too. */
export function redactComment(account: Account, request: SimRequest, asker: User, comment: number): Handled {
  const body = RedactionBody.safeParse(readJson(request));
  if (!body.success) {
    throw badRequest('Invalid attribute', 'You passed an invalid value for the ticket_id attribute.');
  }
  const ticket = ticketOf(account, body.data.ticket_id);
  const marked = [...(body.data.html_body ?? '').matchAll(/<redact>(.*?)<\/redact>/gs)].map((match) => match[1] ?? '');
  const told = marked.flatMap((text) => redact(account, ticket, commentOf(ticket, comment), text, actBy(asker.id)));
  return { ...ok({ comment: showComment(request, commentOf(ticket, comment)) }), told };
}

/** @throws {Refused} with 422 when the words do not stand there. */
export function redact(account: Account, ticket: Ticket, comment: Comment, text: string, act: Act): Told[] {
  if (!comment.body.includes(text)) {
    throw recordInvalid('text', 'The text does not stand in this comment');
  }
  const body = comment.body.replaceAll(text, '▇'.repeat(text.length));
  Object.assign(comment, { body, plain_body: body, html_body: asHtml(body) });
  if (ticket.comments[0] === comment) {
    ticket.description = body;
  }
  return tell(account, ticket, act, 'CommentRedactionEvent', comment, 'ticket.comment_redacted');
}

export function makePrivate(account: Account, asker: User, [id, comment]: [number, number]): Handled {
  const ticket = ticketOf(account, id);
  return { ...ok(''), told: hide(account, ticket, commentOf(ticket, comment), actBy(asker.id)) };
}

export function hide(account: Account, ticket: Ticket, comment: Comment, act: Act): Told[] {
  comment.public = false;
  ticket.is_public = ticket.comments.some((entry) => entry.public);
  return tell(account, ticket, act, 'CommentPrivacyChange', comment, 'ticket.comment_made_private');
}

/** The name of the file becomes `redacted.txt`, and nobody gets its bytes any more. */
export function redactFile(account: Account, asker: User, [id, comment, file]: [number, number, number]): Handled {
  const ticket = ticketOf(account, id);
  const found = commentOf(ticket, comment);
  const attachment = found.attachments.find((entry) => entry.id === file);
  if (attachment === undefined) {
    throw notFound();
  }
  account.files.contents.delete(attachment.content_path);
  Object.assign(attachment, { file_name: 'redacted.txt', size: 1, content_type: 'text/plain', deleted: true });
  const event = 'ticket.attachment_redacted_from_comment';
  const told = tell(account, ticket, actBy(asker.id), 'AttachmentRedactionEvent', found, event);
  return { ...ok({ attachment: { id: file, file_name: 'redacted.txt' } }), told };
}

function tell(
  account: Account,
  ticket: Ticket,
  act: Act,
  audited: AuditEvent['type'],
  comment: Comment,
  type: string,
): Told[] {
  const audit = openAudit(account, ticket, act);
  audit.events.push({ id: nextId(account), type: audited, comment_id: comment.id });
  ticket.updated_at = instantText(account.now());
  return ticketEvents(ticket, act.actorId, account.now(), [{ type, event: { comment: { id: String(comment.id) } } }]);
}

/** @throws {Refused} with 404. */
export function commentOf(ticket: Ticket, id: number): Comment {
  const comment = ticket.comments.find((entry) => entry.id === id);
  if (comment === undefined) {
    throw notFound();
  }
  return comment;
}

function actBy(actorId: number): Act {
  return { actorId, channel: 'api', metadata: { system: {}, custom: {} } };
}

function deletedTicket(account: Account, id: number): Ticket {
  const ticket = account.tickets.find((entry) => entry.id === id && entry.status === 'deleted');
  if (ticket === undefined) {
    throw notFound();
  }
  return ticket;
}

function ticketOf(account: Account, id: number): Ticket {
  const ticket = findTicket(account, id);
  if (ticket === undefined) {
    throw notFound();
  }
  return ticket;
}

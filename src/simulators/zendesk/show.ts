/** Tickets and comments as the Tickets API shows them to staff. */
import type { SimRequest } from '../server.ts';
import type { Account } from './account.ts';
import { baseUrl } from './paging.ts';
import type { Comment, Ticket } from './records.ts';
import { showAttachment } from './uploads.ts';

/** Without its comments and audits, with its address and what this account never uses. */
export function showTicket(account: Account, request: SimRequest, ticket: Ticket) {
  const { comments: _comments, audits: _audits, deletion: _deletion, followup_source_id: source, ...shown } = ticket;
  return {
    url: `${baseUrl(request)}/api/v2/tickets/${ticket.id}.json`,
    ...shown,
    ...(source !== null && { followup_source_id: source }),
    raw_subject: ticket.subject,
    generated_timestamp: Math.floor(Temporal.Instant.from(ticket.updated_at).epochMilliseconds / 1000),
    fields: ticket.custom_fields,
    organization_id: null,
    group_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    followup_ids: account.tickets.filter((other) => other.followup_source_id === ticket.id).map(({ id }) => id),
    sharing_agreement_ids: [],
    problem_id: null,
    has_incidents: false,
    due_at: null,
    ticket_form_id: null,
    brand_id: null,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  };
}

export function showComment(request: SimRequest, comment: Comment): object {
  return { ...comment, attachments: comment.attachments.map((file) => showAttachment(request, file)) };
}

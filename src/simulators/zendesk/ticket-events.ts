/**
 * What Zendesk tells its webhooks about a change of a ticket, in event-subscription mode. The envelope's habits are kept:
 * ids of the detail are strings, its status and priority are upper case, and the events of one change share a sequence.
 */
import { randomUUID } from 'node:crypto';
import type { Comment, Ticket, User } from './records.ts';

export const accountId = 22_129_848;
const typePrefix = 'zen:event-type:';

/** The events of tickets that there are; others cannot be subscribed to. */
const eventNames = `agent_assignment_changed attachment_linked_to_comment attachment_redacted_from_comment brand_changed
  comment_added comment_made_private comment_redacted created csat_received csat_requested custom_field_changed
  custom_status_changed description_changed email_ccs_changed external_id_changed followers_changed form_changed
  group_assignment_changed marked_as_spam merged next_sla_breach_changed ola_policy_changed organization_changed
  permanently_deleted priority_changed problem_link_changed requester_changed schedule_changed sla_policy_changed
  soft_deleted status_changed subject_changed submitter_changed tags_changed task_due_at_changed type_changed undeleted`;

export const ticketEventTypes: ReadonlySet<string> = new Set(
  eventNames.split(/\s+/).map((name) => `${typePrefix}ticket.${name}`),
);

/** What a webhook subscribes to that triggers and automations call. */
export const conditionalEvents = 'conditional_ticket_events';

/** What happened, before it is put into an envelope; `event` is the part that differs from type to type. */
export interface Happening {
  /** Without the prefix: `ticket.status_changed`. */
  type: string;
  event: object;
}

export interface TicketEvent {
  account_id: number;
  id: string;
  time: string;
  type: string;
  subject: string;
  zendesk_event_version: string;
  detail: object;
  event: object;
}

/** A trigger that calls one webhook, with the body that somebody wrote for it. */
export interface TriggerCall {
  type: typeof conditionalEvents;
  webhookId: string;
  body: string;
}

/** What one action tells the webhooks: events to whoever subscribed, and calls of triggers. */
export type Told = TicketEvent | TriggerCall;

export function isTriggerCall(told: Told): told is TriggerCall {
  return told.type === conditionalEvents;
}

export function changed(what: 'status' | 'priority', previous: string | null, current: string | null): Happening {
  return {
    type: `ticket.${what}_changed`,
    event: { current: current?.toUpperCase() ?? null, previous: previous?.toUpperCase() ?? null },
  };
}

export function commentAdded(comment: Comment, author: User | undefined): Happening {
  return {
    type: 'ticket.comment_added',
    event: {
      comment: {
        id: String(comment.id),
        body: comment.body,
        html_body: comment.html_body,
        is_public: comment.public,
        author: {
          id: String(comment.author_id),
          name: author?.name ?? '',
          is_staff: author !== undefined && author.role !== 'end-user',
        },
      },
    },
  };
}

/** Puts what one action caused into envelopes; `actorId` is who did it. */
export function ticketEvents(
  ticket: Ticket,
  actorId: number,
  at: Temporal.Instant,
  happenings: readonly Happening[],
): TicketEvent[] {
  const sequence = randomUUID().replaceAll('-', '').toUpperCase();
  return happenings.map(({ type, event }, index) => ({
    account_id: accountId,
    id: randomUUID(),
    time: at.toString({ fractionalSecondDigits: 9 }),
    type: `${typePrefix}${type}`,
    subject: `zen:ticket:${ticket.id}`,
    zendesk_event_version: '2022-11-06',
    detail: ticketDetail(ticket, actorId),
    event: { ...event, meta: { sequence: { id: sequence, position: index + 1 } } },
  }));
}

function ticketDetail(ticket: Ticket, actorId: number): object {
  return {
    actor_id: String(actorId),
    assignee_id: textOrNull(ticket.assignee_id),
    brand_id: null,
    created_at: ticket.created_at,
    custom_status: textOrNull(ticket.custom_status_id),
    description: ticket.description,
    external_id: ticket.external_id,
    form_id: null,
    group_id: null,
    id: String(ticket.id),
    is_public: ticket.is_public,
    organization_id: null,
    priority: ticket.priority?.toUpperCase() ?? null,
    requester_id: String(ticket.requester_id),
    status: ticket.status.toUpperCase(),
    subject: ticket.subject ?? '',
    submitter_id: String(ticket.submitter_id),
    tags: ticket.tags.length > 0 ? ticket.tags : null,
    type: ticket.type?.toUpperCase() ?? null,
    updated_at: ticket.updated_at,
    via: { channel: ticket.via.channel === 'api' ? 'web_service' : ticket.via.channel },
  };
}

function textOrNull(id: number | null): string | null {
  return id === null ? null : String(id);
}

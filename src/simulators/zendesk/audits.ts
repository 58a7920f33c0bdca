/** The history of a ticket: one audit for each change, with an event for everything that it changed. */
import { type Account, nextId } from './account.ts';
import type { Audit, AuditEvent, Metadata, Ticket, Via } from './records.ts';
import { instantText } from './times.ts';

/** Who did it, how, and what they noted on it. */
export interface Act {
  actorId: number;
  channel: 'api' | 'web';
  metadata: Metadata;
  /** Why it happened where that is no plain change: `merge`, `follow_up`. */
  source?: Via['source'];
}

export function openAudit(account: Account, ticket: Ticket, act: Act): Audit {
  const audit: Audit = {
    id: nextId(account),
    ticket_id: ticket.id,
    created_at: instantText(account.now()),
    author_id: act.actorId,
    metadata: act.metadata,
    via: viaOf(act),
    events: [],
  };
  ticket.audits.push(audit);
  return audit;
}

export function viaOf(act: Act): Via {
  return { channel: act.channel, source: act.source ?? { from: {}, to: {}, rel: null } };
}

export function creationsOf(account: Account, ticket: Ticket): AuditEvent[] {
  return [...auditedValues(ticket)]
    .filter(([, value]) => value !== null)
    .map(([field, value]) => ({ id: nextId(account), type: 'Create', field_name: field, value }));
}

export function changesSince(account: Account, before: Ticket, ticket: Ticket): AuditEvent[] {
  const previous = auditedValues(before);
  return [...auditedValues(ticket)]
    .filter(([field, value]) => value !== (previous.get(field) ?? null))
    .map(([field, value]) => ({
      id: nextId(account),
      type: 'Change',
      field_name: field,
      value,
      previous_value: previous.get(field) ?? null,
    }));
}

/** The fields whose changes an audit tells, each as one value; a custom field goes by its number. */
function auditedValues(ticket: Ticket): Map<string, string | number | null> {
  const { subject, status, priority, type, assignee_id, external_id, custom_status_id } = ticket;
  const custom = ticket.custom_fields.map(({ id, value }) => [String(id), JSON.stringify(value)] as const);
  return new Map<string, string | number | null>([
    ...Object.entries({ subject, status, priority, type, assignee_id, external_id, custom_status_id }),
    ['tags', ticket.tags.join(' ')],
    ...custom,
  ]);
}

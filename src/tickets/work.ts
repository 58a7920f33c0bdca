/**
 * What is done at the desk, each as one durable step that looks before it writes: a kill between the desk's answer and
 * our commit makes it run again, and still there is one ticket and one comment.
 */
import type { Durable, Outcome } from '../engine/engine.ts';
import type { EffectOf, Stored } from '../flows/effect.ts';
import type { Event, TicketSnapshot } from '../flows/event.ts';
import { publicComments, snapshotOf } from './snapshot.ts';
import type { ZendeskClient } from './zendesk.ts';
import type { ZendeskTicket } from './zendesk-records.ts';

export interface Desk {
  client: ZendeskClient;
  /** Base URL of the API, ending in `/api/v2`. */
  apiUrl: string;
}

/** Our row first, then the desk's look-up by our own id, and only then a new ticket under an idempotency key. */
export async function openTicket(
  desk: Desk,
  stored: Stored<EffectOf<'open-ticket'>>,
  durable: Durable,
): Promise<Event> {
  const { request } = stored.effect;
  const made = await durable.once('create', async () => {
    const known = await desk.client.findByExternalId(stored.caseId);
    const ticket =
      known ?? (await desk.client.createTicket({ externalId: stored.caseId, customFields: [], ...request }, stored.id));
    return { ...snapshotOf(ticket, desk.apiUrl) };
  });
  return { type: 'ticket-opened', ticket: valueOf(made, 'Opening the ticket') };
}

/** Adds a public comment in the name of whoever wrote it; a ticket that waited for it is open again. */
export async function sendComment(
  desk: Desk,
  stored: Stored<EffectOf<'send-comment'>>,
  durable: Durable,
): Promise<Event> {
  const { ticketId, commentKey, body, author } = stored.effect;
  const sent = await durable.once('comment', async () => {
    const { id: authorId } = await desk.client.upsertUser(author);
    const ticket = await desk.client.addComment(ticketId, {
      body,
      public: true,
      authorId,
      commentKey,
      lookFirst: true,
    });
    return { ...snapshotOf(await reopened(desk, ticket), desk.apiUrl) };
  });
  return { type: 'comment-sent', ticket: valueOf(sent, `Sending the reply to ticket ${ticketId}`), commentKey };
}

function reopened(desk: Desk, ticket: ZendeskTicket): Promise<ZendeskTicket> {
  const waits = ticket.status === 'pending' || ticket.status === 'solved';
  return waits ? desk.client.setStatus(ticket.id, 'open') : Promise.resolve(ticket);
}

export async function changeTicket(
  desk: Desk,
  stored: Stored<EffectOf<'change-ticket'>>,
  durable: Durable,
): Promise<Event> {
  const { ticketId, status } = stored.effect;
  const changed = await durable.once('change', async () => ({
    ...snapshotOf(await desk.client.setStatus(ticketId, status), desk.apiUrl),
  }));
  return { type: 'ticket-read', ticket: valueOf(changed, `Setting ticket ${ticketId} to ${status}`), comments: [] };
}

/** The ticket as it stands, with its public comments. A ticket that is gone reads as deleted. */
export async function readTicket(desk: Desk, stored: Stored<EffectOf<'read-ticket'>>): Promise<Event> {
  const { ticketId } = stored.effect;
  const ticket = await desk.client.readTicket(ticketId);
  if (ticket === null) {
    return { type: 'ticket-read', ticket: deletedTicket(desk, ticketId, stored.at), comments: [] };
  }
  const comments = await desk.client.listComments(ticketId);
  return { type: 'ticket-read', ticket: snapshotOf(ticket, desk.apiUrl), comments: publicComments(comments) };
}

function deletedTicket(desk: Desk, id: number, at: string): TicketSnapshot {
  return {
    id,
    subject: '',
    status: 'deleted',
    url: `${new URL(desk.apiUrl).origin}/agent/tickets/${id}`,
    updatedAt: at,
  };
}

function valueOf<T>(outcome: Outcome<T>, doing: string): T {
  if (!outcome.ok) {
    throw new Error(`${doing}: ${outcome.error.message}`);
  }
  return outcome.value;
}

/**
 * The desk with the rights of a requester, as a customer of the provider has. The bot writes as the account that is
 * signed in, so that every text says who wrote it; and the desk gives no means to know a request again but its text.
 */
import {
  closedRefusal,
  type DeskAccess,
  type DeskChange,
  type DeskOutcome,
  type DeskReply,
  type DeskTicket,
  done,
  goneRefusal,
  type Opening,
  refused,
} from './desk.ts';
import { subjectForDesk } from './desk-text.ts';
import type { DeskRequest } from './request-records.ts';
import { requestComments, ticketOfRequest } from './snapshot.ts';
import type { RequestsClient, ZendeskClient } from './zendesk.ts';
import { ZendeskError } from './zendesk-error.ts';
import { referenceFor, withReference } from './zendesk-requests.ts';

export function endUserDesk(client: ZendeskClient, apiUrl: string): DeskAccess {
  const { requests } = client;
  async function shown(request: DeskRequest): Promise<DeskTicket> {
    return ticketOfRequest(request, apiUrl, { label: await client.labelOf(request.customStatusId) });
  }
  return {
    open: async (opening) => done(await shown(await openOnce(requests, opening))),
    reply: async (reply) => map(await replyOnce(requests, reply), shown),
    change: async (id, change) => map(await changeRequest(requests, id, change), shown),
    async read(id) {
      const request = await requests.read(id);
      if (request === null) {
        return null;
      }
      const comments = await requests.listComments(id);
      return { ticket: await shown(request), comments: requestComments(comments, request.requesterId) };
    },
    // A requester sees their own requests only; the provider's automatic ticket is somebody else's.
    findTickets: () => Promise.resolve(null),
    async readMany(ids) {
      const read: DeskTicket[] = [];
      for (const id of ids) {
        const request = await requests.read(id);
        if (request !== null) {
          read.push(await shown(request));
        }
      }
      return read;
    },
  };
}

/** Clocks of two machines differ, and what was made before it was asked for is not ours. */
const clockMarginMinutes = 10;

async function openOnce(requests: RequestsClient, opening: Opening): Promise<DeskRequest> {
  const { request, customFields, uploads, followUpOf } = opening;
  const since = Temporal.Instant.from(opening.askedAt).subtract({ minutes: clockMarginMinutes });
  const known = await requests.find(opening.externalId, since);
  return (
    known ??
    (await requests.create({
      subject: subjectForDesk(request.subject),
      body: withReference(request.body, opening.externalId),
      priority: request.priority,
      customFields,
      uploads,
      ...(followUpOf !== null && { followUpOf }),
    }))
  );
}

async function replyOnce(
  requests: RequestsClient,
  { ticketId, key, body, author, uploads }: DeskReply,
): Promise<DeskOutcome<DeskRequest>> {
  const request = await requests.read(ticketId);
  if (request === null) {
    return goneRefusal(ticketId);
  }
  const reference = referenceFor(key);
  const comments = await requests.listComments(ticketId);
  if (comments.some((comment) => comment.body.includes(reference))) {
    return done(request);
  }
  if (request.status === 'closed') {
    return closedRefusal(ticketId);
  }
  const text = withReference(`${author.name} writes:\n\n${body}`, key);
  return orClosed(ticketId, () =>
    requests.update(ticketId, `adding a comment to request ${ticketId}`, { comment: { body: text, uploads } }),
  );
}

async function changeRequest(
  requests: RequestsClient,
  id: number,
  change: DeskChange,
): Promise<DeskOutcome<DeskRequest>> {
  if ('priority' in change) {
    return refused(
      'not-allowed',
      `Only the desk can change how severe ticket ${id} is. Write a reply that asks for it, with the reason.`,
    );
  }
  const request = await requests.read(id);
  if (request === null) {
    return goneRefusal(id);
  }
  return change.status === 'solved' ? solve(requests, request) : reopen(request);
}

/** Zendesk answers “done” and does nothing where a request is not its requester's to solve; so it is looked at. */
async function solve(requests: RequestsClient, request: DeskRequest): Promise<DeskOutcome<DeskRequest>> {
  if (isOver(request)) {
    return done(request);
  }
  const notYet = refused(
    'not-yet',
    `Ticket ${request.id} can be marked as solved once somebody at the desk has taken it. Write a reply that says it is solved.`,
  );
  if (!request.canBeSolved) {
    return notYet;
  }
  const changed = await orClosed(request.id, () =>
    requests.update(request.id, `marking request ${request.id} as solved`, { solved: true }),
  );
  return changed.ok && !isOver(changed.value) ? notYet : changed;
}

function reopen(request: DeskRequest): DeskOutcome<DeskRequest> {
  if (request.status === 'closed') {
    return closedRefusal(request.id);
  }
  return request.status === 'solved'
    ? refused(
        'needs-words',
        `Ticket ${request.id} is opened again by an answer. Write what is still wrong and send it to support.`,
      )
    : done(request);
}

function isOver({ status }: DeskRequest): boolean {
  return status === 'solved' || status === 'closed';
}

async function orClosed(id: number, work: () => Promise<DeskRequest>): Promise<DeskOutcome<DeskRequest>> {
  try {
    return done(await work());
  } catch (error) {
    if (error instanceof ZendeskError && error.isClosedTicket()) {
      return closedRefusal(id);
    }
    throw error;
  }
}

async function map<From, To>(
  outcome: DeskOutcome<From>,
  change: (value: From) => Promise<To>,
): Promise<DeskOutcome<To>> {
  return outcome.ok ? done(await change(outcome.value)) : outcome;
}

/** The desk with the rights of an agent. */
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
} from './desk.ts';
import { subjectForDesk, textForDesk } from './desk-text.ts';
import { mergedIntoOf, publicComments, ticketOf } from './snapshot.ts';
import type { ZendeskClient } from './zendesk.ts';
import { ZendeskError } from './zendesk-error.ts';
import type { ZendeskTicket } from './zendesk-records.ts';

export function agentDesk(client: ZendeskClient, apiUrl: string): DeskAccess {
  async function shown(ticket: ZendeskTicket): Promise<DeskTicket> {
    return ticketOf(ticket, apiUrl, { label: await client.labelOf(ticket.customStatusId) });
  }
  return {
    open: async (opening) => done(await shown(await openOnce(client, opening))),
    reply: (reply) => orRefusal(reply.ticketId, async () => shown(await replyOnce(client, reply))),
    change: (id, change, key) => orRefusal(id, async () => shown(await changeTicket(client, id, change, key))),
    async read(id) {
      const ticket = await client.readTicket(id);
      if (ticket === null) {
        return null;
      }
      const comments = await client.listComments(id);
      const label = await client.labelOf(ticket.customStatusId);
      return {
        ticket: ticketOf(ticket, apiUrl, { label, mergedInto: mergedIntoOf(ticket, comments) }),
        comments: publicComments(comments),
      };
    },
    readMany: async (ids) => Promise.all((await client.readTickets(ids)).map(shown)),
    findTickets: async (query) => Promise.all((await client.searchTickets(query)).map(shown)),
  };
}

/** Looks before it creates: the key is forgotten after two hours, the external id is not. */
async function openOnce(client: ZendeskClient, opening: Opening): Promise<ZendeskTicket> {
  const known = await client.findByExternalId(opening.externalId);
  if (known !== null) {
    return known;
  }
  try {
    return await client.createTicket(draftOf(opening), opening.key);
  } catch (error) {
    // Files are uploaded anew by a second attempt, so that its body is not that of the first one, which did work.
    const found = isOtherBody(error) ? await client.findByExternalId(opening.externalId) : null;
    if (found !== null) {
      return found;
    }
    throw error;
  }
}

function isOtherBody(error: unknown): boolean {
  return error instanceof ZendeskError && error.code === 'IdempotentRequestError';
}

function draftOf({ externalId, request, customFields, uploads, followUpOf }: Opening) {
  const { subject, body, priority, tags, requester } = request;
  return {
    externalId,
    subject: subjectForDesk(subject),
    body: textForDesk(body),
    priority,
    tags,
    ...(requester.email !== '' && { requester }),
    customFields,
    uploads,
    ...(followUpOf !== null && { followUpOf }),
  };
}

/** In the name of whoever wrote it; somebody without an address is named in the text. */
async function replyOnce(client: ZendeskClient, { ticketId, key, body, author, uploads }: DeskReply) {
  const writer = author.email === '' ? null : await client.upsertUser(author);
  return client.addComment(ticketId, {
    body: textForDesk(writer === null ? `${author.name} writes:\n\n${body}` : body),
    public: true,
    ...(writer !== null && { authorId: writer.id }),
    uploads,
    commentKey: key,
    lookFirst: true,
    reopens: true,
  });
}

function changeTicket(client: ZendeskClient, id: number, change: DeskChange, key?: string): Promise<ZendeskTicket> {
  return 'status' in change ? client.setStatus(id, change.status, key) : client.setPriority(id, change.priority, key);
}

async function orRefusal<Value>(id: number, work: () => Promise<Value>): Promise<DeskOutcome<Value>> {
  try {
    return done(await work());
  } catch (error) {
    if (error instanceof ZendeskError && error.status === 404) {
      return goneRefusal(id);
    }
    if (error instanceof ZendeskError && error.isClosedTicket()) {
      return closedRefusal(id);
    }
    throw error;
  }
}

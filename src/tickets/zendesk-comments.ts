/** Comments of a ticket: sent once although Zendesk has no key for them, and read with who wrote them. */
import type { Calls } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';
import { pages } from './zendesk-pages.ts';
import { AuditsPage, CommentsPage, markName, TicketAnswer, type ZendeskComment } from './zendesk-records.ts';
import { type ChangedTicket, updateTicket } from './zendesk-tickets.ts';

export interface CommentDraft {
  body: string;
  public: boolean;
  /** Of a user of the desk (`upsertUser`); absent: the bot itself. */
  authorId?: number;
  /** Tokens of files that were uploaded for it. */
  uploads?: readonly string[];
  /**
   * Ours, unique per comment. Zendesk has no idempotency key for comments, so it is written into the custom metadata of
   * the update, where nobody who reads the ticket sees it and the audit of the ticket keeps it.
   */
  commentKey?: string;
  /**
   * It may have been sent before: look for `commentKey` in the audits first, and send nothing when it is there. What is
   * then sent holds only for the ticket as it was looked at, so that one that is still on its way comes too late.
   */
  lookFirst?: boolean;
  /** A ticket that waits for an answer, or was solved, is open again with it. */
  reopens?: boolean;
}

export async function addComment(calls: Calls, id: number, draft: CommentDraft): Promise<ChangedTicket> {
  if (draft.lookFirst !== true) {
    return send(calls, id, draft, null);
  }
  const { commentKey } = draft;
  if (commentKey === undefined) {
    throw new Error(`looking for a comment on ticket ${id} without its key: give commentKey together with lookFirst.`);
  }
  for (let tries = 1; ; tries += 1) {
    // In this order: a comment that comes after the first read makes the ticket newer than what we saw.
    const ticket = await showTicket(calls, id);
    const sent = await findComment(calls, id, commentKey);
    if (sent !== null) {
      return { ...(await showTicket(calls, id)), ...sent };
    }
    try {
      return await send(calls, id, draft, ticket);
    } catch (error) {
      if (!movedSince(error) || tries === maxTries) {
        throw error;
      }
    }
  }
}

const maxTries = 5;

function movedSince(error: unknown): boolean {
  return error instanceof ZendeskError && error.status === 409;
}

async function showTicket(calls: Calls, id: number) {
  const doing = `looking at ticket ${id} before commenting`;
  const { ticket } = await calls.make({ doing, answer: TicketAnswer, run: (zendesk) => zendesk.tickets.show(id) });
  return ticket;
}

type Shown = Awaited<ReturnType<typeof showTicket>>;

function send(calls: Calls, id: number, draft: CommentDraft, ticket: Shown | null): Promise<ChangedTicket> {
  const { body, authorId, commentKey, uploads = [], reopens = false } = draft;
  const waits = ticket !== null && (ticket.status === 'pending' || ticket.status === 'solved');
  return updateTicket(calls, id, `adding a comment to ticket ${id}`, {
    comment: {
      body,
      public: draft.public,
      ...(authorId !== undefined && { author_id: authorId }),
      ...(uploads.length > 0 && { uploads: [...uploads] }),
    },
    ...(reopens && waits && { status: 'open' }),
    ...(commentKey !== undefined && { metadata: { [markName]: commentKey } }),
    ...(ticket !== null && { basedOn: ticket.updatedAt }),
  });
}

async function findComment(
  calls: Calls,
  id: number,
  commentKey: string,
): Promise<Pick<ChangedTicket, 'commentId' | 'filesTaken'> | null> {
  for await (const { audits } of readAudits(calls, id, `looking for a comment on ticket ${id}`)) {
    const audit = audits.find((entry) => entry.mark === commentKey);
    if (audit !== undefined) {
      return { commentId: audit.commentId, filesTaken: null };
    }
  }
  return null;
}

export async function listComments(calls: Calls, id: number): Promise<ZendeskComment[]> {
  const comments: ZendeskComment[] = [];
  const read = pages(calls, {
    doing: `reading the comments of ticket ${id}`,
    answer: CommentsPage,
    run: (zendesk, page) => zendesk.tickets.get(['tickets', id, 'comments', { include: 'users', page }]),
  });
  for await (const page of read) {
    comments.push(...page.comments);
  }
  return comments.some(mayLackItsMark) ? withMarksOfAudits(calls, id, comments) : comments;
}

/**
 * The description of the API promises custom metadata in audits only; comments have it, but not for sure. What a
 * program wrote is therefore looked up once more before it is taken for somebody's word that was not said here.
 */
function mayLackItsMark(comment: ZendeskComment): boolean {
  return comment.viaApi && comment.mark === null;
}

async function withMarksOfAudits(
  calls: Calls,
  id: number,
  comments: readonly ZendeskComment[],
): Promise<ZendeskComment[]> {
  const marks = new Map<number | null, string | null>();
  for await (const { audits } of readAudits(calls, id, `reading the audits of ticket ${id}`)) {
    for (const { commentId, mark } of audits) {
      marks.set(commentId, mark);
    }
  }
  return comments.map((comment) => Object.assign(comment, { mark: comment.mark ?? marks.get(comment.id) ?? null }));
}

function readAudits(calls: Calls, id: number, doing: string) {
  return pages(calls, {
    doing,
    answer: AuditsPage,
    run: (zendesk, page) => zendesk.ticketaudits.get(['tickets', id, 'audits', { page }]),
  });
}

/** Comments of a ticket: sent once although Zendesk has no key for them, and read with who wrote them. */
import type { Calls } from './zendesk-calls.ts';
import { pages } from './zendesk-pages.ts';
import { AuditsPage, CommentsPage, markName, TicketAnswer, type ZendeskComment } from './zendesk-records.ts';
import { type CommentedTicket, updateTicket } from './zendesk-tickets.ts';

export interface CommentDraft {
  body: string;
  public: boolean;
  /** Of a user of the desk (`upsertUser`); absent: the bot itself. */
  authorId?: number;
  /**
   * Ours, unique per comment. Zendesk has no idempotency key for comments, so it is written into the custom metadata of
   * the update, where nobody who reads the ticket sees it and the audit of the ticket keeps it.
   */
  commentKey?: string;
  /** It may have been sent before: look for `commentKey` in the audits first, and send nothing when it is there. */
  lookFirst?: boolean;
}

export async function addComment(calls: Calls, id: number, draft: CommentDraft): Promise<CommentedTicket> {
  const { body, authorId, commentKey, lookFirst = false } = draft;
  const sent = lookFirst ? await findComment(calls, id, commentKey) : null;
  if (sent !== null) {
    return sent;
  }
  return updateTicket(calls, id, `adding a comment to ticket ${id}`, {
    comment: { body, public: draft.public, ...(authorId !== undefined && { author_id: authorId }) },
    ...(commentKey !== undefined && { metadata: { [markName]: commentKey } }),
  });
}

async function findComment(calls: Calls, id: number, commentKey: string | undefined): Promise<CommentedTicket | null> {
  if (commentKey === undefined) {
    throw new Error(`looking for a comment on ticket ${id} without its key: give commentKey together with lookFirst.`);
  }
  const doing = `looking for a comment on ticket ${id}`;
  for await (const { audits } of readAudits(calls, id, doing)) {
    const audit = audits.find((entry) => entry.mark === commentKey);
    if (audit !== undefined) {
      const { ticket } = await calls.make({ doing, answer: TicketAnswer, run: (zendesk) => zendesk.tickets.show(id) });
      return { ...ticket, commentId: audit.commentId };
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
 * program wrote in the name of the desk is therefore looked up once more before it is taken for the word of an agent.
 */
function mayLackItsMark(comment: ZendeskComment): boolean {
  return comment.viaApi && comment.mark === null && comment.author.role !== 'end-user';
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

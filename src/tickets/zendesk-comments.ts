/** Comments of a ticket: sent once although Zendesk has no key for them, and read with who wrote them. */
import type { Calls } from './zendesk-calls.ts';
import { readAudits, updateOnce } from './zendesk-once.ts';
import { pages } from './zendesk-pages.ts';
import { CommentsPage, markName, type ZendeskComment, type ZendeskTicket } from './zendesk-records.ts';
import { type ChangedTicket, type TicketChange, updateTicket } from './zendesk-tickets.ts';

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
  const doing = `adding a comment to ticket ${id}`;
  const { commentKey } = draft;
  if (draft.lookFirst !== true) {
    const marked = commentKey === undefined ? {} : { metadata: { [markName]: commentKey } };
    return updateTicket(calls, id, doing, { ...changeFor(draft, null), ...marked });
  }
  if (commentKey === undefined) {
    throw new Error(`looking for a comment on ticket ${id} without its key: give commentKey together with lookFirst.`);
  }
  return updateOnce(calls, id, {
    key: commentKey,
    doing,
    looking: `looking for a comment on ticket ${id}`,
    change: (ticket) => changeFor(draft, ticket),
  });
}

function changeFor(draft: CommentDraft, ticket: ZendeskTicket | null): TicketChange {
  const { authorId, body, reopens = false, uploads = [] } = draft;
  const waits = ticket !== null && (ticket.status === 'pending' || ticket.status === 'solved');
  return {
    comment: {
      body,
      public: draft.public,
      ...(authorId !== undefined && { author_id: authorId }),
      ...(uploads.length > 0 && { uploads: [...uploads] }),
    },
    ...(reopens && waits && { status: 'open' }),
  };
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

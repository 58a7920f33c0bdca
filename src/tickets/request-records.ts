/** Tickets and their talk as their requester sees them (Requests API). */
import { z } from 'zod/v4';
import { lineOfDesk, textOfDesk } from './desk-text.ts';
import { Attachment, InstantText, Page, Priority, Status, type ZendeskAttachment } from './zendesk-records.ts';

const Request = z
  .object({
    id: z.int(),
    subject: z.string().nullish(),
    description: z.string().nullish(),
    status: Status,
    custom_status_id: z.int().nullish(),
    priority: Priority.nullish(),
    requester_id: z.int().nullish(),
    can_be_solved_by_me: z.boolean().nullish(),
    created_at: InstantText,
    updated_at: InstantText,
  })
  .transform((request) => ({
    id: request.id,
    subject: lineOfDesk(request.subject ?? ''),
    description: textOfDesk(request.description ?? ''),
    status: request.status,
    customStatusId: request.custom_status_id ?? null,
    priority: request.priority ?? null,
    requesterId: request.requester_id ?? null,
    canBeSolved: request.can_be_solved_by_me === true,
    createdAt: request.created_at,
    updatedAt: request.updated_at,
  }));
export type DeskRequest = z.output<typeof Request>;

export const RequestAnswer = z.object({ request: Request });
export const RequestsPage = z.object({ requests: z.array(Request) });

const RequestComment = z.object({
  id: z.int(),
  author_id: z.int(),
  /** Never false here; a note that came all the same must not cross. */
  public: z.boolean().default(true),
  body: z.string().nullish(),
  plain_body: z.string().nullish(),
  attachments: z.array(Attachment).nullish(),
  created_at: InstantText,
});

const Participant = z.object({ id: z.int(), name: z.string().nullish(), agent: z.boolean().nullish() });

export interface RequestComment {
  id: number;
  authorId: number;
  author: string;
  /** Null when the desk does not say on which side this person is. */
  isStaff: boolean | null;
  public: boolean;
  body: string;
  attachments: ZendeskAttachment[];
  createdAt: string;
}

export const RequestCommentsPage = z
  .object({ comments: z.array(RequestComment), users: z.array(Participant).default([]), meta: Page })
  .transform(({ comments, users, meta }) => ({
    meta,
    comments: comments.map((comment): RequestComment => {
      const author = users.find(({ id }) => id === comment.author_id);
      return {
        id: comment.id,
        authorId: comment.author_id,
        author: lineOfDesk(author?.name ?? ''),
        isStaff: author?.agent ?? null,
        public: comment.public,
        body: textOfDesk(comment.plain_body ?? comment.body ?? ''),
        attachments: comment.attachments ?? [],
        createdAt: comment.created_at,
      };
    }),
  }));

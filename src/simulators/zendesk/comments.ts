/** A comment comes into being with the audit event that it is, and shares its number. */
import { type Account, findUser, isStaff, nextId } from './account.ts';
import type { Act } from './audits.ts';
import { asHtml, asText } from './bodies.ts';
import { expandPlaceholders } from './placeholders.ts';
import type { Audit, Comment, Ticket } from './records.ts';
import { takeUploads } from './uploads.ts';

export interface CommentInput {
  /** One of both is enough. */
  body?: string;
  html?: string;
  public: boolean;
  authorId: number;
  /** Upload tokens. */
  uploads?: readonly string[];
}

export function addComment(account: Account, ticket: Ticket, audit: Audit, input: CommentInput, act: Act): Comment {
  const written = input.body ?? asText(input.html ?? '');
  const body = isStaff(findUser(account, act.actorId)) ? expandPlaceholders(account, ticket, written) : written;
  const comment: Comment = {
    id: nextId(account),
    type: 'Comment',
    author_id: input.authorId,
    body,
    html_body: input.html ?? asHtml(body),
    plain_body: body,
    public: input.public,
    attachments: takeUploads(account, input.uploads ?? []),
    audit_id: audit.id,
    via: audit.via,
    created_at: audit.created_at,
    metadata: audit.metadata,
  };
  ticket.comments.push(comment);
  const { via: _via, created_at: _createdAt, metadata: _metadata, attachments, ...event } = comment;
  audit.events.push({ ...event, attachments: attachments.map(({ content_path: _path, ...file }) => file) });
  return comment;
}

/**
 * Tickets with the rights of their requester (Requests API, signed in as that person). There is neither an idempotency
 * key nor an id of our own nor metadata here, so that what we wrote is found again by a reference in its last line.
 */
import { createHash } from 'node:crypto';
import {
  type DeskRequest,
  RequestAnswer,
  type RequestComment,
  RequestCommentsPage,
  RequestsPage,
} from './request-records.ts';
import { textForDesk } from './desk-text.ts';
import type { Calls } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';
import { pages } from './zendesk-pages.ts';
import type { ZendeskPriority } from './zendesk-records.ts';

export interface RequestDraft {
  subject: string;
  body: string;
  priority: ZendeskPriority;
  customFields: readonly { id: number; value: string | number | boolean }[];
  uploads: readonly string[];
  followUpOf?: number;
}

const mark = 'Causeway reference ';

/** Letters and digits only: no formatting of the desk changes them on their way. */
export function referenceFor(key: string): string {
  return `${mark}${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;
}

const belowText = /\s*\(Causeway reference [0-9a-f]{20}\)\s*$/;

/** The text as the desk takes it, with the reference below. One that somebody wrote into it is made worthless. */
export function withReference(text: string, key: string): string {
  const reference = `\n\n(${referenceFor(key)})`;
  return `${textForDesk(text.replaceAll(mark, 'Reference '), reference.length)}${reference}`;
}

/** Whether it was written here; in a quoted one the line begins with a mark. */
export function endsInReference(text: string): boolean {
  return /(?:^|\n)[^\S\n]*\(Causeway reference [0-9a-f]{20}\)\s*$/.test(text);
}

/** As it is shown to people. */
export function withoutReference(text: string): string {
  return text.replace(belowText, '');
}

export async function createRequest(calls: Calls, draft: RequestDraft): Promise<DeskRequest> {
  const { subject, body, priority, customFields, uploads, followUpOf } = draft;
  const { request } = await calls.make({
    doing: 'creating the request',
    answer: RequestAnswer,
    run: (zendesk) =>
      zendesk.requests.create({
        request: {
          subject,
          priority,
          comment: { body, ...(uploads.length > 0 && { uploads: [...uploads] }) },
          ...(customFields.length > 0 && { custom_fields: customFields.map(({ id, value }) => ({ id, value })) }),
          ...(followUpOf !== undefined && { via_followup_source_id: followUpOf }),
        },
      }),
  });
  return request;
}

const perPage = 100;
const maxPages = 20;

/** Newest first, as far back as `since`: what is older than the wish for it is not what is looked for. */
export async function findRequest(calls: Calls, key: string, since: Temporal.Instant): Promise<DeskRequest | null> {
  const reference = referenceFor(key);
  for (let page = 1; page <= maxPages; page += 1) {
    const requests = await latestRequests(calls, page);
    const found = requests.find(({ description }) => description.includes(reference));
    if (found !== undefined || requests.length < perPage || isOlder(requests, since)) {
      return found ?? null;
    }
  }
  return null;
}

/** By number of the page: only that way does Zendesk promise an order. */
async function latestRequests(calls: Calls, page: number): Promise<DeskRequest[]> {
  const { requests } = await calls.make({
    doing: 'looking for the request among the latest ones',
    answer: RequestsPage,
    run: (zendesk) =>
      zendesk.requests.get(['requests', { sort_by: 'created_at', sort_order: 'desc', per_page: perPage, page }]),
  });
  return requests;
}

/** Only where the order is as it was asked for; else every page is looked at. */
function isOlder(requests: readonly DeskRequest[], since: Temporal.Instant): boolean {
  const [first, last] = [requests[0], requests.at(-1)];
  return (
    first !== undefined &&
    last !== undefined &&
    Temporal.Instant.compare(first.createdAt, last.createdAt) > 0 &&
    Temporal.Instant.compare(last.createdAt, since) < 0
  );
}

export async function readRequest(calls: Calls, id: number): Promise<DeskRequest | null> {
  try {
    const { request } = await calls.make({
      doing: `reading request ${id}`,
      answer: RequestAnswer,
      run: (zendesk) => zendesk.requests.show(id),
    });
    return request;
  } catch (error) {
    if (error instanceof ZendeskError && error.status === 404) {
      return null;
    }
    throw error;
  }
}

export async function listRequestComments(calls: Calls, id: number): Promise<RequestComment[]> {
  const comments: RequestComment[] = [];
  const read = pages(calls, {
    doing: `reading the comments of request ${id}`,
    answer: RequestCommentsPage,
    run: (zendesk, page) => zendesk.requests.get(['requests', id, 'comments', { page }]),
  });
  for await (const page of read) {
    comments.push(...page.comments);
  }
  return comments;
}

export interface RequestChange {
  comment?: { body: string; uploads: readonly string[] };
  solved?: true;
}

export async function updateRequest(
  calls: Calls,
  id: number,
  doing: string,
  { comment, solved }: RequestChange,
): Promise<DeskRequest> {
  const { request } = await calls.make({
    doing,
    answer: RequestAnswer,
    run: (zendesk) =>
      zendesk.requests.update(id, {
        request: {
          ...(comment !== undefined && {
            comment: { body: comment.body, ...(comment.uploads.length > 0 && { uploads: [...comment.uploads] }) },
          }),
          ...(solved !== undefined && { solved }),
        },
      }),
  });
  return request;
}

/** Two tickets become one: the source ends closed, and each of both says which the other is. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { type Account, findTicket } from './account.ts';
import { badRequest, type Handled, notFound, ok, recordInvalid } from './answers.ts';
import type { Act } from './audits.ts';
import { baseUrl } from './paging.ts';
import type { Ticket, User } from './records.ts';
import { readJson } from './request-body.ts';
import { updateTicket } from './ticket-changes.ts';
import { ticketEvents, type Told } from './ticket-events.ts';
import { mustBeOpen } from './tickets.ts';

export interface MergeWords {
  /** Said in the ticket that ends, and in the one that goes on; absent: Zendesk's own words, as a private note. */
  source?: { text: string; public: boolean };
  target?: { text: string; public: boolean };
}

const mergedTag = 'closed_by_merge';

export function mergeTickets(account: Account, from: Ticket, into: Ticket, act: Act, words: MergeWords = {}): Told[] {
  const source = { from: { ticket_id: from.id }, to: { ticket_id: into.id }, rel: 'merge' };
  const merging: Act = { ...act, source };
  const files = from.comments.at(-1)?.attachments ?? [];
  const ended = words.source ?? { text: `This request was closed and merged into request #${into.id}.`, public: false };
  const joined = words.target ?? {
    text: `Request #${from.id} "${from.subject ?? ''}" was closed and merged into this request.`,
    public: false,
  };
  const closed = updateTicket(
    account,
    from,
    {
      status: 'closed',
      tags: [...new Set([...from.tags, mergedTag])],
      comment: { body: ended.text, public: ended.public, authorId: act.actorId },
    },
    merging,
  );
  const told = updateTicket(
    account,
    into,
    { comment: { body: joined.text, public: joined.public, authorId: act.actorId } },
    merging,
  );
  into.comments.at(-1)?.attachments.push(...files);
  const merged = { type: 'ticket.merged', event: { target_ticket_id: String(into.id) } };
  return [...ticketEvents(from, act.actorId, account.now(), [merged]), ...closed.told, ...told.told];
}

const MergeBody = z.object({
  ids: z.array(z.int()).min(1),
  source_comment: z.string().optional(),
  source_comment_is_public: z.boolean().default(false),
  target_comment: z.string().optional(),
  target_comment_is_public: z.boolean().default(false),
});

/** Answers with a job: Zendesk merges in the background. */
export function postMerge(account: Account, jobs: Jobs, request: SimRequest, asker: User, id: number): Handled {
  const body = MergeBody.safeParse(readJson(request));
  if (!body.success) {
    throw badRequest('Invalid attribute', 'You passed an invalid value for the ids attribute.');
  }
  const into = mergeable(account, id);
  const sources = body.data.ids.map((source) => mergeable(account, source));
  if (sources.includes(into)) {
    throw recordInvalid('base', `Ticket ${id} cannot be merged into itself`);
  }
  const { source_comment: said, target_comment: answer } = body.data;
  const words: MergeWords = {
    ...(said !== undefined && { source: { text: said, public: body.data.source_comment_is_public } }),
    ...(answer !== undefined && { target: { text: answer, public: body.data.target_comment_is_public } }),
  };
  const act: Act = { actorId: asker.id, channel: 'api', metadata: { system: {}, custom: {} } };
  const told = sources.flatMap((source) => mergeTickets(account, source, into, act, words));
  return { ...ok({ job_status: startJob(jobs, request, sources.length) }), told };
}

function mergeable(account: Account, id: number): Ticket {
  const ticket = findTicket(account, id);
  if (ticket === undefined) {
    throw notFound();
  }
  mustBeOpen(ticket);
  return ticket;
}

export interface Jobs {
  byId: Map<string, { total: number }>;
}

function startJob(jobs: Jobs, request: SimRequest, total: number): object {
  const id = randomUUID().replaceAll('-', '');
  jobs.byId.set(id, { total });
  return { id, url: jobUrl(request, id), status: 'queued', total, progress: null, message: null, results: null };
}

/** The work was done at once, so whoever asks again finds it done. */
export function getJob(jobs: Jobs, request: SimRequest, id: string): Handled {
  const job = jobs.byId.get(id);
  if (job === undefined) {
    throw notFound();
  }
  const { total } = job;
  return ok({
    job_status: {
      id,
      url: jobUrl(request, id),
      status: 'completed',
      total,
      progress: total,
      message: null,
      results: [],
    },
  });
}

function jobUrl(request: SimRequest, id: string): string {
  return `${baseUrl(request)}/api/v2/job_statuses/${id}.json`;
}

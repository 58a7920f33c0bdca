/**
 * The desk that tickets go to, as the bot uses it: a handful of calls with typed answers. What goes in: plain values.
 * What comes out: HTTP to Zendesk's Support API, and {@link ZendeskError} for everything that did not work.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { DeskRequest, RequestComment } from './request-records.ts';
import { searchTickets, type TicketQuery } from './find-tickets.ts';
import { type Calls, openCalls } from './zendesk-calls.ts';
import { addComment, type CommentDraft, listComments } from './zendesk-comments.ts';
import type { Wire } from './zendesk-exchange.ts';
import { type DeskFile, uploadFile } from './zendesk-files.ts';
import { updateOnce } from './zendesk-once.ts';
import { me, upsertUser } from './zendesk-people.ts';
import type { ZendeskComment, ZendeskPriority, ZendeskStatus, ZendeskTicket, ZendeskUser } from './zendesk-records.ts';
import {
  createRequest,
  findRequest,
  listRequestComments,
  readRequest,
  type RequestChange,
  type RequestDraft,
  updateRequest,
} from './zendesk-requests.ts';
import { openStatusLabels, type StatusLabels } from './zendesk-statuses.ts';
import {
  type ChangedSince,
  type ChangedTicket,
  createTicket,
  findByExternalId,
  readChanges,
  readTicket,
  readTickets,
  type TicketChange,
  type TicketDraft,
  updateTicket,
} from './zendesk-tickets.ts';
import { openAuthorization, type ZendeskCredential } from './zendesk-token.ts';
import { type RegisteredWebhook, registerWebhook, type WebhookWanted } from './zendesk-webhooks.ts';

export interface ZendeskConfig {
  /** Ends in `/api/v2`. */
  url: string;
  credential: ZendeskCredential;
}

/** The real ones where a test has nothing of its own. */
export type ZendeskDeps = Partial<Wire>;

/** With the rights of an agent (Tickets API). */
export interface ZendeskClient extends StatusLabels {
  /** Safe to call again with the same key and draft: there is one ticket. */
  createTicket(draft: TicketDraft, idempotencyKey: string): Promise<ChangedTicket>;
  /** The oldest one, should there be several. */
  findByExternalId(externalId: string): Promise<ZendeskTicket | null>;
  /** Null when there is none, deleted ones included. */
  readTicket(id: number): Promise<ZendeskTicket | null>;
  /** Those that there are, a hundred with one request. */
  readTickets(ids: readonly number[]): Promise<ZendeskTicket[]>;
  /** A few, found by any of the words. */
  searchTickets(query: TicketQuery): Promise<ZendeskTicket[]>;
  /** Admins only. */
  readChanges(from: { cursor: string } | { since: Temporal.Instant }): Promise<ChangedSince>;
  /** Sent once, whatever happens to the answer: after an error with `mayHaveHappened`, come back with `lookFirst`. */
  addComment(id: number, draft: CommentDraft): Promise<ChangedTicket>;
  /** Made once for each key, however often it is called; what somebody else set since then stays. */
  setStatus(id: number, status: Exclude<ZendeskStatus, 'new' | 'deleted'>, key?: string): Promise<ZendeskTicket>;
  setPriority(id: number, priority: ZendeskPriority, key?: string): Promise<ZendeskTicket>;
  /** All of them, private notes included, oldest first. */
  listComments(id: number): Promise<ZendeskComment[]>;
  /** Gives the token by which a comment takes the file. */
  uploadFile(file: DeskFile): Promise<string>;
  /** Known by e-mail address; somebody new gets no mail from Zendesk. */
  upsertUser(user: { name: string; email: string }): Promise<{ id: number }>;
  me(): Promise<ZendeskUser>;
  registerWebhook(webhook: WebhookWanted): Promise<RegisteredWebhook>;
  requests: RequestsClient;
}

/** With the rights of whoever is signed in, as their requester (Requests API). */
export interface RequestsClient {
  /** Not safe to call again: look with `find` first. */
  create(draft: RequestDraft): Promise<DeskRequest>;
  /** The one whose text carries the reference for this key, if it was made since then. */
  find(key: string, since: Temporal.Instant): Promise<DeskRequest | null>;
  /** Null when there is none, one of somebody else included. */
  read(id: number): Promise<DeskRequest | null>;
  listComments(id: number): Promise<RequestComment[]>;
  update(id: number, doing: string, change: RequestChange): Promise<DeskRequest>;
}

const defaultTimeoutMs = 15_000;

/** @throws {Error} for an address that is no API of Zendesk, or one to which this credential must not be sent. */
export function connectZendesk(config: ZendeskConfig, deps: ZendeskDeps = {}): ZendeskClient {
  const { origin, href } = checkAddress(config);
  const wire: Wire = {
    fetch: globalThis.fetch,
    now: () => Temporal.Now.instant(),
    wait: async (ms) => pause(ms),
    timeoutMs: defaultTimeoutMs,
    ...deps,
  };
  const calls = openCalls(wire, href, openAuthorization(wire, origin, config.credential));
  return {
    ...openStatusLabels(calls, wire.now),
    createTicket: (draft, idempotencyKey) => createTicket(calls, draft, idempotencyKey),
    findByExternalId: (externalId) => findByExternalId(calls, externalId),
    readTicket: (id) => readTicket(calls, id),
    readTickets: (ids) => readTickets(calls, ids),
    searchTickets: (query) => searchTickets(calls, query),
    readChanges: (from) => readChanges(calls, from),
    addComment: (id, draft) => addComment(calls, id, draft),
    setStatus: (id, status, key) => changed(calls, id, `setting ticket ${id} to ${status}`, { status }, key),
    setPriority: (id, priority, key) =>
      changed(calls, id, `giving ticket ${id} priority ${priority}`, { priority }, key),
    listComments: (id) => listComments(calls, id),
    uploadFile: (file) => uploadFile(calls, file),
    upsertUser: (user) => upsertUser(calls, user),
    me: () => me(calls),
    registerWebhook: (webhook) => registerWebhook(calls, webhook),
    requests: {
      create: (draft) => createRequest(calls, draft),
      find: (key, since) => findRequest(calls, key, since),
      read: (id) => readRequest(calls, id),
      listComments: (id) => listRequestComments(calls, id),
      update: (id, doing, change) => updateRequest(calls, id, doing, change),
    },
  };
}

function changed(calls: Calls, id: number, doing: string, wanted: TicketChange, key?: string): Promise<ChangedTicket> {
  return key === undefined
    ? updateTicket(calls, id, doing, wanted)
    : updateOnce(calls, id, { key, doing, looking: `looking whether ticket ${id} was changed`, change: () => wanted });
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function checkAddress({ url, credential }: ZendeskConfig): URL {
  const address = new URL(url.replace(/\/+$/, ''));
  const loopback = loopbackHosts.has(address.hostname);
  if (address.pathname !== '/api/v2' || address.search !== '') {
    throw new Error(`connecting to Zendesk: ${address.origin}${address.pathname} is no API. Let it end in /api/v2.`);
  }
  if (credential.kind === 'stand-in' && !loopback) {
    throw new Error(
      `connecting to ${address.host} without a credential: only a stand-in on loopback takes that. Set one.`,
    );
  }
  if (address.protocol !== 'https:' && !loopback) {
    throw new Error(`connecting to ${address.host}: the credential would be sent in the clear. Use https.`);
  }
  return address;
}

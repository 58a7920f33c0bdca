/**
 * node-zendesk behind our own transport. The package names the resources and builds the requests; everything that it
 * gets wrong (it reports 429, 502 and HTML pages as success, loses Retry-After, follows redirects with the credential,
 * knows no key per call) is done here, so what it makes of the answers is not looked at.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
// The named export passes the type check and fails at start: the package is CommonJS without detectable names.
import nodeZendesk from 'node-zendesk';
import { z } from 'zod/v4';
import { ZendeskError } from './zendesk-error.ts';
import { type Exchange, exchangeJson, type Wire } from './zendesk-exchange.ts';
import { withPatience } from './zendesk-patience.ts';
import type { Authorization } from './zendesk-token.ts';

export type NodeZendesk = ReturnType<typeof nodeZendesk.createClient>;

export interface Call<Answer> {
  /** For errors, such as `reading ticket 7`. */
  doing: string;
  answer: z.ZodType<Answer>;
  /** Makes a POST repeatable; only the creation of a ticket knows it. */
  idempotencyKey?: string;
  run: (zendesk: NodeZendesk) => Promise<unknown>;
}

/** Bytes, which the package takes for a path and never sends. */
export interface Sending<Answer> {
  doing: string;
  answer: z.ZodType<Answer>;
  /** From `/api/v2/` on. */
  path: string;
  query: Readonly<Record<string, string>>;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Calls {
  /** Makes one call and parses its answer. @throws {ZendeskError} for everything else. */
  make<Answer>(call: Call<Answer>): Promise<Answer>;
  /** Posts bytes, again after trouble: what it is used for does no harm twice. @throws {ZendeskError} */
  send<Answer>(sending: Sending<Answer>): Promise<Answer>;
}

/** What travels beside a call: `customHeaders` of the package are per client, and its results lose half of the answer. */
interface Companion {
  doing: string;
  idempotencyKey: string | undefined;
  answer: unknown;
}

interface PackageRequest {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export function openCalls(wire: Wire, apiUrl: string, authorization: Authorization): Calls {
  const companions = new AsyncLocalStorage<Companion>();

  async function transport(uri: string, request: PackageRequest): Promise<unknown> {
    const companion = companions.getStore();
    if (companion === undefined) {
      throw new Error(`calling ${uri}: every call goes through Calls.make, so that it has a name and a key.`);
    }
    const { doing, idempotencyKey } = companion;
    const url = new URL(uri);
    // Both forms work; the one without is what Zendesk's own description lists.
    url.pathname = url.pathname.replace(/\.json$/, '');
    companion.answer = await exchangePatiently(wire, authorization, {
      doing,
      method: request.method,
      url: url.href,
      headers: { ...request.headers, ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }) },
      ...(request.body !== undefined && { body: request.body }),
      repeatable: request.method === 'POST' && idempotencyKey !== undefined,
    });
    return goodAnswer;
  }

  const zendesk = nodeZendesk.createClient({
    endpointUri: apiUrl,
    oauth: true,
    token: 'set by the transport',
    throwOriginalException: true,
    transportConfig: { transportFn: transport, responseAdapter: (answer: unknown) => answer },
  });

  return {
    async make({ doing, answer, idempotencyKey, run }) {
      const companion: Companion = { doing, idempotencyKey, answer: undefined };
      await companions.run(companion, () => run(zendesk));
      return parse(doing, answer, companion.answer);
    },
    async send({ doing, answer, path, query, type, bytes }) {
      const url = `${apiUrl}/${path}?${new URLSearchParams(query).toString()}`;
      const headers = { Accept: 'application/json', 'Content-Type': type };
      const exchange = { doing, method: 'POST', url, headers, body: bytes, repeatable: true };
      return parse(doing, answer, await exchangePatiently(wire, authorization, exchange));
    },
  };
}

/** All that the package needs to see; the answer itself went to the companion. */
const goodAnswer = {
  status: 200,
  statusText: 'OK',
  headers: { get: () => null },
};

function parse<Answer>(doing: string, schema: z.ZodType<Answer>, said: unknown): Answer {
  const parsed = schema.safeParse(said);
  if (!parsed.success) {
    throw ZendeskError.unexpected(doing, z.prettifyError(parsed.error).replaceAll('\n', ' '));
  }
  return parsed.data;
}

function exchangePatiently(
  wire: Wire,
  authorization: Authorization,
  { repeatable, ...exchange }: Exchange & { repeatable: boolean },
): Promise<unknown> {
  function exchangeAs(header: string): Promise<unknown> {
    return exchangeJson(wire, { ...exchange, headers: { ...exchange.headers, Authorization: header } });
  }

  return withPatience(wire, repeatable || exchange.method === 'GET', async () => {
    const header = await authorization.header();
    try {
      return await exchangeAs(header);
    } catch (error) {
      // A token may be revoked before its end. Nothing was done with it, so any request may go again, once.
      if (error instanceof ZendeskError && error.status === 401 && authorization.refused(header)) {
        return exchangeAs(await authorization.header());
      }
      throw error;
    }
  });
}

/**
 * One request and its answer. Only JSON of a 2xx comes back; everything else is a {@link ZendeskError}: a refusal, a
 * page of a proxy, a redirect (never followed, because the credential would go with it), silence.
 */
import { refusal, ZendeskError } from './zendesk-error.ts';

/** What the outside world is made of; tests hand in their own. */
export interface Wire {
  fetch: typeof fetch;
  now: () => Temporal.Instant;
  wait: (ms: number) => Promise<void>;
  /** For one attempt, headers and body together. */
  timeoutMs: number;
}

export interface Exchange {
  /** What is being done, for the error. */
  doing: string;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** The parsed body of the answer; undefined when it has none (204). */
export async function exchangeJson(wire: Wire, exchange: Exchange): Promise<unknown> {
  const { doing } = exchange;
  const { response, text } = await send(wire, exchange);
  const { status } = response;
  const body = parse(text);
  if (!response.ok) {
    throw refusal(doing, status, body, retryAfterMs(response.headers.get('retry-after'), wire.now()));
  }
  if (body === undefined && text !== '') {
    throw new ZendeskError({
      doing,
      status,
      code: 'NotJson',
      reason: 'something between here and Zendesk answered with a page of its own',
      retryAfterMs: null,
      details: null,
      mayHaveHappened: true,
    });
  }
  return body;
}

async function send(wire: Wire, exchange: Exchange): Promise<{ response: Response; text: string }> {
  try {
    const response = await wire.fetch(exchange.url, {
      method: exchange.method,
      headers: exchange.headers,
      ...(exchange.body !== undefined && { body: exchange.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(wire.timeoutMs),
    });
    return { response, text: await response.text() };
  } catch (error) {
    throw noAnswer(exchange.doing, error, wire.timeoutMs);
  }
}

function noAnswer(doing: string, error: unknown, timeoutMs: number): ZendeskError {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const socketCode = socketCodeOf(error);
  return new ZendeskError(
    {
      doing,
      status: null,
      code: timedOut ? 'Timeout' : 'NoConnection',
      reason: timedOut ? `no answer in ${timeoutMs} ms` : socketCode,
      retryAfterMs: null,
      details: null,
      mayHaveHappened: !neverConnected.has(socketCode),
    },
    { cause: error },
  );
}

/** With these nothing was sent at all. */
const neverConnected: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** `fetch` hides the socket's own error in `cause`. */
function socketCodeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection lost';
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, or the date of the HTTP standard; `Date.parse` is the one reader of that form. */
function retryAfterMs(header: string | null, now: Temporal.Instant): number | null {
  if (header === null || header.trim() === '') {
    return null;
  }
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.epochMilliseconds;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

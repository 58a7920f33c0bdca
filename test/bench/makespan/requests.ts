/** Counts and times the requests that this process sends, by the origin that they go to. Nothing of ours is touched. */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

interface Seen {
  reads: number;
  /** Of each written resource, lower-case path: from the request to the answer, in milliseconds. */
  writes: Map<string, number>;
}

const seen = new Map<string, Seen>();
/** When each request was answered, by the budget that it counts for; and how many were refused as too many. */
export const traffic = { reads: [] as number[], zoneReads: [] as number[], writes: [] as number[], throttled: 0 };
const begun = new WeakMap<ClientRequest, number>();

export function watchRequests(): void {
  subscribe('http.client.request.start', (message) => {
    begun.set((message as { request: ClientRequest }).request, performance.now());
  });
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const own = requestsTo(`http://${String(request.getHeader('host'))}`);
    if (request.path.startsWith('/_sim/')) {
      return;
    }
    traffic.throttled += response.statusCode === 429 ? 1 : 0;
    timesOf(request).push(performance.now());
    if (request.method === 'GET') {
      own.reads += 1;
    }
    if (request.method === 'PUT') {
      const path = request.path.split('?')[0]?.toLowerCase() ?? '';
      own.writes.set(path, performance.now() - (begun.get(request) ?? 0));
    }
  });
}

export function requestsTo(origin: string): Seen {
  const own = seen.get(origin) ?? { reads: 0, writes: new Map<string, number>() };
  seen.set(origin, own);
  return own;
}

function timesOf({ method, path }: ClientRequest): number[] {
  if (method !== 'GET' && method !== 'POST') {
    return traffic.writes;
  }
  return /\/privateDns/i.test(path) ? traffic.zoneReads : traffic.reads;
}

/** The most that fell into any stretch of so many milliseconds. */
export function mostWithin(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  let from = 0;
  let most = 0;
  for (const [to, at] of sorted.entries()) {
    while (at - (sorted[from] ?? at) > windowMs) {
      from += 1;
    }
    most = Math.max(most, to - from + 1);
  }
  return most;
}

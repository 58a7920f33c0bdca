/**
 * How often one may ask: per account and minute, and for a few calls less. Each limit is a window that begins with its
 * first request; whoever is refused is told when it ends.
 */
import type { SimRequest } from '../server.ts';
import type { Account } from './account.ts';
import { tooManyRequests } from './answers.ts';
import type { User } from './records.ts';

export interface RateLimits {
  windows: Map<string, { until: Temporal.Instant; used: number }>;
}

interface Limit {
  name: string;
  /** Whose requests are counted together. */
  key: string;
  most: number;
  seconds: number;
}

/** Counts the request. @throws {Refused} with 429, of which nothing was done. */
export function countRequest(limits: RateLimits, account: Account, request: SimRequest, asker: User): void {
  for (const { name, key, most, seconds } of limitsOf(account, request, asker)) {
    const window = limits.windows.get(key);
    const now = account.now();
    if (window === undefined || Temporal.Instant.compare(now, window.until) >= 0) {
      limits.windows.set(key, { until: now.add({ seconds }), used: 1 });
    } else if (window.used >= most) {
      throw tooManyRequests(name, Math.max(1, Math.ceil(window.until.since(now).total('seconds'))));
    } else {
      window.used += 1;
    }
  }
}

/** What every answer says about the limit of the account. */
export function limitHeaders(limits: RateLimits, account: Account): Record<string, string> {
  const { requestsPerMinute: most } = account.settings;
  const window = limits.windows.get('account');
  const over = window === undefined || Temporal.Instant.compare(account.now(), window.until) >= 0;
  return {
    'X-Rate-Limit': String(most),
    'X-Rate-Limit-Remaining': String(over ? most : Math.max(0, most - window.used)),
  };
}

function limitsOf(account: Account, { method, path }: SimRequest, asker: User): Limit[] {
  const most = account.settings.requestsPerMinute;
  const plain = path.replace(/\.json$/, '');
  const [, updated] = method === 'PUT' ? (/^\/api\/v2\/tickets\/(\d+)$/.exec(plain) ?? []) : [];
  return [
    { name: 'This plan', key: 'account', most, seconds: 60 },
    ...(updated === undefined
      ? []
      : [
          { name: 'Update Ticket', key: 'update', most: 100, seconds: 60 },
          { name: 'Update Ticket', key: `update/${updated}/${asker.id}`, most: 30, seconds: 600 },
        ]),
    ...(plain.startsWith('/api/v2/incremental/')
      ? [{ name: 'Incremental export', key: 'incremental', most: 10, seconds: 60 }]
      : []),
    ...(method === 'DELETE' && /^\/api\/v2\/tickets\/\d+$/.test(plain)
      ? [{ name: 'Delete Ticket', key: 'delete', most: 400, seconds: 60 }]
      : []),
    ...(plain === '/api/v2/deleted_tickets' && method === 'GET'
      ? [{ name: 'List Deleted Tickets', key: 'deleted', most: 10, seconds: 60 }]
      : []),
  ];
}

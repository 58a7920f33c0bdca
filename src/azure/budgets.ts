/**
 * How many requests this process sends, all plans and readings together. Azure counts them per subscription and identity
 * and refuses the rest for minutes, so a wait of moments here is cheaper. Private DNS has by far the least: 500 readings
 * in five minutes.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

type BudgetName = 'reads' | 'private-dns-reads' | 'writes';

interface Rate {
  perSecond: number;
  /** What may go out at once after a quiet time; with what comes after it still below Azure's own limit. */
  burst: number;
}

/** Of Azure’s own limits about half, as others share the subscription: 25 readings and 3.3 writes to networks a second. */
const rates: Readonly<Record<BudgetName, Rate>> = {
  reads: { perSecond: 15, burst: 100 },
  // The burst carries some plans that begin together: each reads all zones before its first write.
  'private-dns-reads': { perSecond: 1.2, burst: 110 },
  writes: { perSecond: 3, burst: 100 },
};

interface Bucket {
  /** Until the next request may go. First come, first served. */
  take(): Promise<void>;
  /** Azure said for how long nothing may go. */
  hold(ms: number): void;
}

/** `scale`: how much faster than the real one the service is; its budgets fill that much faster. */
export function keepBudgets(scale: number): PipelinePolicy {
  const buckets: Record<BudgetName, Bucket> = {
    reads: createBucket(rates.reads, scale),
    'private-dns-reads': createBucket(rates['private-dns-reads'], scale),
    writes: createBucket(rates.writes, scale),
  };
  return {
    name: 'keepBudgets',
    async sendRequest(request, next) {
      const bucket = buckets[budgetOf(request.method, request.url)];
      await bucket.take();
      const response = await next(request);
      if (response.status === 429) {
        bucket.hold(Number(response.headers.get('Retry-After') ?? 0) * 1000);
      }
      return response;
    },
  };
}

function budgetOf(method: string, url: string): BudgetName {
  if (method !== 'GET' && method !== 'POST') {
    return 'writes';
  }
  return /\/privateDns/i.test(url) ? 'private-dns-reads' : 'reads';
}

/** Each request has a place in time, one after the other; after a quiet time, as many places as the burst are in the past. */
function createBucket(rate: Rate, scale: number): Bucket {
  const stepMs = 1000 / (rate.perSecond * scale);
  // A process that begins has been quiet; when it has not been, because an earlier one spent it, Azure says so.
  const free = { nextMs: Number.NEGATIVE_INFINITY, heldUntilMs: Number.NEGATIVE_INFINITY };
  return {
    async take() {
      const now = performance.now();
      const place = takePlace(free, { stepMs, burst: rate.burst }, now);
      if (place > now) {
        await wait(place - now);
      }
    },
    hold(ms) {
      free.heldUntilMs = Math.max(free.heldUntilMs, performance.now() + (Number.isFinite(ms) ? ms : 0));
    },
  };
}

/** When the next request may go; it counts as sent. */
export function takePlace(
  free: { nextMs: number; heldUntilMs: number },
  { burst, stepMs }: { stepMs: number; burst: number },
  now: number,
): number {
  const place = Math.max(free.nextMs, now - (burst - 1) * stepMs, free.heldUntilMs);
  free.nextMs = place + stepMs;
  return place;
}

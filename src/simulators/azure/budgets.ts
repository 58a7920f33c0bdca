/**
 * How many requests a subscription may still send. Two gates stand behind each other: Resource Manager's own buckets,
 * which fill again all the time, and the counters of the resource providers, which start again every five minutes.
 * Private DNS has by far the smallest one. With a faster simulator all of them fill faster.
 */
import { ArmError } from './arm-error.ts';

export type BudgetName = 'reads' | 'writes' | 'deletes' | 'network-reads' | 'network-writes' | 'private-dns-reads';

interface Limit {
  most: number;
  /** What comes back in each second of the real service; absent: all of it, when the window is over. */
  perSecond?: number;
}

const windowSeconds = 300;

const limits: Record<BudgetName, Limit> = {
  reads: { most: 250, perSecond: 25 },
  writes: { most: 200, perSecond: 10 },
  deletes: { most: 200, perSecond: 10 },
  'network-reads': { most: 10_000 },
  'network-writes': { most: 1000 },
  'private-dns-reads': { most: 500 },
};

export const budgetNames = Object.keys(limits) as BudgetName[];

interface Counter {
  left: number;
  /** When `left` was last right; of a window: when it began. */
  at: Temporal.Instant;
}

export interface Budgets {
  speed: number;
  /** By budget and subscription. */
  counters: Map<string, Counter>;
}

export function startBudgets(speed: number): Budgets {
  return { speed, counters: new Map() };
}

export interface Spending {
  method: string;
  subscription: string;
  /** Whether the path leads to Microsoft.Network, and there to private DNS. */
  provider: 'network' | 'private-dns' | 'other';
}

/** Takes one request from each budget that it counts for. Returns the header that says what is left; throws a 429. */
export function spend(budgets: Budgets, spending: Spending, now: Temporal.Instant): Record<string, string> {
  const own = { GET: 'reads', DELETE: 'deletes' }[spending.method] ?? 'writes';
  const left = take(budgets, own as BudgetName, spending.subscription, now);
  const provider = providerBudget(spending);
  if (provider !== undefined) {
    take(budgets, provider, spending.subscription, now);
  }
  return { [`x-ms-ratelimit-remaining-subscription-${own}`]: String(left) };
}

/** Says how many are left, for tests of a client that should be careful. */
export function setBudget(
  budgets: Budgets,
  budget: BudgetName,
  subscription: string,
  more: { left: number; now: Temporal.Instant },
): void {
  budgets.counters.set(`${budget} ${subscription.toLowerCase()}`, { left: more.left, at: more.now });
}

function providerBudget({ method, provider }: Spending): BudgetName | undefined {
  if (provider === 'private-dns') {
    return method === 'GET' ? 'private-dns-reads' : undefined;
  }
  if (provider === 'network') {
    return method === 'GET' ? 'network-reads' : 'network-writes';
  }
  return undefined;
}

function take(budgets: Budgets, budget: BudgetName, subscription: string, now: Temporal.Instant): number {
  const key = `${budget} ${subscription.toLowerCase()}`;
  const counter = refilled(limits[budget], budgets.counters.get(key), budgets.speed, now);
  budgets.counters.set(key, counter);
  if (counter.left < 1) {
    throw tooMany(budget, subscription, secondsToWait(limits[budget], counter, budgets.speed, now));
  }
  counter.left -= 1;
  return Math.floor(counter.left);
}

function refilled(limit: Limit, counter: Counter | undefined, speed: number, now: Temporal.Instant): Counter {
  if (counter === undefined) {
    return { left: limit.most, at: now };
  }
  const seconds = passed(counter, speed, now);
  if (limit.perSecond !== undefined) {
    return { left: Math.min(limit.most, counter.left + seconds * limit.perSecond), at: now };
  }
  return seconds >= windowSeconds ? { left: limit.most, at: now } : counter;
}

/** Seconds of the real service. */
function passed(counter: Counter, speed: number, now: Temporal.Instant): number {
  return Math.max(0, now.since(counter.at).total('seconds')) * speed;
}

/** Seconds of the clock on the wall, because that is what a client waits by. */
function secondsToWait(limit: Limit, counter: Counter, speed: number, now: Temporal.Instant): number {
  const real = limit.perSecond === undefined ? windowSeconds - passed(counter, speed, now) : 1 / limit.perSecond;
  return Math.max(1, Math.ceil(real / speed));
}

function tooMany(budget: BudgetName, subscription: string, seconds: number): ArmError {
  return new ArmError(
    429,
    'TooManyRequests',
    `The request is being throttled as the limit of ${budget} has been reached for subscription '${subscription}'. Please try again after '${seconds}' seconds.`,
    { 'Retry-After': String(seconds) },
  );
}

/**
 * How much Slack takes (docs: “Rate limits”): posts by channel and in the whole workspace, every other method by its
 * tier, per minute. Each limit is a bucket that fills up evenly; what is in it may be used at once.
 */
import type { Account } from './account.ts';
import { rateLimited } from './answers.ts';

export type Tier = 'post' | 'tier2' | 'tier3' | 'tier4' | 'none';

/** Calls per minute, and how many may come at once. */
interface Limit {
  perMinute: number;
  burst: number;
}

const tiers = {
  tier2: { perMinute: 20, burst: 20 },
  tier3: { perMinute: 50, burst: 50 },
  tier4: { perMinute: 100, burst: 100 },
} as const satisfies Record<string, Limit>;

const perChannel: Limit = { perMinute: 60, burst: 5 };
/** Slack says “several hundred messages per minute” and no number. */
const perWorkspace: Limit = { perMinute: 300, burst: 100 };

export interface Pace {
  /** @throws {Refused} with 429 when there were too many. */
  count(tier: Tier, method: string, channel: string | undefined): void;
}

interface Bucket {
  left: number;
  at: number;
}

export function openPace(account: Account): Pace {
  const buckets = new Map<string, Bucket>();

  function take(key: string, { perMinute, burst }: Limit): void {
    // Slack's milliseconds: `speed` of them go by in one of ours.
    const now = account.now().epochMilliseconds * account.speed;
    const most = account.settings.limits === 'strict' ? Math.max(1, Math.floor(burst / 5)) : burst;
    const last = buckets.get(key) ?? { left: most, at: now };
    const left = Math.min(most, last.left + ((now - last.at) * perMinute) / 60_000);
    if (left < 1) {
      buckets.set(key, { left, at: now });
      const waitMs = ((1 - left) * 60_000) / perMinute / account.speed;
      throw rateLimited(Math.max(1, Math.ceil(waitMs / 1000)));
    }
    buckets.set(key, { left: left - 1, at: now });
  }

  return {
    count(tier, method, channel) {
      if (account.settings.limits === 'off' || tier === 'none') {
        return;
      }
      if (tier === 'post') {
        take(`post ${channel ?? ''}`, perChannel);
        take('workspace', perWorkspace);
      } else {
        take(method, tiers[tier]);
      }
    },
  };
}

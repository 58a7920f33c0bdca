/**
 * Keeps to what Slack allows an app per method, and per channel where that counts, so that it need not refuse. Counted
 * per process; what several processes send together is refused now and then (429), and waits then.
 * Source: "Rate limits" of Slack's Web API; the tiers are those of the methods, with some room left.
 */

/** At most so many calls in any minute. */
type PerMinute = number;

const tier3: PerMinute = 45;
const tier4: PerMinute = 90;

const perMinute = {
  'auth.test': tier4,
  /** Slack says “several hundred” for the whole workspace. */
  'chat.postMessage': 200,
  'chat.postEphemeral': tier4,
  /** Of all channels together: living cards would use up all of it. */
  'chat.update': 40,
  'chat.unfurl': tier3,
  'conversations.history': tier3,
  'conversations.info': tier3,
  'conversations.open': tier3,
  'conversations.replies': tier3,
  'files.completeUploadExternal': tier4,
  'files.getUploadURLExternal': tier4,
  'users.info': tier4,
  'users.lookupByEmail': tier3,
  'views.open': tier4,
  'views.publish': tier4,
  'views.update': tier4,
} as const satisfies Readonly<Record<string, PerMinute>>;

export type Method = keyof typeof perMinute;

export interface Pace {
  /** Milliseconds until this may be asked; 0 counts as asked. `channel` is null where there is none. */
  take(method: Method, channel: string | null): number;
  /** Slack asked to wait: how long to wait, longer each time, never the same for two. Others of its kind wait with it. */
  backOff(method: Method, channel: string | null, askedMs: number | null): number;
  /** It went through. */
  eased(method: Method, channel: string | null): void;
}

const minuteMs = 60_000;
/** A channel takes about one message a second, a few at once. */
const postEveryMs = 1_000;
const postsAtOnce = 4;
const firstWaitMs = 1_000;
const maxWaitMs = 30_000;
const maxChannels = 5_000;

interface Trouble {
  refusals: number;
  until: number;
}

export function createPace(now: () => Temporal.Instant, random: () => number): Pace {
  const asked = new Map<Method, number[]>();
  /** When each channel will have taken all that it was sent, at one message a second. */
  const filledUntil = new Map<string, number>();
  const troubles = new Map<string, Trouble>();
  return {
    take(method, channel) {
      const at = now().epochMilliseconds;
      const full = method === 'chat.postMessage' && channel !== null ? (filledUntil.get(channel) ?? 0) : 0;
      const waitMs = Math.max(
        0,
        (troubles.get(kindOf(method, channel))?.until ?? 0) - at,
        full - at - (postsAtOnce - 1) * postEveryMs,
        waitInMinute(asked.get(method) ?? [], perMinute[method], at),
      );
      if (waitMs === 0) {
        asked.set(method, [...(asked.get(method) ?? []), at].slice(-perMinute[method]));
        if (method === 'chat.postMessage' && channel !== null) {
          forgetQuiet(filledUntil, at);
          filledUntil.set(channel, Math.max(full, at) + postEveryMs);
        }
      }
      return waitMs;
    },
    backOff(method, channel, askedMs) {
      const kind = kindOf(method, channel);
      const refusals = troubles.get(kind)?.refusals ?? 0;
      const grownMs = Math.min(maxWaitMs, firstWaitMs * 2 ** refusals);
      const waitMs = Math.ceil(Math.max(askedMs ?? 0, grownMs / 2) + (random() * grownMs) / 2);
      troubles.set(kind, { refusals: refusals + 1, until: now().epochMilliseconds + waitMs });
      return waitMs;
    },
    eased(method, channel) {
      troubles.delete(kindOf(method, channel));
    },
  };
}

/** A refusal of a post is about its channel; of anything else, about the method. */
function kindOf(method: Method, channel: string | null): string {
  return method === 'chat.postMessage' ? `${method} ${channel ?? ''}` : method;
}

function waitInMinute(times: readonly number[], most: PerMinute, at: number): number {
  const oldest = times.at(-most);
  return oldest === undefined ? 0 : oldest + minuteMs - at;
}

function forgetQuiet(filledUntil: Map<string, number>, at: number): void {
  if (filledUntil.size < maxChannels) {
    return;
  }
  for (const [channel, until] of filledUntil) {
    if (until < at) {
      filledUntil.delete(channel);
    }
  }
}

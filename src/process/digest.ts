/**
 * The daily digest: looked at every minute, posted once per channel and local date by whichever replica comes first. One
 * that fell due while nobody ran is posted a little late, and after some hours not at all: the next one says the same.
 */
import { writeHouseNotice } from '../conversation/write-notice.ts';
import { digestMessage } from '../flows/digest.ts';
import type { Place } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { supportChannels } from '../flows/routing.ts';
import { type DigestTime, lastDigestSlot } from '../policy/routing.ts';
import { claimDigest, isDigestClaimed } from '../store/alerts.ts';
import { listFlows } from '../store/flows.ts';
import type { Store } from '../store/store.ts';
import type { Logs } from './log.ts';

const lookEveryMs = 60_000;
const latestHours = 4;

export interface DigestDeps {
  store: Store;
  directory: () => Directory;
  now: () => Temporal.Instant;
  logs: Logs;
}

export interface DigestSweep {
  /** Looks now; the sweep does so by itself. */
  look(): Promise<void>;
  stop(): void;
}

export function startDigest(deps: DigestDeps): DigestSweep {
  function look(): Promise<void> {
    return postDue(deps).catch((error: unknown) => {
      deps.logs.error('Posting the digest; it is tried again', { reason: String(error) });
    });
  }
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}

async function postDue(deps: DigestDeps): Promise<void> {
  const directory = deps.directory();
  const digest = directory.routing?.digest ?? null;
  if (digest === null) {
    return;
  }
  const at = deps.now();
  const slot = lastDigestSlot(digest, at);
  if (at.since(slot.at).total('hours') > latestHours) {
    return;
  }
  for (const place of supportChannels(directory)) {
    const channel = `${place.platform}/${place.conversation}`;
    if (!(await isDigestClaimed(deps.store.read, channel, slot.day))) {
      await post(deps, { directory, digest, place, channel, day: slot.day, at });
    }
  }
}

interface Due {
  directory: Directory;
  digest: DigestTime;
  place: Place;
  channel: string;
  day: string;
  at: Temporal.Instant;
}

/** A day with nothing to tell is claimed too, or it would be looked at every minute. */
async function post({ store }: DigestDeps, due: Due): Promise<void> {
  const { channel, day, directory, digest, place } = due;
  const at = due.at.toString({ fractionalSecondDigits: 3 });
  const rows = [
    ...(await listFlows(store.read, 'support')),
    ...(await listFlows(store.read, 'alert')),
    ...(await listFlows(store.read, 'connect')),
  ];
  const message = digestMessage(rows, place, { directory, day, digest });
  await store.write(async (tx) => {
    if ((await claimDigest(tx, { channel, day, at })) && message !== null) {
      await writeHouseNotice(tx, `digest/${channel}/${day}`, message, at);
    }
  });
}

/** What has to be done from time to time: anchors over all audit chains, clearing away finished runs and old alerts. */
import { type Anchor, writeAnchor } from '../audit/anchor.ts';
import { keepOutside } from '../audit/outside.ts';
import { writeAnchorNotice } from '../conversation/write-notice.ts';
import type { DurableEngine } from '../engine/engine.ts';
import type { Place } from '../flows/event.ts';
import { forgetAlerts } from '../store/alerts.ts';
import type { Store } from '../store/store.ts';
import type { Logs } from './log.ts';

const anchorEveryMs = 60_000;
const clearEveryMs = 24 * 60 * 60 * 1000;
/** Runs are control flow, not the truth; a day is enough to look at what went wrong. */
const keepRunsHours = 24;
/** Azure keeps an alert for 30 days, and tells nothing of it afterwards. */
const keepResolvedAlertsHours = 30 * 24;
const keepAlertsHours = 90 * 24;

export interface Upkeep {
  /** Clears away now; it does so by itself every day. */
  clear(): Promise<void>;
  /** Writes a last anchor, inside and outside of the database. */
  stop(): Promise<void>;
}

export interface UpkeepDeps {
  store: Store;
  engine: Pick<DurableEngine, 'deleteFinished'>;
  /** Where anchors leave the database to. */
  anchorDir: string;
  /** Who seals exports here; stands beside each anchor, so that an export can be told from somebody else's. */
  sealedBy: string;
  /** Where one anchor a day is posted; null when the settings name no channel for it. */
  auditPlace: () => Place | null;
  now: () => Temporal.Instant;
  logs: Logs;
}

export function startUpkeep(deps: UpkeepDeps): Upkeep {
  let lastDay = '';
  async function anchor(leave: boolean): Promise<void> {
    const at = deps.now();
    const written = await writeAnchor(deps.store, at);
    const today = at.toString().slice(0, 10);
    if (written === null || (!leave && today === lastDay)) {
      return;
    }
    const keptAt = at.toString({ fractionalSecondDigits: 3 });
    await keepOutside(deps.anchorDir, written, { keptAt, sealedBy: deps.sealedBy });
    // Not before it is kept: a directory that is away for a moment must not cost a day.
    lastDay = today;
    await post(deps, written, today, keptAt);
  }
  async function clear(): Promise<void> {
    await safely(deps, 'Clearing away finished runs', () => clearRuns(deps));
    await safely(deps, 'Clearing away old alerts', () => clearAlerts(deps));
  }
  const timers = [
    setInterval(() => void safely(deps, 'Writing an anchor', () => anchor(false)), anchorEveryMs),
    setInterval(() => void clear(), clearEveryMs),
  ];
  for (const timer of timers) {
    timer.unref();
  }
  return {
    clear,
    async stop() {
      for (const timer of timers) {
        clearInterval(timer);
      }
      await safely(deps, 'Writing the last anchor', () => anchor(true));
    },
  };
}

/** Once a day, whichever replica comes first. The outbox finds it with its next sweep. */
async function post({ auditPlace, store }: UpkeepDeps, anchor: Anchor, day: string, at: string): Promise<void> {
  const place = auditPlace();
  if (place !== null) {
    await store.write((tx) => writeAnchorNotice(tx, { place, day, anchor, at }));
  }
}

async function clearRuns(deps: UpkeepDeps): Promise<void> {
  await deps.engine.deleteFinished(deps.now().subtract({ hours: keepRunsHours }));
}

/** What people were told of them stays, with their cards and in the audit. */
async function clearAlerts({ now, store }: UpkeepDeps): Promise<void> {
  const at = now();
  const forgotten = {
    resolvedBefore: at.subtract({ hours: keepResolvedAlertsHours }).toString(),
    toldBefore: at.subtract({ hours: keepAlertsHours }).toString(),
    at: at.toString(),
  };
  await store.write((tx) => forgetAlerts(tx, forgotten));
}

async function safely(deps: UpkeepDeps, doing: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.logs.error(`${doing}; it is tried again`, { reason: String(error) });
  }
}

/**
 * How long each kind of work took lately, so that nobody asks before there can be an answer. Kept in our own database:
 * what one process learned is known after a restart and to all replicas.
 */
import { z } from 'zod/v4';
import { readFacts, swapFact } from '../store/facts.ts';
import type { Store } from '../store/store.ts';

export interface Durations {
  /** What such work hardly ever takes less than (one in twenty does); null while nothing is known. */
  lowMs(work: string): number | null;
  /** What it takes as often more as less; null while nothing is known. */
  usualMs(work: string): number | null;
  learn(work: string, ms: number): Promise<void>;
}

const factKey = 'azure/durations';
/** As many as tell a change within some plans, and enough for a quantile. */
const kept = 32;
const quantile = 0.05;
const tries = 3;

/** Milliseconds by kind of work, the newest last. */
const samplesBody = z.record(z.string(), z.array(z.number()));
type Samples = z.infer<typeof samplesBody>;

export async function openDurations(store: Store): Promise<Durations> {
  let known = readSamples((await readFacts(store.read, [factKey])).get(factKey)?.value);
  return {
    lowMs: (work) => lowOf(known[work] ?? []),
    usualMs: (work) => middleOf(known[work] ?? []),
    async learn(work, ms) {
      known = added(known, work, ms);
      known = (await keep(store, work, ms).catch(() => null)) ?? known;
    },
  };
}

function readSamples(value: unknown): Samples {
  return samplesBody.safeParse(value).data ?? {};
}

function added(samples: Samples, work: string, ms: number): Samples {
  return { ...samples, [work]: [...(samples[work] ?? []), Math.round(ms)].slice(-kept) };
}

/** Null when others wrote all the time; one sample less does no harm. */
async function keep(store: Store, work: string, ms: number): Promise<Samples | null> {
  for (let tried = 0; tried < tries; tried += 1) {
    const after = await store.write(async (tx) => {
      const before = (await readFacts(tx, [factKey])).get(factKey)?.value ?? null;
      const next = added(readSamples(before), work, ms);
      const at = Temporal.Now.instant().toString();
      return (await swapFact(tx, factKey, { before, after: next, at })) ? next : null;
    });
    if (after !== null) {
      return after;
    }
  }
  return null;
}

function middleOf(samples: readonly number[]): number | null {
  const sorted = samples.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** Of few samples the smallest is no low quantile yet: the fewer there are, the more is taken off. */
function lowOf(samples: readonly number[]): number | null {
  const sorted = samples.toSorted((one, other) => one - other);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) {
    return null;
  }
  if (sorted.length * quantile >= 1) {
    return sorted[Math.floor(sorted.length * quantile)] ?? least;
  }
  const margin = sorted.length === 1 ? least / 4 : (most - least) / sorted.length;
  return Math.max(0, least - margin);
}

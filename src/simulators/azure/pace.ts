/**
 * How long things take: modelled durations of the real service, divided by the speed of the simulator, with up to 30 %
 * on top from a seeded generator.
 */
const realSeconds = {
  peering: 10,
  network: 10,
  subnet: 8,
  zone: 30,
  link: 30,
  record: 1,
  'link-service': 30,
  endpoint: 45,
  connection: 1,
  'security-group': 6,
  'security-rule': 6,
  'route-table': 6,
  route: 6,
  'connectivity-check': 15,
};

export type Work = keyof typeof realSeconds;

const realRetryAfterSeconds = 10;
const realMemorySeconds = 3600;
const jitter = 0.3;

export interface Pace {
  milliseconds(work: Work): number;
  /** What `Retry-After` says. 0 at high speed: clients then keep to their own interval. */
  retryAfterSeconds: number;
  /** For how long an operation that has ended can still be asked for. */
  memoryMilliseconds: number;
}

export function startPace(speed: number, seed: number): Pace {
  const random = seededRandom(seed);
  return {
    milliseconds: (work) => ((realSeconds[work] * 1000) / speed) * (1 + jitter * random()),
    retryAfterSeconds: Math.round(realRetryAfterSeconds / speed),
    memoryMilliseconds: (realMemorySeconds * 1000) / speed,
  };
}

/** Mulberry32: small, good enough for durations, the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

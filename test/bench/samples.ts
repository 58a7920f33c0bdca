/** Measured durations, and how they are shown. */

export interface Samples {
  count: number;
  /** Of all callers together. */
  perSecond: number;
  /** Milliseconds that `share` percent of the samples did not exceed. */
  percentile(share: number): number;
}

export function samplesOf(milliseconds: readonly number[], totalMs: number): Samples {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  return {
    count: sorted.length,
    perSecond: (sorted.length / totalMs) * 1000,
    percentile: (share) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? 0,
  };
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

export function table(lines: readonly { what: string; samples: Samples }[], floor: Samples): string {
  const head = ['', 'samples', 'per s', 'p50 ms', 'p95 ms', 'p99 ms', 'p50 / floor'];
  const rows = lines.map(({ what, samples }) => [
    what,
    String(samples.count),
    samples.perSecond.toFixed(0),
    samples.percentile(50).toFixed(2),
    samples.percentile(95).toFixed(2),
    samples.percentile(99).toFixed(2),
    (samples.percentile(50) / floor.percentile(50)).toFixed(1),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

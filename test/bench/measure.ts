/** Measures and prints: medians and ratios, because the machine is shared and absolute numbers drift. */

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  /** Per second, over the whole run. */
  rate: number;
}

/** Runs `work` `times` times with `callers` at once; milliseconds per call. */
export async function measure(
  times: number,
  callers: number,
  work: (index: number) => Promise<unknown>,
): Promise<Spread> {
  const took: number[] = [];
  let next = 0;
  async function caller(): Promise<void> {
    while (next < times) {
      const index = next;
      next += 1;
      const started = performance.now();
      await work(index);
      took.push(performance.now() - started);
    }
  }
  const started = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - started) / 1000;
  return { ...spreadOf(took), rate: times / seconds };
}

export function spreadOf(took: readonly number[]): Omit<Spread, 'rate'> {
  const sorted = took.toSorted((left, right) => left - right);
  function at(share: number): number {
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  }
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export interface Row {
  what: string;
  spread: Omit<Spread, 'rate'> & { rate?: number };
  /** Median of what it is compared with, measured in the same run. */
  floorMs?: number;
}

export function printRows(title: string, rows: readonly Row[]): void {
  process.stdout.write(
    `\n${title}\n${'what'.padEnd(52)}${'p50 ms'.padStart(9)}${'p95'.padStart(9)}${'p99'.padStart(9)}${'per s'.padStart(9)}${'x floor'.padStart(9)}\n`,
  );
  for (const { what, spread, floorMs } of rows) {
    const cells = [
      spread.p50.toFixed(2),
      spread.p95.toFixed(2),
      spread.p99.toFixed(2),
      spread.rate === undefined ? '' : spread.rate.toFixed(0),
      floorMs === undefined ? '' : (spread.p50 / floorMs).toFixed(1),
    ];
    process.stdout.write(`${what.padEnd(52)}${cells.map((cell) => cell.padStart(9)).join('')}\n`);
  }
}

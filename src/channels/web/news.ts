/** Tells whoever waits in this process that the transcript has changed. */
export interface News {
  /** Grows with every change; hand it to `after` to miss none in between. */
  count(): number;
  changed(): void;
  /** Resolves true at the next change after `count`, false after `timeoutMs` or when the signal ends. */
  after(count: number, timeoutMs: number, signal: AbortSignal): Promise<boolean>;
}

export function createNews(): News {
  let changes = 0;
  const waiting = new Set<() => void>();
  return {
    count: () => changes,
    changed: () => {
      changes += 1;
      for (const wake of waiting) {
        wake();
      }
    },
    after: (count, timeoutMs, signal) =>
      new Promise((resolve) => {
        function end(): void {
          clearTimeout(timer);
          waiting.delete(end);
          signal.removeEventListener('abort', end);
          resolve(changes > count);
        }
        const timer = setTimeout(end, timeoutMs);
        waiting.add(end);
        signal.addEventListener('abort', end);
        if (changes > count || signal.aborted) {
          end();
        }
      }),
  };
}

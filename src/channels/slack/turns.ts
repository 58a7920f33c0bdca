/** One thing at a time per key, in the order in which it was asked for: of two revisions the newer one goes out last. */

export interface Turns {
  run<Value>(key: string, work: () => Promise<Value>): Promise<Value>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) {
          last.delete(key);
        }
      }
    },
  };
}

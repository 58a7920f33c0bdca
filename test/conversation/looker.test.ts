import { describe, expect, it } from 'vitest';
import { createLooker } from '../../src/conversation/looker.ts';

/** Looks that end when the test says so. */
function openLooker() {
  const looks: PromiseWithResolvers<void>[] = [];
  const failures: unknown[] = [];
  const looker = createLooker(
    () => {
      const look = Promise.withResolvers<void>();
      looks.push(look);
      return look.promise;
    },
    (error) => failures.push(error),
  );
  return { looker, looks, failures };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('a looker', () => {
  it('looks once more, and only once, when it was called during a look', async () => {
    const { looker, looks } = openLooker();
    looker.wake();
    looker.wake();
    looker.wake();
    expect(looks).toHaveLength(1);

    looks[0]?.resolve();
    await turn();
    looks[1]?.resolve();
    await turn();

    expect(looks).toHaveLength(2);
  });

  it('hears a call that comes in the very moment in which a look ends', async () => {
    const { looker, looks } = openLooker();
    looker.wake();
    const called = looks[0]?.promise.then(() => Promise.resolve()).then(() => looker.wake());

    looks[0]?.resolve();
    await called;
    await turn();

    expect(looks).toHaveLength(2);
  });

  it('tells when a look fails, and looks again at the next call', async () => {
    const { looker, looks, failures } = openLooker();
    looker.wake();
    looks[0]?.reject(new Error('no database'));
    await turn();

    looker.wake();

    expect(failures).toEqual([new Error('no database')]);
    expect(looks).toHaveLength(2);
  });

  it('stops when the look in progress has ended, and looks no more', async () => {
    const { looker, looks } = openLooker();
    looker.wake();
    looker.wake();
    let isOver = false;
    const stopped = looker.stop().then(() => {
      isOver = true;
    });
    await turn();
    expect(isOver).toBe(false);

    looks[0]?.resolve();
    await stopped;
    looker.wake();

    expect(looks).toHaveLength(1);
  });
});

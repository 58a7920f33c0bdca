import { expect, it } from 'vitest';
import { createTurns } from '../../../../src/channels/slack/turns.ts';

it('does one thing at a time per key, in order, also after one that failed', async () => {
  const turns = createTurns();
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();

  const first = turns.run('a', async () => {
    await gate.promise;
    done.push('first');
    throw new Error('no');
  });
  const second = turns.run('a', () => Promise.resolve(done.push('second')));
  await turns.run('b', () => Promise.resolve(done.push('other')));
  gate.resolve();

  await expect(first).rejects.toThrow('no');
  await second;
  expect(done).toEqual(['other', 'first', 'second']);
});

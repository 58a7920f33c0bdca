import { expect, it } from 'vitest';
import { createCoalescer } from '../../../../src/channels/slack/coalesce.ts';

it('lets the first edit of a message go at once and holds the next one back', () => {
  let at = Temporal.Instant.from('2026-11-20T10:00:00Z');
  const coalescer = createCoalescer(() => at);

  const waits = [coalescer.take('a'), coalescer.take('a'), coalescer.take('b')];
  at = at.add({ milliseconds: 1_000 });
  const later = coalescer.take('a');
  at = at.add({ milliseconds: later });

  expect(waits).toEqual([0, 2_000, 0]);
  expect(later).toBe(1_000);
  expect(coalescer.take('a')).toBe(0);
});

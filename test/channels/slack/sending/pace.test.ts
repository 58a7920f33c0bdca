import { describe, expect, it } from 'vitest';
import { createPace } from '../../../../src/channels/slack/pace.ts';

function clock(): { now: () => Temporal.Instant; pass: (ms: number) => void } {
  let at = Temporal.Instant.from('2026-11-20T10:00:00Z');
  return {
    now: () => at,
    pass: (ms) => {
      at = at.add({ milliseconds: ms });
    },
  };
}

describe('the pace of posts', () => {
  it('lets a few go at once, then about one a second, per channel', () => {
    const { now, pass } = clock();
    const pace = createPace(now, () => 0);

    const first = [1, 2, 3, 4, 5].map(() => pace.take('chat.postMessage', 'C1'));
    const other = pace.take('chat.postMessage', 'C2');
    pass(1_000);
    const later = [pace.take('chat.postMessage', 'C1'), pace.take('chat.postMessage', 'C1')];

    expect(first).toEqual([0, 0, 0, 0, 1_000]);
    expect(other).toBe(0);
    expect(later).toEqual([0, 1_000]);
  });

  it('never lets more go in a minute than a minute’s worth, whatever the channel', () => {
    const { now, pass } = clock();
    const pace = createPace(now, () => 0);

    const waits = Array.from({ length: 201 }, (_, index) => pace.take('chat.postMessage', `C${index}`));
    pass(60_000);

    expect(waits.slice(0, 200)).toEqual(Array.from({ length: 200 }, () => 0));
    expect(waits[200]).toBe(60_000);
    expect(pace.take('chat.postMessage', 'C999')).toBe(0);
  });
});

describe('the pace of edits', () => {
  it('is forty a minute for all channels together, and leaves posts alone', () => {
    const { now } = clock();
    const pace = createPace(now, () => 0);

    const waits = Array.from({ length: 41 }, (_, index) => pace.take('chat.update', `C${index % 5}`));

    expect(waits.filter((wait) => wait === 0)).toHaveLength(40);
    expect(waits.at(-1)).toBe(60_000);
    expect(pace.take('chat.postMessage', 'C1')).toBe(0);
  });
});

describe('a refusal', () => {
  it('holds up posts of its channel only, at least as long as Slack asks', () => {
    const { now, pass } = clock();
    const pace = createPace(now, () => 0);

    const waitMs = pace.backOff('chat.postMessage', 'C1', 7_000);

    expect(waitMs).toBeGreaterThanOrEqual(7_000);
    expect(pace.take('chat.postMessage', 'C1')).toBe(waitMs);
    expect(pace.take('chat.postMessage', 'C2')).toBe(0);
    pass(waitMs);
    expect(pace.take('chat.postMessage', 'C1')).toBe(0);
  });

  it('of an edit holds up all edits, because Slack counts them together', () => {
    const { now } = clock();
    const pace = createPace(now, () => 0);

    pace.backOff('chat.update', 'C1', 3_000);

    expect(pace.take('chat.update', 'C2')).toBe(3_000);
  });

  it('makes the next wait longer, until one goes through', () => {
    const { now } = clock();
    const pace = createPace(now, () => 0.5);
    function wait(): number {
      return pace.backOff('chat.postMessage', 'C1', null);
    }

    const grown = [wait(), wait(), wait()];
    pace.eased('chat.postMessage', 'C1');

    expect(grown).toEqual(grown.toSorted((left, right) => left - right));
    expect(new Set(grown).size).toBe(3);
    expect(wait()).toBe(grown[0]);
  });
});

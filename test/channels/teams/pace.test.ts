import { expect, it } from 'vitest';
import { createPace } from '../../../src/channels/teams/pace.ts';

function openPace(random = 0) {
  const clock = { ms: 1_000_000 };
  const pace = createPace(
    () => Temporal.Instant.fromEpochMilliseconds(clock.ms),
    () => random,
  );
  return { clock, pace };
}

it('lets seven messages a second into a thread, and an eighth a second later', () => {
  const { clock, pace } = openPace();

  const waits = Array.from({ length: 8 }, () => pace.take('a'));
  clock.ms += waits[7] ?? 0;

  expect(waits.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(waits[7]).toBeGreaterThanOrEqual(1_000);
  expect(pace.take('a')).toBe(0);
});

it('lets sixty messages into a thread within half a minute', () => {
  const { clock, pace } = openPace();
  for (let index = 0; index < 60; index += 1) {
    clock.ms += 300;
    expect(pace.take('a')).toBe(0);
  }

  clock.ms += 300;

  expect(pace.take('a')).toBeGreaterThan(10_000);
});

it('counts threads apart, but not more than thirty messages a second in all', () => {
  const { pace } = openPace();

  const waits = Array.from({ length: 31 }, (_none, index) => pace.take(`thread ${index}`));

  expect(waits.slice(0, 30).every((wait) => wait === 0)).toBe(true);
  expect(waits[30]).toBeGreaterThan(0);
});

it('counts a message that had to wait once only', () => {
  const { clock, pace } = openPace();
  Array.from({ length: 7 }, () => pace.take('a'));
  pace.take('a');
  pace.take('a');

  clock.ms += 1_200;

  expect(pace.take('a')).toBe(0);
});

it('waits longer with every refusal, at most half a minute more, and anew after a success', () => {
  const { pace } = openPace();

  const waits = Array.from({ length: 8 }, () => pace.backOff('a', null));
  pace.eased('a');

  expect(waits.slice(0, 3)).toEqual([500, 1_000, 2_000]);
  expect(Math.max(...waits)).toBe(15_000);
  expect(pace.backOff('a', null)).toBe(500);
});

it('waits at least as long as it was asked to, and two never equally long', () => {
  expect(openPace(0).pace.backOff('a', 7_000)).toBe(7_000);
  expect(openPace(0.5).pace.backOff('a', 7_000)).toBe(7_250);
});

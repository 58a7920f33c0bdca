import { expect, it } from 'vitest';
import { personOnCall, type Rotation, rotationSchema } from '../../src/policy/on-call.ts';

const weekly: Rotation = {
  name: 'network',
  zone: 'Europe/Amsterdam',
  start: '2026-01-05T09:00',
  handover: 'weekly',
  people: ['ann', 'bob', 'cas'],
  overrides: [],
};

function onCall(rotation: Rotation, at: string): string {
  const found = personOnCall(rotation, Temporal.Instant.from(at));
  return found === null
    ? 'nobody'
    : `${found.person} until ${found.until.toZonedDateTimeISO(rotation.zone).toString({ timeZoneName: 'never' })}`;
}

it.each([
  ['2026-01-05T08:59+01:00', 'nobody'],
  ['2026-01-05T09:00+01:00', 'ann until 2026-01-12T09:00:00+01:00'],
  ['2026-01-12T08:59+01:00', 'ann until 2026-01-12T09:00:00+01:00'],
  ['2026-01-12T09:00+01:00', 'bob until 2026-01-19T09:00:00+01:00'],
  ['2026-01-26T09:00+01:00', 'ann until 2026-02-02T09:00:00+01:00'],
  ['2026-03-29T12:00+02:00', 'cas until 2026-03-30T09:00:00+02:00'],
  ['2026-03-30T08:59+02:00', 'cas until 2026-03-30T09:00:00+02:00'],
  ['2026-03-30T09:00+02:00', 'ann until 2026-04-06T09:00:00+02:00'],
])('weekly, at %s: %s', (at, expected) => {
  expect(onCall(weekly, at)).toBe(expected);
});

it.each([
  ['2026-01-13T10:00+01:00', 'bob until 2026-01-14T12:00:00+01:00'],
  ['2026-01-14T12:00+01:00', 'cas until 2026-01-15T12:00:00+01:00'],
  ['2026-01-15T12:00+01:00', 'bob until 2026-01-19T09:00:00+01:00'],
  ['2026-01-18T20:00+01:00', 'bob until 2026-01-19T09:00:00+01:00'],
  ['2026-01-19T20:00+01:00', 'cas until 2026-01-26T09:00:00+01:00'],
  ['2026-01-25T20:00+01:00', 'cas until 2026-01-26T09:00:00+01:00'],
])('with overrides, at %s: %s', (at, expected) => {
  const overrides = [
    { from: '2026-01-14T12:00', to: '2026-01-15T12:00', person: 'ann' },
    { from: '2026-01-14T12:00', to: '2026-01-15T12:00', person: 'cas' },
    { from: '2026-01-19T00:00', to: '2026-01-19T09:00', person: 'bob' },
  ];

  expect(onCall({ ...weekly, overrides }, at)).toBe(expected);
});

it('names the next handover when the same person goes on', () => {
  expect(onCall({ ...weekly, people: ['ann'] }, '2026-01-06T00:00Z')).toBe('ann until 2026-01-12T09:00:00+01:00');
});

it.each(['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'UTC'])(
  'agrees with counting days one by one in %s',
  (zone) => {
    // 02:30 does not exist on the night in which summer time begins, and exists twice when it ends.
    const rotation: Rotation = { ...weekly, zone, start: '2026-01-05T02:30', handover: 'daily' };
    const handovers = Array.from(
      { length: 400 },
      (_, day) =>
        Temporal.PlainDateTime.from(rotation.start).add({ days: day }).toZonedDateTime(zone).epochMilliseconds,
    );

    const moments = handovers
      .slice(0, -2)
      .flatMap((handover) => [handover, handover + 40_000_000, handover + 85_000_000]);
    const wrong = moments.filter((moment) => {
      const day = handovers.findLastIndex((handover) => handover <= moment);
      const found = personOnCall(rotation, Temporal.Instant.fromEpochMilliseconds(moment));
      return found?.person !== rotation.people[day % 3] || found?.until.epochMilliseconds !== handovers[day + 1];
    });

    expect(wrong).toEqual([]);
  },
);

it.each([
  [{ zone: 'Mars/Olympus' }, 'not a known time zone'],
  [{ start: '2026-01-05' }, 'local date and time'],
  [{ start: '2026-02-30T09:00' }, 'no such date'],
  [{ people: [] }, 'at least one person'],
  [{ overrides: [{ from: '2026-01-15T12:00', to: '2026-01-14T12:00', person: 'ann' }] }, 'end after it begins'],
])('refuses a rotation with %j', (wrong, message) => {
  expect(rotationSchema.safeParse({ ...weekly, ...wrong }).error?.message).toContain(message);
});

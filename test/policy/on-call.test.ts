import { describe, expect, it } from 'vitest';
import { personOnCall, type Rotation, rotationSchema } from '../../src/policy/on-call.ts';
import { rosterOf } from '../../src/policy/roster.ts';

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

// Easter Monday and the Monday after it.
const holidays = ['2026-04-06', '2026-04-13'];

it.each([
  ['2026-04-06T09:00+02:00', 'ann until 2026-04-07T09:00:00+02:00'],
  ['2026-04-07T09:00+02:00', 'bob until 2026-04-14T09:00:00+02:00'],
  ['2026-04-14T09:00+02:00', 'cas until 2026-04-20T09:00:00+02:00'],
])('with holidays, at %s: %s', (at, expected) => {
  expect(onCall({ ...weekly, holidays }, at)).toBe(expected);
});

it('passes over whoever would begin on a holiday, where every day has a turn of its own', () => {
  const daily: Rotation = { ...weekly, handover: 'daily', holidays: ['2026-01-06', '2026-01-07'] };

  expect(onCall(daily, '2026-01-05T09:00+01:00')).toBe('ann until 2026-01-09T09:00:00+01:00');
  expect(onCall(daily, '2026-01-09T09:00+01:00')).toBe('bob until 2026-01-10T09:00:00+01:00');
});

it('begins at its start, also when that is a holiday', () => {
  expect(onCall({ ...weekly, holidays: ['2026-01-05'] }, '2026-01-05T09:00+01:00')).toBe(
    'ann until 2026-01-12T09:00:00+01:00',
  );
});

describe('the roster of a rotation', () => {
  function next(rotation: Rotation, at: string): string {
    const found = rosterOf(rotation).next(Temporal.Instant.from(at));
    return found === null ? 'nobody' : `${found.person} from ${found.from.toString()} until ${found.until.toString()}`;
  }

  it('says who is on call', () => {
    const at = Temporal.Instant.from('2026-01-13T00:00Z');

    expect(rosterOf(weekly).onCallAt(at)).toEqual(personOnCall(weekly, at));
  });

  it.each([
    ['before the first one', '2026-01-01T00:00Z', 'ann from 2026-01-05T08:00:00Z until 2026-01-12T08:00:00Z'],
    ['in a turn', '2026-01-13T00:00Z', 'cas from 2026-01-19T08:00:00Z until 2026-01-26T08:00:00Z'],
  ])('names the next one %s', (_when, at, expected) => {
    expect(next(weekly, at)).toBe(expected);
  });

  it('looks behind an override that hides a whole round', () => {
    const overrides = [{ from: '2026-01-05T09:00', to: '2026-03-02T12:00', person: 'cas' }];

    expect(next({ ...weekly, overrides }, '2026-01-06T00:00Z')).toBe(
      'ann from 2026-03-09T08:00:00Z until 2026-03-16T08:00:00Z',
    );
  });

  it('has nobody else where one person does it all', () => {
    expect(next({ ...weekly, people: ['ann', 'ann'] }, '2026-01-06T00:00Z')).toBe('nobody');
  });
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
  [{ holidays: ['2026-02-30'] }, 'no such date'],
  [{ holidays: ['25 December'] }, 'local date such as 2026-12-25'],
  [{ overrides: [{ from: '2026-01-15T12:00', to: '2026-01-14T12:00', person: 'ann' }] }, 'end after it begins'],
])('refuses a rotation with %j', (wrong, message) => {
  expect(rotationSchema.safeParse({ ...weekly, ...wrong }).error?.message).toContain(message);
});

import { describe, expect, it } from 'vitest';
import { type AdHocFreeze, freezeAt, type FreezeWindow } from '../../src/policy/freeze.ts';

const yearEnd: FreezeWindow = {
  name: 'year-end',
  zone: 'Europe/Amsterdam',
  every: null,
  from: '2026-12-18T18:00',
  until: '2027-01-04T09:00',
  environments: ['mendix-prod'],
  mode: 'wait',
  reason: 'the books are closed',
};

const order: AdHocFreeze = {
  id: 'f1',
  by: 'ada',
  at: '2026-12-20T10:00:00Z',
  reason: 'the bank is migrating',
  environments: null,
  mode: 'second-approval',
  from: '2026-12-20T10:00:00Z',
  until: '2026-12-24T10:00:00Z',
};

function frozen(windows: readonly FreezeWindow[], adHoc: readonly AdHocFreeze[], at: string): string {
  const found = freezeAt(windows, adHoc, { environment: 'mendix-prod', at: Temporal.Instant.from(at) });
  return found === null ? 'free' : `${found.mode} until ${found.until?.toString() ?? 'further notice'}`;
}

it.each([
  ['2026-12-18T16:59:59Z', 'free'],
  ['2026-12-18T17:00:00Z', 'wait until 2027-01-04T08:00:00Z'],
  ['2027-01-04T07:59:59Z', 'wait until 2027-01-04T08:00:00Z'],
  ['2027-01-04T08:00:00Z', 'free'],
  ['2027-12-20T00:00:00Z', 'free'],
])('once, at %s: %s', (at, expected) => {
  expect(frozen([yearEnd], [], at)).toBe(expected);
});

it.each([
  ['2026-12-20T00:00:00Z', 'wait until 2027-01-04T08:00:00Z'],
  ['2027-01-03T00:00:00Z', 'wait until 2027-01-04T08:00:00Z'],
  ['2027-01-05T00:00:00Z', 'free'],
  ['2040-12-31T23:59:00Z', 'wait until 2041-01-04T08:00:00Z'],
])('every year, over its end, at %s: %s', (at, expected) => {
  expect(frozen([{ ...yearEnd, every: 'year', from: '12-18T18:00', until: '01-04T09:00' }], [], at)).toBe(expected);
});

const quarterly: FreezeWindow = {
  ...yearEnd,
  zone: 'UTC',
  every: 'quarter',
  from: '03-17T00:00',
  until: '01-01T00:00',
};

it.each([
  ['2026-03-16T23:59:59Z', 'free'],
  ['2026-03-17T00:00:00Z', 'wait until 2026-04-01T00:00:00Z'],
  ['2026-06-30T23:59:59Z', 'wait until 2026-07-01T00:00:00Z'],
  ['2026-07-01T00:00:00Z', 'free'],
  ['2026-12-20T00:00:00Z', 'wait until 2027-01-01T00:00:00Z'],
  ['2026-05-20T00:00:00Z', 'free'],
])('every quarter, at %s: %s', (at, expected) => {
  expect(frozen([quarterly], [], at)).toBe(expected);
});

it('takes the last day of a month for one that it does not have', () => {
  const window = { ...quarterly, from: '02-31T00:00', until: '03-01T00:00' };

  expect(frozen([window], [], '2026-02-28T12:00:00Z')).toBe('wait until 2026-03-01T00:00:00Z');
  expect(frozen([window], [], '2026-05-30T12:00:00Z')).toBe('free');
  expect(frozen([window], [], '2026-05-31T12:00:00Z')).toBe('wait until 2026-06-01T00:00:00Z');
});

it('holds for the named environments only', () => {
  const at = Temporal.Instant.from('2026-12-20T00:00:00Z');

  expect(freezeAt([yearEnd], [], { environment: 'mendix-acc', at })).toBeNull();
  expect(freezeAt([{ ...yearEnd, environments: null }], [], { environment: 'mendix-acc', at })).not.toBeNull();
  expect(freezeAt([], [{ ...order, environments: ['mendix-uat'] }], { environment: 'mendix-acc', at })).toBeNull();
});

describe('several at once', () => {
  const wait: AdHocFreeze = { ...order, mode: 'wait' };

  it.each<[string, readonly FreezeWindow[], readonly AdHocFreeze[], string]>([
    [
      'waits for the wait, not for what only needs a second approval',
      [],
      [{ ...wait, until: '2026-12-22T10:00:00Z' }, order],
      'wait until 2026-12-22T10:00:00Z',
    ],
    ['waits for the later end', [yearEnd], [wait], 'wait until 2027-01-04T08:00:00Z'],
    [
      'waits through one that begins where another ends',
      [],
      [wait, { ...wait, id: 'f2', from: '2026-12-24T10:00:00Z', until: '2026-12-25T00:00:00Z' }],
      'wait until 2026-12-25T00:00:00Z',
    ],
    [
      'needs a second approval as long as anything holds',
      [],
      [order, { ...wait, from: '2026-12-23T00:00:00Z', until: '2026-12-28T00:00:00Z' }],
      'second-approval until 2026-12-28T00:00:00Z',
    ],
    ['has no end when one of them has none', [yearEnd], [{ ...wait, until: null }], 'wait until further notice'],
    [
      'has no end when one without begins before',
      [yearEnd],
      [{ ...wait, from: '2027-01-01T00:00:00Z', until: null }],
      'wait until further notice',
    ],
    [
      'has no end when the calendar leaves no gap',
      [
        { ...quarterly, from: '01-01T00:00', until: '03-01T00:00' },
        { ...quarterly, from: '03-01T00:00', until: '01-01T00:00' },
      ],
      [],
      'wait until further notice',
    ],
  ])('%s', (_what, windows, adHoc, expected) => {
    expect(frozen(windows, adHoc, '2026-12-21T12:00:00Z')).toBe(expected);
  });

  it('tells every reason of what decides, and who ordered it', () => {
    const at = Temporal.Instant.from('2026-12-21T12:00:00Z');
    const found = freezeAt([yearEnd], [wait, { ...order, id: 'f2', reason: 'a rehearsal' }], {
      environment: 'mendix-prod',
      at,
    });

    expect(found).toMatchObject({ why: '“year-end”: the books are closed; the bank is migrating', by: ['ada'] });
  });
});

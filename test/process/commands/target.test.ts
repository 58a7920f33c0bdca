import { describe, expect, it } from 'vitest';
import { targetLines } from '../../../src/process/commands/target.ts';
import { amsterdam, weekOf } from '../../policy/clock-cases.ts';
import { answerValues } from './lines.ts';

const request = {
  id: 'x',
  severity: 'critical',
  startUtc: '2026-11-20T15:18:00Z',
  calendar: { ...amsterdam, holidays: [] },
  pauseOnHold: false,
  events: [],
};

async function targetOf(changes: Record<string, unknown>) {
  const [line] = (await answerValues(targetLines, { ...request, ...changes })).lines;
  return line ?? {};
}

const running = {
  id: 'x',
  dueUtc: '2026-11-23T09:18:00Z',
  state: 'running',
  dueLocal: '2026-11-23T10:18:00+01:00',
};

it('has every key in its order', async () => {
  const { text, exitCode } = await answerValues(targetLines, request, { ...request, id: 'low', severity: 'low' });

  expect(text).toBe(
    '{"id":"x","dueUtc":"2026-11-23T09:18:00Z","state":"running","dueLocal":"2026-11-23T10:18:00+01:00"}\n' +
      '{"id":"low","dueUtc":null,"state":"no-target","dueLocal":null}\n',
  );
  expect(exitCode).toBe(0);
});

it('goes without what may be missing, null or empty', async () => {
  const { pauseOnHold: _pause, events: _events, ...least } = request;
  const nothing = { pauseOnHold: null, events: null, calendar: { ...amsterdam, holidays: null } };

  expect((await answerValues(targetLines, least, { ...request, ...nothing })).lines).toEqual([running, running]);
  expect(await targetOf({ pauseOnHold: '', events: '' })).toEqual(running);
});

it.each([
  '2026-11-20T15:18Z',
  '2026-11-20T15:18:00.000Z',
  '2026-11-20T16:18+01:00',
  '2026-11-20T10:18:00-05:00',
  '2026-11-20T21:03+05:45',
  '20261120T151800Z',
])('reads the start %s', async (startUtc) => {
  expect(await targetOf({ startUtc })).toEqual(running);
});

it('keeps seconds, and knows no now', async () => {
  expect(await targetOf({ startUtc: '2001-11-20T15:18:30Z' })).toMatchObject({
    state: 'running',
    dueUtc: '2001-11-21T09:18:30Z',
  });
});

describe('events', () => {
  const pause = { at: '2026-11-23T08:30Z', type: 'pause' };
  const resume = { at: '2026-11-23T09:30Z', type: 'resume', to: null };
  const higher = { at: '2026-11-21T09:30Z', type: 'severity', to: 'high' };

  it('count in any order', async () => {
    const events = [resume, higher, pause];

    expect(await targetOf({ events, pauseOnHold: true })).toMatchObject({ dueUtc: '2026-11-24T08:18:00Z' });
  });

  it('do not pause unless it is asked for, but change the severity', async () => {
    expect(await targetOf({ events: [pause] })).toEqual(running);
    expect(await targetOf({ events: [higher] })).toMatchObject({ dueUtc: '2026-11-23T15:18:00Z' });
  });

  it.each([
    ['a pause without end', [pause], { state: 'paused', dueUtc: null, dueLocal: null }],
    ['a pause at the due instant', [{ ...pause, at: '2026-11-23T09:18:00Z' }], running],
    ['a pause after it', [{ ...pause, at: '2026-11-25T09:18:00Z' }], running],
    ['no target and a pause', [pause, { ...higher, to: 'low' }], { state: 'no-target', dueUtc: null, dueLocal: null }],
  ])('%s', async (_what, events, expected) => {
    expect(await targetOf({ events, pauseOnHold: true })).toMatchObject(expected);
  });
});

describe('an error', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a calendar without any window', { calendar: { zone: 'UTC', week: {}, holidays: [] } }, /at least one day needs/],
    ['days without windows', { calendar: { zone: 'UTC', week: { 1: [] }, holidays: [] } }, /at least one day needs/],
    ['an unknown zone', { calendar: { ...amsterdam, zone: 'Mars/Base' } }, /calendar\.zone: not a known time zone/],
    ['no calendar', { calendar: null }, /write an object with the keys zone, week, holidays/],
    [
      'an unknown key of the calendar',
      { calendar: { ...amsterdam, hours: 8 } },
      /hours: no such key; the keys are zone/,
    ],
    [
      'a day that there is not',
      { calendar: { zone: 'UTC', week: weekOf('08', ['09:00', '17:00']) } },
      /calendar\.week\.0/,
    ],
    [
      'windows that overlap',
      { calendar: { zone: 'UTC', week: weekOf('1', ['09:00', '12:00'], ['11:59', '13:00']) } },
      /must not overlap/,
    ],
    ['an event before the start', { events: [{ at: '2026-11-20T15:17:59Z', type: 'pause' }] }, /lies before the start/],
    ['an unknown severity', { severity: 'urgent' }, /severity: write one of critical, high, medium, low/],
    ['no severity', { severity: null }, /severity: write one of/],
    [
      'a start without an offset',
      { startUtc: '2026-11-20T15:18:00' },
      /startUtc: write an instant with Z or an offset/,
    ],
    ['a day that is none', { startUtc: '2026-02-30T15:18:00Z' }, /startUtc: write an instant/],
    ['a start with a zone', { startUtc: '2026-11-20T15:18:00+01:00[Europe/Amsterdam]' }, /startUtc: write an instant/],
    ['no start', { startUtc: null }, /startUtc: write an instant/],
    ['a number as a start', { startUtc: 1_763_651_880 }, /startUtc: write an instant/],
    [
      'an unknown event',
      { events: [{ at: '2026-11-21T00:00Z', type: 'stop' }] },
      /events\.0\.type: write one of severity, pause, resume/,
    ],
    ['an event without a time', { events: [{ type: 'pause' }] }, /events\.0\.at: write an instant/],
    [
      'an event without its severity',
      { events: [{ at: '2026-11-21T00:00Z', type: 'severity' }] },
      /events\.0\.to: write one of critical/,
    ],
    ['an event that is none', { events: [null] }, /events\.0: write an object/],
    [
      'an unknown key of an event',
      { events: [{ at: '2026-11-21T00:00Z', type: 'pause', by: 'x' }] },
      /events\.0: an unknown key; the keys are at, type, to/,
    ],
    ['events that are no list', { events: {} }, /events: write a list/],
    ['a pause that is neither', { pauseOnHold: 'yes' }, /pauseOnHold: write true or false/],
    [
      'an unknown key',
      { zone: 'UTC' },
      /"zone" is not one of the keys id, severity, startUtc, calendar, pauseOnHold, events/,
    ],
  ])('%s', async (_what, changes, error) => {
    const { lines, exitCode } = await answerValues(targetLines, request, { ...request, ...changes }, request);

    expect(lines).toEqual([running, { id: 'x', error: expect.stringMatching(error) }, running]);
    expect(exitCode).toBe(1);
  });
});

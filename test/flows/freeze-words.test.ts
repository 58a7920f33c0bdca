import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type FreezeReader, readFreeze } from '../../src/flows/freeze-words.ts';

/** A Monday, 10:00 in Amsterdam. */
const reader: FreezeReader = {
  at: '2026-03-02T09:00:00.000Z',
  zone: 'Europe/Amsterdam',
  known: ['mendix-prod', 'mendix-acc', 'eu.west-1'],
};

function until(text: string, more: Partial<FreezeReader> = {}): string | null {
  const reading = readFreeze(`mendix-prod ${text}: go-live`, { ...reader, ...more });
  if (reading?.kind !== 'freeze') {
    throw new Error(`Reading “${text}”: ${reading?.because ?? 'no freeze'}`);
  }
  return reading.freeze.until;
}

function problem(text: string): string {
  const reading = readFreeze(text, reader);
  return reading?.kind === 'problem' ? reading.because : `no problem: ${JSON.stringify(reading)}`;
}

describe('the end of a freeze', () => {
  it.each([
    ['until friday 18:00', '2026-03-06T17:00:00.000Z'],
    ['until Fri 18:00', '2026-03-06T17:00:00.000Z'],
    ['until monday at 12:30', '2026-03-02T11:30:00.000Z'],
    ['until monday 09:00', '2026-03-09T08:00:00.000Z'],
    ['until today 12:00', '2026-03-02T11:00:00.000Z'],
    ['until tomorrow 8:00', '2026-03-03T07:00:00.000Z'],
    ['until 12:00', '2026-03-02T11:00:00.000Z'],
    ['until 2026-12-01 08:00', '2026-12-01T07:00:00.000Z'],
    ['until 2026-12-01T08:00', '2026-12-01T07:00:00.000Z'],
    ['for 2 hours', '2026-03-02T11:00:00.000Z'],
    ['for an hour', '2026-03-02T10:00:00.000Z'],
    ['for 90 minutes', '2026-03-02T10:30:00.000Z'],
    ['for 3 days', '2026-03-05T09:00:00.000Z'],
    ['for one week', '2026-03-09T09:00:00.000Z'],
  ])('of “%s” is local to whoever writes', (text, instant) => {
    expect(until(text)).toBe(instant);
  });

  it('is open when somebody has to lift it', () => {
    expect(until('until further notice')).toBeNull();
    expect(until('until lifted')).toBeNull();
    expect(until('until I lift it')).toBeNull();
  });

  it('keeps the local time of day when the clocks change', () => {
    expect(until('for 30 days')).toBe('2026-04-01T08:00:00.000Z');
    expect(until('until 2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(until('until friday 18:00', { zone: 'America/New_York' })).toBe('2026-03-06T23:00:00.000Z');
  });

  it('lies ahead, whatever the weekday and the hour', () => {
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    fc.assert(
      fc.property(
        fc.constantFrom(...days),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 60 * 24 * 400 }),
        fc.constantFrom('Europe/Amsterdam', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'),
        (day, hour, minutes, zone) => {
          const at = Temporal.Instant.from(reader.at).add({ minutes });
          const end = until(`until ${day} ${hour}:15`, { at: at.toString(), zone });

          const ahead = at.until(end ?? '', { largestUnit: 'hours' }).total('hours');
          expect(ahead).toBeGreaterThan(0);
          expect(ahead).toBeLessThanOrEqual(7 * 24 + 2);
          const local = Temporal.Instant.from(end ?? '').toZonedDateTimeISO(zone);
          expect(days[local.dayOfWeek - 1]).toBe(day);
        },
      ),
    );
  });
});

describe('a freeze', () => {
  it('names environments, or all of them, with the reason in the words of whoever orders it', () => {
    expect(readFreeze('mendix-prod, MENDIX-ACC until friday 18:00: go-live of billing: phase 2', reader)).toEqual({
      kind: 'freeze',
      freeze: {
        environments: ['mendix-prod', 'mendix-acc'],
        until: '2026-03-06T17:00:00.000Z',
        mode: 'wait',
        reason: 'go-live of billing: phase 2',
      },
    });
    expect(readFreeze('all for 2 hours because we look for a fault', reader)).toMatchObject({
      freeze: { environments: null, reason: 'we look for a fault' },
    });
    expect(readFreeze('eu.west-1 and mendix-prod for 1 day: x', reader)).toMatchObject({
      freeze: { environments: ['eu.west-1', 'mendix-prod'] },
    });
  });

  it('can ask for a second approval in place of waiting', () => {
    expect(readFreeze('mendix-prod until friday 18:00 with second approval: audit', reader)).toMatchObject({
      kind: 'freeze',
      freeze: { mode: 'second-approval', until: '2026-03-06T17:00:00.000Z', reason: 'audit' },
    });
    expect(readFreeze('all for 2 days, with a second approval: audit', reader)).toMatchObject({
      freeze: { mode: 'second-approval', environments: null },
    });
  });

  it('that cannot be read says how it is written', () => {
    expect(problem('mendix-prod until friday 18:00')).toMatch(/^Say why/);
    expect(problem('mendix-prod: go-live')).toMatch(/^Say until when/);
    expect(problem('mendix-prod until next christmas: x')).toContain('I cannot read “next christmas” as a time');
    expect(problem('mendix-prod until 2026-02-30 10:00: x')).toContain('I cannot read');
    expect(problem('mendix-prod until 25:00: x')).toContain('I cannot read');
    expect(problem('mendix-prod until 2026-03-01 10:00: x')).toContain('is over already');
    expect(problem('mendix-prod until today 10:00: x')).toContain('is over already');
    expect(problem('mendix-prod for 0 hours: x')).toContain('no time');
    expect(problem('mendix-test until friday 18:00: x')).toBe(
      'I know no environment “mendix-test”. There are mendix-prod, mendix-acc, eu.west-1; “all” means each of them.',
    );
  });

  it('is not meant by everything that begins with the word', () => {
    expect(readFreeze('frames in the app after the upgrade', reader)).toBeNull();
    expect(readFreeze('screen when opening orders: it hangs', reader)).toBeNull();
  });

  it('is looked for in the longest message that anybody can send', () => {
    expect(readFreeze(`mendix-prod${' '.repeat(8_000)}until friday 18:00: go-live`, reader)).toMatchObject({
      kind: 'freeze',
    });
    expect(readFreeze(`a${' '.repeat(8_000)}b`, reader)).toBeNull();
  });

  it('never fails on what people write', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const reading = readFreeze(text, reader);
        expect(reading === null || reading.kind === 'problem' || reading.freeze.reason !== '').toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { type Holidays, readHolidays } from '../../src/config/holidays-file.ts';

/** One event of these lines. */
function event(...lines: string[]): string {
  return ['BEGIN:VEVENT', 'UID:one', 'SUMMARY:Day off', ...lines, 'END:VEVENT'].join('\r\n');
}

function calendar(...events: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', ...events, 'END:VCALENDAR'].join('\r\n');
}

function holidaysIn(text: string, zone = 'Europe/Amsterdam'): Holidays {
  const reading = readHolidays(text, zone);
  if (!reading.ok) {
    throw new Error(reading.why);
  }
  return reading.holidays;
}

function datesIn(text: string, zone?: string): string[] {
  return Object.keys(holidaysIn(text, zone));
}

describe('an all-day event', () => {
  it.each<[string, string[], string[]]>([
    ['without an end is one day', [], ['2026-12-25']],
    ['ends before its end date', ['DTEND;VALUE=DATE:20261228'], ['2026-12-25', '2026-12-26', '2026-12-27']],
    ['may say how long it lasts', ['DURATION:P2D'], ['2026-12-25', '2026-12-26']],
    ['that ends on its first day is that day', ['DTEND;VALUE=DATE:20261225'], ['2026-12-25']],
    ['that is cancelled is none', ['STATUS:CANCELLED'], []],
    ['that is shown as free is one all the same', ['TRANSP:TRANSPARENT'], ['2026-12-25']],
  ])('%s', (_what, lines, dates) => {
    expect(datesIn(calendar(event('DTSTART;VALUE=DATE:20261225', ...lines)))).toEqual(dates);
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])('is the same date for an office in %s', (zone) => {
    expect(datesIn(calendar(event('DTSTART;VALUE=DATE:20261225')), zone)).toEqual(['2026-12-25']);
  });

  it('has its title as its name, unfolded and without marks', () => {
    const text = calendar(
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART;VALUE=DATE:20261225',
      'SUMMARY:Christmas\\, first ',
      '  day',
      'END:VEVENT',
    );

    expect(holidaysIn(`\uFEFF${text}`)).toEqual({ '2026-12-25': 'Christmas, first day' });
  });
});

describe('an event with times', () => {
  it.each<[string, string[]]>([
    ['in UTC, from midnight to midnight of the office', ['DTSTART:20261224T230000Z', 'DTEND:20261225T230000Z']],
    ['in UTC, from midnight to midnight there', ['DTSTART:20261225T000000Z', 'DTEND:20261226T000000Z']],
    ['in no zone', ['DTSTART:20261225T000000', 'DTEND:20261226T000000']],
    [
      'in a zone that only its program knows',
      ['DTSTART;TZID=W. Europe Standard Time:20261225T000000', 'DTEND;TZID=W. Europe Standard Time:20261226T000000'],
    ],
    ['in another zone', ['DTSTART;TZID=Asia/Tokyo:20261225T000000', 'DTEND;TZID=Asia/Tokyo:20261226T000000']],
  ])('%s is that day when it is whole', (_what, lines) => {
    expect(datesIn(calendar(event(...lines)))).toEqual(['2026-12-25']);
  });

  it.each([
    [
      ['DTSTART:20261224T130000Z', 'DTEND:20261224T230000Z'],
      /“Day off” begins at 2026-12-24T13:00:00Z\. Only whole days/,
    ],
    [['DTSTART:20261224T000000', 'DTEND:20261224T120000'], /“Day off” ends at 2026-12-24T12:00:00\. Only whole days/],
  ])('%j is refused, because half a day cannot be told', (lines, why) => {
    expect(readHolidays(calendar(event(...lines)), 'Europe/Amsterdam')).toEqual({
      ok: false,
      why: expect.stringMatching(why),
    });
  });
});

describe('a yearly series', () => {
  it.each<[string, string[], string[]]>([
    [
      'ends when it says',
      ['DTSTART;VALUE=DATE:20241225', 'RRULE:FREQ=YEARLY;UNTIL=20261231'],
      ['2024-12-25', '2025-12-25', '2026-12-25'],
    ],
    [
      'may come on a weekday of a month',
      ['DTSTART;VALUE=DATE:20240527', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=3'],
      ['2024-05-27', '2025-05-26', '2026-05-25'],
    ],
    [
      'leaves out years without its day',
      ['DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY;UNTIL=20300101'],
      ['2024-02-29', '2028-02-29'],
    ],
    [
      'leaves out what it says',
      ['DTSTART;VALUE=DATE:20240101', 'RRULE:FREQ=YEARLY;COUNT=3', 'EXDATE;VALUE=DATE:20250101'],
      ['2024-01-01', '2026-01-01'],
    ],
    [
      'lasts as long as its first time',
      ['DTSTART;VALUE=DATE:20241225', 'DTEND;VALUE=DATE:20241227', 'RRULE:FREQ=YEARLY;COUNT=2'],
      ['2024-12-25', '2024-12-26', '2025-12-25', '2025-12-26'],
    ],
    [
      'in UTC follows the day of the office',
      ['DTSTART:20241224T230000Z', 'DTEND:20241225T230000Z', 'RRULE:FREQ=YEARLY;COUNT=2;BYMONTH=12;BYMONTHDAY=24'],
      ['2024-12-25', '2025-12-25'],
    ],
  ])('%s', (_what, lines, dates) => {
    expect(datesIn(calendar(event(...lines)))).toEqual(dates);
  });

  it('without an end is laid out for a hundred years', () => {
    const dates = datesIn(calendar(event('DTSTART;VALUE=DATE:19700101', 'RRULE:FREQ=YEARLY')));

    expect([dates.length, dates[0], dates.at(-1)]).toEqual([100, '2000-01-01', '2099-01-01']);
  });

  it('gives way to an event that takes the place of one day', () => {
    const moved = event('RECURRENCE-ID;VALUE=DATE:20251225', 'DTSTART;VALUE=DATE:20251229');

    expect(datesIn(calendar(event('DTSTART;VALUE=DATE:20241225', 'RRULE:FREQ=YEARLY;COUNT=3'), moved))).toEqual([
      '2024-12-25',
      '2025-12-29',
      '2026-12-25',
    ]);
  });

  it('may be a list of single dates', () => {
    expect(datesIn(calendar(event('DTSTART;VALUE=DATE:20240101', 'RDATE;VALUE=DATE:20240301,20240401')))).toEqual([
      '2024-01-01',
      '2024-03-01',
      '2024-04-01',
    ]);
  });

  it.each(['FREQ=WEEKLY;BYDAY=SU', 'FREQ=YEARLY;BYEASTER=-2', 'RSCALE=CHINESE;FREQ=YEARLY', 'FREQ=YEARLY;BYWEEKNO=20'])(
    'by %s is refused, because it would be laid out wrongly',
    (rule) => {
      expect(readHolidays(calendar(event('DTSTART;VALUE=DATE:20240101', `RRULE:${rule}`)), 'UTC')).toEqual({
        ok: false,
        why: expect.stringContaining('Only yearly series are read'),
      });
    },
  );
});

it('takes several calendars in one file', () => {
  const text = `${calendar(event('DTSTART;VALUE=DATE:20261225'))}\r\n${calendar(event('DTSTART;VALUE=DATE:20260101'))}`;

  expect(datesIn(text)).toEqual(['2026-01-01', '2026-12-25']);
});

it.each([
  ['nothing', '', /it is empty/],
  ['a page instead of a calendar', '<html></html>', /invalid line/],
  ['half a file', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT', /did not end/],
  ['no event', calendar(), /no event/],
  ['no start', calendar(event()), /has no start/],
  ['a day that there is not', calendar(event('DTSTART;VALUE=DATE:20260230')), /begins on 2026-02-30, which is no date/],
  ['a date that is none', calendar(event('DTSTART;VALUE=DATE:soon')), /“Day off”/],
  ['years of holidays', calendar(event('DTSTART;VALUE=DATE:20240101', 'DTEND;VALUE=DATE:20290101')), /lasts 1827 days/],
])('refuses %s', (_what, text, why) => {
  expect(readHolidays(text, 'UTC')).toEqual({ ok: false, why: expect.stringMatching(why) });
});

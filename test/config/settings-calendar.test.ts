import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config/settings-read.ts';
import { describeCalendar, parseCalendar } from '../../src/policy/office-clock.ts';
import { accepted, type Json, person, settings, settingsProblems } from './settings-samples.ts';

function officeHours(json: Json): string {
  const { zone, week, holidays } = accepted(json).calendars.support;
  const { calendar } = parseCalendar({ zone, week, holidays });
  return calendar === undefined ? '' : describeCalendar(calendar);
}

it('takes usual office hours when nobody said any', () => {
  expect(officeHours(settings())).toBe('Mon to Fri 09:00 to 17:00 Europe/Amsterdam');
  expect(officeHours(settings({ calendars: {} }))).toBe('Mon to Fri 09:00 to 17:00 Europe/Amsterdam');
});

it('takes office hours of another desk', () => {
  const support = {
    zone: 'Asia/Riyadh',
    week: {
      '7': [
        ['08:00', '12:00'],
        ['13:00', '24:00'],
      ],
    },
    holidays: ['2026-09-23'],
  };
  const other = { zone: 'UTC', week: { '1': [['00:00', '24:00']] } };

  expect(officeHours(settings({ calendars: { support, other } }))).toBe(
    'Sun 08:00 to 12:00 and 13:00 to 24:00 Asia/Riyadh',
  );
});

it.each<[string, Json, RegExp]>([
  ['a week without a window', { zone: 'UTC', week: {} }, /at least one day needs a window/],
  [
    'windows that overlap',
    {
      zone: 'UTC',
      week: {
        '1': [
          ['09:00', '12:00'],
          ['11:00', '17:00'],
        ],
      },
    },
    /must not overlap/,
  ],
  ['a window across midnight', { zone: 'UTC', week: { '1': [['22:00', '06:00']] } }, /must close after it opens/],
  ['an hour that there is not', { zone: 'UTC', week: { '1': [['09:00', '25:00']] } }, /write times as HH:MM/],
  ['a day that there is not', { zone: 'UTC', week: { '8': [['09:00', '17:00']] } }, /week\["8"\]: is no known key/],
  [
    'a holiday that there is not',
    { zone: 'UTC', week: { '1': [['09:00', '17:00']] }, holidays: ['2026-02-30'] },
    /holidays/,
  ],
  ['a zone that there is not', { zone: 'Mars/Base', week: { '1': [['09:00', '17:00']] } }, /not a known time zone/],
])('refuses %s', (_name, support, problem) => {
  expect(settingsProblems(settings({ calendars: { support } })).join('\n')).toMatch(problem);
});

describe('a holidays file', () => {
  const folder = '/etc/causeway';
  const ics =
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Christmas\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR';
  const week = { '1': [['09:00', '17:00']] };
  const named = settings({
    calendars: { support: { zone: 'UTC', week, holidays: ['2026-12-24'], holidaysFile: 'days/nl.ics' } },
  });

  function read(json: Json, files: Record<string, string>) {
    return readSettings(`${folder}/settings.json`, (path) => {
      const text = path === `${folder}/settings.json` ? JSON.stringify(json) : files[path];
      if (text === undefined) {
        throw new Error('ENOENT: no such file');
      }
      return text;
    });
  }

  it('is read from beside the settings, and adds to the dates that are listed', () => {
    const reading = read(named, { [`${folder}/days/nl.ics`]: ics });

    expect(reading).toMatchObject({
      ok: true,
      files: [`${folder}/days/nl.ics`],
      settings: { calendars: { support: { holidays: ['2026-12-24'], fileHolidays: { '2026-12-25': 'Christmas' } } } },
    });
  });

  it.each([
    ['cannot be read', {}, /"days\/nl.ics" cannot be read \(ENOENT/],
    ['is no calendar', { [`${folder}/days/nl.ics`]: '<html>' }, /"days\/nl.ics" is no list of holidays: invalid line/],
    [
      'has an event of some hours',
      { [`${folder}/days/nl.ics`]: ics.replace(';VALUE=DATE:20261225', ':20261225T120000') },
      /the event “Christmas” begins at 2026-12-25T12:00:00\. Only whole days are read/,
    ],
  ])('that %s is a problem at its place', (_what, files, what) => {
    const reading = read(named, files);

    expect(reading).toMatchObject({
      ok: false,
      files: [`${folder}/days/nl.ics`],
      problems: [{ where: 'settings.json calendars.support.holidaysFile', what: expect.stringMatching(what) }],
    });
  });
});

describe('a calendar for some people', () => {
  const calendars = { apac: { zone: 'Asia/Singapore', week: { '1': [['09:00', '17:00']] } } };

  it('is named beside the person; everybody else has the one of the desk', () => {
    const read = accepted(settings({ people: [person({ calendar: 'apac' }), person({ id: 'tom' })], calendars }));

    expect(read.people.map(({ calendar }) => calendar)).toEqual(['apac', 'support']);
  });

  it('has to be there', () => {
    expect(settingsProblems(settings({ people: [person({ calendar: 'emea' })], calendars }))).toEqual([
      'settings.json people[0].calendar: "emea" is no calendar under calendars. Write one of support, apac.',
    ]);
  });
});

describe('the clock', () => {
  it('warns at three quarters and calls nobody unless it is told otherwise', () => {
    expect(accepted(settings()).clock).toEqual({
      warnAtPercent: { critical: 75, high: 75, medium: 75 },
      escalateTo: null,
    });
    expect(accepted(settings({ clock: { warnAtPercent: { critical: 50 } } })).clock.warnAtPercent).toEqual({
      critical: 50,
      high: 75,
      medium: 75,
    });
  });

  it.each([
    [{ warnAtPercent: { critical: 0 } }, /clock\.warnAtPercent\.critical: is 0\. Write a whole number of per cent/],
    [{ warnAtPercent: { high: 100 } }, /clock\.warnAtPercent\.high: is 100/],
    [{ warnAtPercent: { medium: 33.3 } }, /clock\.warnAtPercent\.medium: is 33\.3/],
    [{ warnAtPercent: { low: 50 } }, /clock\.warnAtPercent\.low: is no known key/],
    [{ escalateTo: 'nobody' }, /clock\.escalateTo: "nobody" is no rotation under onCall/],
  ])('refuses %j', (clock, problem) => {
    expect(settingsProblems(settings({ clock })).join('\n')).toMatch(problem);
  });
});

import { expect, it } from 'vitest';
import { calendarFor } from '../../src/flows/flow.ts';
import { directoryOf } from '../../src/process/directory.ts';
import { accepted, environment, person, rotation, settings } from '../config/settings-samples.ts';

const week = { '1': [['09:00', '17:00']] };

it('gives each person the office hours that the settings name for them, and everybody else those of the desk', () => {
  const read = accepted(
    settings({
      people: [person(), person({ id: 'constructor', calendar: 'apac' }), person({ id: 'tom', calendar: 'support' })],
      environments: [environment],
      calendars: { apac: { zone: 'Asia/Singapore', week }, support: { zone: 'UTC', week } },
    }),
  );

  const directory = directoryOf(read);

  expect(['rosa', 'constructor', 'tom', 'toString'].map((id) => calendarFor(directory, id).zone)).toEqual([
    'UTC',
    'Asia/Singapore',
    'UTC',
    'UTC',
  ]);
});

it('closes the office on listed days and on those of the holidays file, with their names', () => {
  const read = accepted(settings({ calendars: { support: { zone: 'UTC', week, holidays: ['2026-12-24'] } } }));
  const { support } = read.calendars;
  const fileHolidays = { '2026-12-25': 'Christmas', '2026-12-28': '' };

  const { calendar } = directoryOf({ ...read, calendars: { support: { ...support, fileHolidays } } });

  expect(calendar.holidays).toEqual(['2026-12-24', '2026-12-25', '2026-12-28']);
  expect(calendar.holidayNames).toEqual({ '2026-12-25': 'Christmas' });
});

it('has the shares of the clock as parts of one, and the rotation that is called', () => {
  const onCall = [rotation(), rotation({ name: 'desk' })];
  const people = [person({ roles: ['approver'] })];
  const read = accepted(settings({ people, onCall, clock: { warnAtPercent: { high: 50 }, escalateTo: 'desk' } }));

  const { clock } = directoryOf(read);

  expect(clock.warnShare).toEqual({ critical: 0.75, high: 0.5, medium: 0.75 });
  expect(clock.escalation?.name).toBe('desk');
});

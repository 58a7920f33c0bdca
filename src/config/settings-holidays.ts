/** Reads the holidays files that the calendars of the settings name. */
import { dirname, resolve } from 'node:path';
import { readHolidays, type Holidays } from './holidays-file.ts';
import type { Report } from './problem.ts';
import type { Calendar } from './settings-calendar.ts';
import type { Settings, WrittenSettings } from './settings.ts';

export interface CalendarFiles {
  /** The settings file; paths are counted from its folder. */
  file: string;
  readFile: (path: string) => string;
  report: Report;
}

export function holidaysFilesOf(settings: WrittenSettings, file: string): string[] {
  const named = Object.values(settings.calendars).flatMap(({ holidaysFile }) => holidaysFile ?? []);
  return [...new Set(named)].map((path) => resolve(dirname(file), path));
}

export function withHolidays(settings: WrittenSettings, files: CalendarFiles): Settings {
  const calendars = Object.entries(settings.calendars).map(([name, calendar]): [string, Calendar] => [
    name,
    { ...calendar, fileHolidays: holidaysOf(name, calendar, files) },
  ]);
  // The schema sees to it that there is one of this name.
  return { ...settings, calendars: Object.fromEntries(calendars) as Settings['calendars'] };
}

function holidaysOf(name: string, calendar: Omit<Calendar, 'fileHolidays'>, files: CalendarFiles): Holidays {
  const { holidaysFile, zone } = calendar;
  if (holidaysFile === null) {
    return {};
  }
  const path = resolve(dirname(files.file), holidaysFile);
  function problem(what: string, instead: string): Holidays {
    files.report(`calendars.${name}.holidaysFile`, `${JSON.stringify(holidaysFile)} ${what}`, instead);
    return {};
  }
  let text: string;
  try {
    text = files.readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return problem(`cannot be read (${why})`, 'Write its path as counted from the folder of the settings file.');
  }
  const reading = readHolidays(text, zone);
  return reading.ok
    ? reading.holidays
    : problem(
        `is no list of holidays: ${reading.why}`,
        `Mend the iCalendar file ${path}, or list the dates under holidays.`,
      );
}

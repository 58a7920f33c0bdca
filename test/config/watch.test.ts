import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Problem } from '../../src/config/problem.ts';
import { type SettingsChange, settingsDifference } from '../../src/config/settings-difference.ts';
import type { Settings } from '../../src/config/settings.ts';
import { watchSettings } from '../../src/config/watch.ts';
import { exampleJson, load } from './loading.ts';

const { settings } = load('start', {});

/** A watch whose file is a variable and whose change is a call. */
function watched() {
  const seen = { settings: [] as Settings[], changes: [] as SettingsChange[][], problems: [] as Problem[][] };
  let content = '';
  const listeners = new Set<() => void>();
  const stop = watchSettings({
    file: 'settings.json',
    settings,
    readFile: () => content,
    watch: (_file, onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    onChange: (next, changes) => {
      seen.settings.push(next);
      seen.changes.push([...changes]);
    },
    onProblems: (problems) => seen.problems.push([...problems]),
  });
  function write(next: string): void {
    content = next;
    for (const changed of listeners) {
      changed();
    }
  }
  return { seen, stop, write };
}

function exampleWith(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...exampleJson(), ...changes });
}

it('puts new settings in force and tells the difference', () => {
  const { seen, write } = watched();

  write(exampleWith({ tenants: ['5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10'] }));

  expect(seen.settings.map((next) => next.tenants)).toEqual([['5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10']]);
  expect(seen.changes).toEqual([[{ path: 'tenants', before: [], after: ['5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10'] }]]);
  expect(seen.problems).toEqual([]);
});

it('keeps the old settings when the new ones have problems, and goes on when they are mended', () => {
  const { seen, write } = watched();

  write(exampleWith({ zendesk: { desk: 'mine' }, tenants: [7] }));
  write('{"people":');
  write(exampleWith({ zendesk: { desk: 'own' } }));

  expect(seen.problems.map((problems) => problems.map((problem) => problem.where))).toEqual([
    ['settings.json tenants[0]', 'settings.json zendesk.desk'],
    ['settings.json'],
  ]);
  expect(seen.changes).toEqual([[{ path: 'zendesk.desk', before: 'provider', after: 'own' }]]);
});

it('is silent about a file that says the same in other words', () => {
  const { seen, write } = watched();

  write(JSON.stringify(exampleJson(), null, 8));

  expect(seen).toEqual({ settings: [], changes: [], problems: [] });
});

it('compares with the version in force, not with the first one', () => {
  const { seen, write } = watched();

  write(exampleWith({ zendesk: { desk: 'own' } }));
  write(exampleWith({}));

  expect(seen.changes.at(-1)).toEqual([{ path: 'zendesk.desk', before: 'own', after: 'provider' }]);
});

it('ends', () => {
  const { seen, stop, write } = watched();

  stop();
  write(exampleWith({ tenants: [], zendesk: { desk: 'own' } }));

  expect(seen.settings).toEqual([]);
});

it('notices a real file that is written', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-watch-'));
  const file = join(directory, 'settings.json');
  writeFileSync(file, exampleWith({}));
  const { promise, resolve } = Promise.withResolvers<readonly SettingsChange[]>();
  const stop = watchSettings({
    file,
    settings,
    onChange: (_next, changes) => resolve(changes),
    onProblems: () => undefined,
  });
  // Again and again, because the first look at the file may come after the first writing.
  const writer = setInterval(() => writeFileSync(file, exampleWith({ zendesk: { desk: 'own' } })), 100);
  onTestFinished(() => {
    clearInterval(writer);
    stop();
    rmSync(directory, { recursive: true });
  });

  await expect(promise).resolves.toMatchObject([{ path: 'zendesk.desk' }]);
});

it.each<[string, unknown, unknown, SettingsChange[]]>([
  ['nothing', { a: [1] }, { a: [1] }, []],
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', before: 1, after: 2 }]],
  ['a new key', { a: {} }, { a: { b: 1 } }, [{ path: 'a.b', before: null, after: 1 }]],
  ['a lost key', { a: { b: 1 } }, { a: {} }, [{ path: 'a.b', before: 1, after: null }]],
  [
    'a person who moved and changed',
    {
      people: [
        { id: 'rosa', roles: [] },
        { id: 'bob', roles: [] },
      ],
    },
    {
      people: [
        { id: 'bob', roles: ['admin'] },
        { id: 'rosa', roles: [] },
      ],
    },
    [{ path: 'people[bob].roles', before: [], after: ['admin'] }],
  ],
  [
    'a person who left',
    { people: [{ id: 'rosa' }, { id: 'bob' }] },
    { people: [{ id: 'rosa' }] },
    [{ path: 'people[bob]', before: { id: 'bob' }, after: null }],
  ],
  [
    'the order of a rotation',
    { people: ['a', 'b'] },
    { people: ['b', 'a'] },
    [{ path: 'people', before: ['a', 'b'], after: ['b', 'a'] }],
  ],
  [
    'the order of rules',
    { onCall: [{ name: 'a' }, { name: 'b' }] },
    { onCall: [{ name: 'b' }, { name: 'a' }] },
    [{ path: 'onCall', before: [{ name: 'a' }, { name: 'b' }], after: [{ name: 'b' }, { name: 'a' }] }],
  ],
])('tells the difference of %s', (_name, before, after, changes) => {
  expect(settingsDifference(before, after)).toEqual(changes);
});

describe('the holidays file of a calendar', () => {
  const folder = '/etc/causeway';
  const main = `${folder}/settings.json`;
  const named = exampleWith({
    calendars: { support: { zone: 'UTC', week: { '1': [['09:00', '17:00']] }, holidaysFile: 'days.ics' } },
  });

  function holiday(date: string): string {
    return `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Off\nDTSTART;VALUE=DATE:${date}\nEND:VEVENT\nEND:VCALENDAR`;
  }

  /** Files are variables; `write` changes one and tells whoever watches it. */
  function watchedFiles() {
    const files: Record<string, string> = { [main]: exampleWith({}), [`${folder}/days.ics`]: holiday('20261225') };
    const watchers = new Map<string, () => void>();
    const changes: SettingsChange[][] = [];
    const problems: string[] = [];
    const stop = watchSettings({
      file: main,
      settings,
      readFile: (path) => files[path] ?? '',
      watch: (path, changed) => {
        watchers.set(path, changed);
        return () => watchers.delete(path);
      },
      onChange: (_settings, told) => changes.push([...told]),
      onProblems: (told) => problems.push(...told.map(({ where }) => where)),
    });
    function write(path: string, content: string): void {
      files[path] = content;
      watchers.get(path)?.();
    }
    return { watchers, changes, problems, stop, write };
  }

  it('is followed from when the settings name it, until they no longer do', () => {
    const { watchers, changes, stop, write } = watchedFiles();
    expect([...watchers.keys()]).toEqual([main]);

    write(main, named);
    expect([...watchers.keys()]).toEqual([main, `${folder}/days.ics`]);
    write(`${folder}/days.ics`, holiday('20261224'));
    expect(changes.at(-1)).toEqual([
      { path: 'calendars.support.fileHolidays.2026-12-25', before: 'Off', after: null },
      { path: 'calendars.support.fileHolidays.2026-12-24', before: null, after: 'Off' },
    ]);

    write(main, exampleWith({}));
    expect([...watchers.keys()]).toEqual([main]);
    stop();
    expect([...watchers.keys()]).toEqual([]);
  });

  it('keeps the old days while it is broken, and goes on when it is mended', () => {
    const { changes, problems, write } = watchedFiles();
    write(main, named);

    write(`${folder}/days.ics`, 'half');
    write(`${folder}/days.ics`, holiday('20261226'));

    expect(problems).toEqual(['settings.json calendars.support.holidaysFile']);
    expect(changes.length).toBe(2);
  });
});

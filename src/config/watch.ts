/**
 * Settings are read again when their file changes, or one that they name, without a restart. A version with problems is
 * told and otherwise ignored: the last good one stays in force.
 */
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Problem } from './problem.ts';
import { type SettingsChange, settingsDifference } from './settings-difference.ts';
import { holidaysFilesOf } from './settings-holidays.ts';
import { readSettings } from './settings-read.ts';
import type { Settings } from './settings.ts';

/** Calls `changed` after each change of the file until the returned function is called. */
export type WatchFile = (file: string, changed: () => void) => () => void;

export interface SettingsWatch {
  file: string;
  /** Those in force now. */
  settings: Settings;
  /** New settings are in force; `changes` is never empty. */
  onChange(settings: Settings, changes: readonly SettingsChange[]): void;
  /** The file has problems; the old settings stay. */
  onProblems(problems: readonly Problem[]): void;
  readFile?: (path: string) => string;
  watch?: WatchFile;
}

/** @returns a function that ends the watch. */
export function watchSettings(spec: SettingsWatch): () => void {
  const { file, readFile = readText, watch = pollFile } = spec;
  let current = spec.settings;
  const watched = new Map<string, () => void>();

  /** The files of calendars are watched as the settings come to name them. */
  function follow(files: readonly string[]): void {
    for (const [path, stop] of watched) {
      if (!files.includes(path)) {
        stop();
        watched.delete(path);
      }
    }
    for (const path of new Set(files)) {
      watched.set(path, watched.get(path) ?? watch(path, read));
    }
  }

  function read(): void {
    const reading = readSettings(file, readFile);
    follow([file, ...(reading.ok ? [] : holidaysFilesOf(current, file)), ...reading.files]);
    if (!reading.ok) {
      spec.onProblems(reading.problems);
      return;
    }
    const changes = settingsDifference(current, reading.settings);
    if (changes.length > 0) {
      current = reading.settings;
      spec.onChange(current, changes);
    }
  }

  follow([file, ...holidaysFilesOf(current, file)]);
  return () => follow([]);
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

const pollMs = 1000;

/** Asks for the file's status instead of waiting for events: those miss replaced files and mounted volumes. */
function pollFile(file: string, changed: () => void): () => void {
  watchFile(file, { interval: pollMs, persistent: false }, changed);
  return () => unwatchFile(file, changed);
}

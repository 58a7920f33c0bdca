/**
 * Settings are read again when their file changes, without a restart. A version with problems is told and otherwise
 * ignored: the last good one stays in force.
 */
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Problem } from './problem.ts';
import { type SettingsChange, settingsDifference } from './settings-difference.ts';
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
  return watch(file, () => {
    const reading = readSettings(file, readFile);
    if (!reading.ok) {
      spec.onProblems(reading.problems);
      return;
    }
    const changes = settingsDifference(current, reading.settings);
    if (changes.length > 0) {
      current = reading.settings;
      spec.onChange(current, changes);
    }
  });
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

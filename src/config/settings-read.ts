/** From the text of a settings file to checked settings, or to every problem in it. */
import { basename } from 'node:path';
import type { z } from 'zod/v4';
import { collectProblems, type Problem, type Report } from './problem.ts';
import { holidaysFilesOf, withHolidays } from './settings-holidays.ts';
import { checkReferences } from './settings-references.ts';
import { checkRouting } from './settings-routing.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** `files`: others that were read with it, absolute; a change of one is a change of the settings. */
export type SettingsReading = { files: readonly string[] } & (
  | { ok: true; settings: Settings }
  | { ok: false; problems: readonly Problem[] }
);

/** Reads and checks the file; an unreadable file is a problem like any other. */
export function readSettings(file: string, readFile: (path: string) => string): SettingsReading {
  let content: string;
  try {
    content = readFile(file);
  } catch (error) {
    return failed(
      file,
      `cannot be read (${reason(error)})`,
      'Check the path and the rights of the file; SETTINGS_FILE names it.',
    );
  }
  try {
    return checkSettings(JSON.parse(content), file, readFile);
  } catch (error) {
    return failed(
      file,
      `is no JSON (${reason(error)})`,
      'Mend it there; an editor that reads settings.schema.json shows the place.',
    );
  }
}

function failed(where: string, what: string, instead: string): SettingsReading {
  return { ok: false, problems: [{ where, what, instead }], files: [] };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function checkSettings(json: unknown, file: string, readFile: (path: string) => string): SettingsReading {
  const parsed = settingsSchema.safeParse(json);
  const name = basename(file);
  const { value: settings, problems } = collectProblems((report) => {
    function here(path: string, what: string, instead: string): void {
      report(path === '' ? name : `${name} ${path}`, what, instead);
    }
    for (const issue of allIssues(json, parsed.error?.issues ?? [])) {
      describeIssue(issue, json, here);
    }
    checkReferences(json, here);
    checkRouting(json, here);
    return parsed.success ? withHolidays(parsed.data, { file, readFile, report: here }) : null;
  });
  const files = parsed.success ? holidaysFilesOf(parsed.data, file) : [];
  return settings !== null && problems.length === 0 ? { ok: true, settings, files } : { ok: false, problems, files };
}

/** An unknown key keeps zod from judging the object around it, so what else is wrong there is seen without the key. */
function allIssues(json: unknown, issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  if (unknown.length === 0) {
    return issues;
  }
  const rest = structuredClone(json);
  for (const issue of unknown) {
    const holder = valueAt(rest, issue.path) as Record<string, unknown>;
    for (const key of issue.keys) {
      Reflect.deleteProperty(holder, key);
    }
  }
  return [...unknown, ...(settingsSchema.safeParse(rest).error?.issues ?? [])];
}

/** The schema's own messages are what to write; what stands there instead is looked up in the file. */
function describeIssue(issue: z.core.$ZodIssue, json: unknown, report: Report): void {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      report(pathText([...issue.path, key]), 'is no known key', `Leave it out; known here: ${issue.message}.`);
    }
    return;
  }
  if (issue.code === 'invalid_key') {
    report(path, 'has a name that cannot be used', `Write ${issue.issues[0]?.message ?? 'another name'}.`);
    return;
  }
  if (issue.code === 'custom' && issue.params?.['unusable'] === true) {
    report(path, 'cannot be used', issue.message);
    return;
  }
  const value = valueAt(json, issue.path);
  report(path, value === undefined ? 'is missing' : `is ${shortJson(value)}`, `Write ${issue.message}.`);
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'string' && /^[a-z_$][\w$]*$/i.test(part)) {
        return index === 0 ? part : `.${part}`;
      }
      return `[${typeof part === 'number' ? part : JSON.stringify(String(part))}]`;
    })
    .join('');
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    const held = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return held ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }, json);
}

const longestValue = 60;

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > longestValue ? `${json.slice(0, longestValue)}…` : json;
}

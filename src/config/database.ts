/** Where the truth is kept. */
import { resolve } from 'node:path';
import type { RawEnvironment } from './environment.ts';
import type { Report } from './problem.ts';

export type Database = { kind: 'sqlite'; dataDir: string } | { kind: 'postgresql'; url: string };

export interface Storage {
  /** Absolute. */
  dataDir: string;
  /** Where anchors of the audit leave the database to; absolute. */
  anchorDir: string;
  database: Database;
  /** Bring the tables up to date at start. */
  migrate: boolean;
}

const defaultDataDir = './data';

export function readStorage(raw: RawEnvironment, report: Report): Storage {
  const dataDir = resolve(raw.DATA_DIR ?? defaultDataDir);
  const anchorDir = resolve(raw.ANCHOR_DIR ?? dataDir);
  return { dataDir, anchorDir, database: readDatabase(raw, dataDir, report), migrate: readMigrate(raw, report) };
}

/** The URL holds a password, so no message repeats it. */
function readDatabase(raw: RawEnvironment, dataDir: string, report: Report): Database {
  const url = raw.DATABASE_URL;
  if (url === undefined) {
    return { kind: 'sqlite', dataDir };
  }
  if (!URL.canParse(url) || new URL(url).protocol !== 'postgresql:') {
    report(
      'DATABASE_URL',
      'is no PostgreSQL address',
      'Write postgresql://USER:PASSWORD@HOST:5432/DATABASE, or leave it empty for the embedded database in DATA_DIR.',
    );
  }
  return { kind: 'postgresql', url };
}

function readMigrate(raw: RawEnvironment, report: Report): boolean {
  const value = raw.MIGRATE ?? 'on';
  if (value !== 'on' && value !== 'off') {
    report('MIGRATE', `${JSON.stringify(value)} is not known`, 'Write on (the default) or off.');
  }
  return value !== 'off';
}

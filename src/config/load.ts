/**
 * Environment and settings file become one checked configuration, or one error that lists everything that is wrong with
 * either. What comes out has no optional parts left to check.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AlertsConfig, readAlerts } from './alerts.ts';
import { type AzureConfig, readAzure, readAzureToPlan } from './azure.ts';
import { type Database, readStorage, type Storage } from './database.ts';
import { type RawEnvironment, readEnvironment } from './environment.ts';
import { type Listener, readListener } from './listener.ts';
import { type LogLevel, readLogLevel } from './log-level.ts';
import type { Mode } from './mode.ts';
import { collectProblems, ConfigError, type Report } from './problem.ts';
import { readSettings, type SettingsReading } from './settings-read.ts';
import type { Settings } from './settings.ts';
import { readSlack, type SlackConfig } from './slack.ts';
import { readTeams, type TeamsConfig } from './teams.ts';
import { readZendesk, type ZendeskConfig } from './zendesk.ts';

export interface Config extends Listener, Storage {
  mode: Mode;
  logLevel: LogLevel;
  /** Absolute; watched for changes. */
  settingsFile: string;
  settings: Settings;
  azure: AzureConfig;
  alerts: AlertsConfig;
  zendesk: ZendeskConfig;
  /** Null: Teams is not used. */
  teams: TeamsConfig | null;
  /** Null: Slack is not used. */
  slack: SlackConfig | null;
  /** What stands for a real service, for the first line of the log; empty when everything is real. */
  standIns: readonly string[];
}

interface Sources {
  env?: Readonly<Record<string, string | undefined>>;
  readFile?: (path: string) => string;
}

/**
 * The demo gets a fresh directory, a free port and the embedded database, whatever the environment says: it must never
 * touch what somebody works with.
 */
export type ConfigRequest = Sources & ({ mode: Exclude<Mode, 'demo'> } | { mode: 'demo'; dataDir: string });

/** @throws {ConfigError} with all problems at once. */
export function loadConfig(request: ConfigRequest): Config {
  const raw = withoutTheWorkingOnes(readEnvironment(request.env), request);
  const { value, problems } = collectProblems((report) => readParts(raw, request.mode, report));
  const file = settingsFileOf(raw, request.mode);
  const reading = readSettingsFile(file, request.readFile ?? readText);
  if (file === null || !reading.ok || problems.length > 0) {
    throw new ConfigError([...problems, ...(reading.ok ? [] : reading.problems)]);
  }
  return { ...value, settingsFile: file, settings: reading.settings, standIns: standInsOf(value) };
}

/** What the commands need that open the database and nothing else (`migrate`, `audit`). */
export interface StorageConfig {
  database: Database;
  anchorDir: string;
  logLevel: LogLevel;
}

/** @throws {ConfigError} with all problems at once. */
export function loadStorageConfig(sources: Pick<Sources, 'env'> = {}): StorageConfig {
  const raw = readEnvironment(sources.env);
  const { value, problems } = collectProblems((report) => {
    const { database, anchorDir } = readStorage(raw, report);
    return { database, anchorDir, logLevel: readLogLevel(raw, report) };
  });
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  return value;
}

/** What `plan` needs: where to read, and what for. */
export interface PlanningConfig {
  azure: AzureConfig;
  settings: Settings;
}

/** @throws {ConfigError} with all problems at once. */
export function loadPlanningConfig(sources: Sources = {}): PlanningConfig {
  const raw = readEnvironment(sources.env);
  const { value: azure, problems } = collectProblems((report) => readAzureToPlan(raw, report));
  const reading = readSettingsFile(settingsFileOf(raw, 'start'), sources.readFile ?? readText);
  if (!reading.ok || problems.length > 0) {
    throw new ConfigError([...problems, ...(reading.ok ? [] : reading.problems)]);
  }
  return { azure, settings: reading.settings };
}

function withoutTheWorkingOnes(raw: RawEnvironment, request: ConfigRequest): RawEnvironment {
  if (request.mode !== 'demo') {
    return raw;
  }
  const { PORT: _port, DATABASE_URL: _database, ANCHOR_DIR: _anchors, ...others } = raw;
  return { ...others, PORT: '0', DATA_DIR: request.dataDir };
}

type Parts = Omit<Config, 'settings' | 'settingsFile' | 'standIns'>;

function readParts(raw: RawEnvironment, mode: Mode, report: Report): Parts {
  const listener = readListener(raw, mode, report);
  const azure = readAzure(raw, mode, listener.host, report);
  const zendesk = readZendesk(raw, mode, listener.host, report);
  return {
    mode,
    ...listener,
    ...readStorage(raw, report),
    logLevel: readLogLevel(raw, report),
    azure,
    alerts: readAlerts(raw, listener.host, report),
    zendesk,
    teams: readTeams(raw, { host: listener.host, azure, zendesk }, report),
    slack: readSlack(raw, listener.host, report),
  };
}

const exampleSettings = fileURLToPath(new URL('../../manifest/settings.example.json', import.meta.url));

/** Null when production was not told; nobody's real people stand in the example. */
function settingsFileOf(raw: RawEnvironment, mode: Mode): string | null {
  if (raw.SETTINGS_FILE !== undefined) {
    return resolve(raw.SETTINGS_FILE);
  }
  return mode === 'serve' ? null : exampleSettings;
}

function readSettingsFile(file: string | null, readFile: (path: string) => string): SettingsReading {
  if (file !== null) {
    return readSettings(file, readFile);
  }
  const instead = 'Write the path of your settings file; manifest/settings.example.json shows what it holds.';
  return {
    ok: false,
    files: [],
    problems: [{ where: 'SETTINGS_FILE', what: 'is not set, so nobody and nothing is known', instead }],
  };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function standInsOf(parts: Parts): string[] {
  const { alerts, azure, zendesk, teams, slack } = parts;
  const registered = teams?.kind === 'registered' ? teams : null;
  const own = 'a simulator of its own';
  return [
    ...(azure.kind === 'stand-in' ? [`Azure: ${azure.armUrl} (ARM_URL)`] : []),
    ...(azure.kind === 'simulator' ? [`Azure: ${own}`] : []),
    ...(alerts?.loginUrl === undefined ? [] : [`Keys of Azure alerts: ${alerts.loginUrl} (AZURE_ALERTS_LOGIN_URL)`]),
    ...(zendesk.kind === 'stand-in' ? [`Zendesk: ${zendesk.url} (ZENDESK_URL)`] : []),
    ...(zendesk.kind === 'simulator' ? [`Zendesk: ${own}`] : []),
    ...(teams?.kind === 'local' ? ['Teams: the playground, without tokens (TEAMS_LOCAL)'] : []),
    ...(registered?.openIdMetadataUrl === undefined || registered.openIdMetadataUrl === null
      ? []
      : [`Teams keys: ${registered.openIdMetadataUrl} (TEAMS_OPENID_METADATA_URL)`]),
    ...(registered?.loginUrl === undefined || registered.loginUrl === null
      ? []
      : [`Teams login: ${registered.loginUrl} (TEAMS_LOGIN_URL)`]),
    ...(slack?.apiUrl === undefined || slack.apiUrl === null ? [] : [`Slack: ${slack.apiUrl} (SLACK_API_URL)`]),
  ];
}

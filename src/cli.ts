#!/usr/bin/env node
/** The `causeway` command (CONTRACTS.md section 1). Results go to standard output, progress and logs to standard error. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RawEnvironment } from './config/environment.ts';
import type { Registration } from './demo/teams-bot.ts';

interface Command {
  usage: string;
  meaning: string;
  /** Imported only when it is asked for, so that a small command does not load Azure. @returns the exit code. */
  run: (args: string[]) => Promise<number>;
}

const commands: Readonly<Record<string, Command>> = {
  start: { usage: 'start', meaning: 'local mode: simulators, embedded database, local page', run: () => run('start') },
  serve: {
    usage: 'serve',
    meaning: 'production, as configured by environment and settings file',
    run: () => run('serve'),
  },
  demo: {
    usage: 'demo [--json] [--via web|teams]',
    meaning: 'plays both jobs and checks what stands there at the end',
    run: demo,
  },
  simulate: {
    usage:
      'simulate [--arm-port N] [--zendesk-port N] [--teams-port N] [--teams-app-id ID] [--teams-tenant-id ID] [--world FILE] [--speed N]',
    meaning: 'only the simulators, on loopback; Teams when asked for; prints their ports as one line of JSON',
    run: simulate,
  },
  card: {
    usage: 'card NAME --data FILE --to teams|slack|text, or card --stdin --to slack',
    meaning: 'shows one of our cards the way a platform gets it, or translates any Adaptive Card to Block Kit',
    run: card,
  },
  manifest: {
    usage:
      'manifest teams [--version X.Y.Z] [--publisher NAME] [--website URL] [--privacy URL] [--terms URL] [--out FILE]',
    meaning: 'builds the app package for Teams with the ids of the environment, and checks it',
    run: manifest,
  },
  migrate: { usage: 'migrate', meaning: 'brings the tables of the database up to date', run: migrate },
  audit: { usage: 'audit verify', meaning: 'checks every audit chain and anchor', run: audit },
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  const command = commands[name];
  if (command === undefined) {
    const known = name === 'help' || name === '--help' || name === '-h';
    (known ? process.stdout : process.stderr).write(`${known ? '' : `There is no command “${name}”.\n`}${usage()}\n`);
    return known ? 0 : 2;
  }
  try {
    return await command.run(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
}

function usage(): string {
  const lines = Object.values(commands).map((command) => `  causeway ${command.usage}\n      ${command.meaning}`);
  return ['Usage:', ...lines].join('\n');
}

/** What the person can act on; a stack is for bugs only. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const expected = error.name !== 'TypeError' && error.name !== 'ReferenceError';
  return expected ? error.message : (error.stack ?? error.message);
}

async function run(mode: 'start' | 'serve'): Promise<number> {
  const [{ loadConfig }, { startBot }] = await Promise.all([import('./config/load.ts'), import('./main.ts')]);
  const bot = await startBot(loadConfig({ mode }));
  process.stdout.write(
    mode === 'start' ? `Causeway is ready: open ${bot.origin}\n` : `Causeway listens on ${bot.origin}\n`,
  );
  await untilToldToStop();
  await bot.stop();
  // A step that was cut short may still wait for Azure, for minutes. It goes on at the next start.
  process.exit(0);
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
}

async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, via: { type: 'string', default: 'web' } },
  });
  if (values.via !== 'web' && values.via !== 'teams') {
    process.stderr.write(`“--via ${values.via}” is not built in this version; use “--via web” or “--via teams”.\n`);
    return 2;
  }
  const [{ inheritedEnvironment, readEnvironment }, { loadConfig }, { runDemo }] = await Promise.all([
    import('./config/environment.ts'),
    import('./config/load.ts'),
    import('./demo/demo.ts'),
  ]);
  // Refuses what a demo must not touch, such as a real desk, before anything is started.
  loadConfig({ mode: 'demo', dataDir: tmpdir() });
  const raw = readEnvironment();
  const write =
    values.json === true
      ? (line: string) => process.stderr.write(`${line}\n`)
      : (line: string) => process.stdout.write(`${line}\n`);
  const result = await runDemo(
    {
      cli: fileURLToPath(import.meta.url),
      environment: inheritedEnvironment(),
      armUrl: raw.ARM_URL ?? null,
      zendeskUrl: raw.ZENDESK_URL ?? null,
      via: values.via === 'web' ? { kind: 'web' } : { kind: 'teams', running: runningTeams(raw) },
      log: (text) => process.stderr.write(text),
    },
    write,
  );
  process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : `${summary(result)}\n`);
  return result.ok ? 0 : 1;
}

/** A fake Teams that runs already, as the bot is told of one; null when there is none. */
function runningTeams(raw: RawEnvironment): Registration | null {
  const { MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TENANT_ID } = raw;
  const { TEAMS_LOGIN_URL, TEAMS_OPENID_METADATA_URL } = raw;
  return TEAMS_LOGIN_URL === undefined || TEAMS_OPENID_METADATA_URL === undefined
    ? null
    : {
        origin: new URL(TEAMS_LOGIN_URL).origin,
        metadataUrl: TEAMS_OPENID_METADATA_URL,
        appId: MICROSOFT_APP_ID ?? '',
        tenantId: MICROSOFT_APP_TENANT_ID ?? '',
        password: MICROSOFT_APP_PASSWORD ?? '',
      };
}

function summary(result: {
  ok: boolean;
  seconds: number;
  scenarios: { scenario: string; ok: boolean; seconds: number; checks: unknown[] }[];
}): string {
  const lines = result.scenarios.map(
    (scenario) =>
      `${scenario.ok ? '✓' : '✕'} ${scenario.scenario}: ${scenario.checks.length} checks, ${scenario.seconds} s`,
  );
  return [
    '',
    ...lines,
    `${result.ok ? 'Everything is as claimed' : 'Something is not as claimed'}, ${result.seconds} s in all.`,
  ].join('\n');
}

async function simulate(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const teamsOptions = { 'teams-port': text, 'teams-app-id': text, 'teams-tenant-id': text };
  const { values } = parseArgs({
    args,
    options: { 'arm-port': text, 'zendesk-port': text, ...teamsOptions, world: text, speed: text },
  });
  const { exampleRegistration, startSimulators } = await import('./process/simulate.ts');
  const withTeams = Object.keys(teamsOptions).some((name) => name in values);
  const teams = {
    port: wholeNumber('--teams-port', values['teams-port'] ?? '0'),
    appId: values['teams-app-id'] ?? exampleRegistration.appId,
    tenantId: values['teams-tenant-id'] ?? exampleRegistration.tenantId,
  };
  const simulators = await startSimulators({
    armPort: wholeNumber('--arm-port', values['arm-port'] ?? '0'),
    zendeskPort: wholeNumber('--zendesk-port', values['zendesk-port'] ?? '0'),
    worldFile: values.world ?? null,
    speed: positive('--speed', values.speed ?? '20'),
    ...(withTeams ? { teams } : {}),
  });
  process.stdout.write(`${JSON.stringify(simulators.ports)}\n`);
  await untilToldToStop();
  await simulators.close();
  return 0;
}

function wholeNumber(name: string, value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`Reading ${name}: “${value}” is no port. Write a whole number from 0 to 65535.`);
  }
  return port;
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) {
    throw new Error(`Reading ${name}: “${value}” is no speed. Write a number above 0; 1 is real time.`);
  }
  return number;
}

async function card(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { data: text, to: text, stdin: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const { renderCard, translateStdin } = await import('./process/card-command.ts');
  if (values.stdin === true && values.to === 'slack' && positionals.length === 0) {
    const result = translateStdin();
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    return result.exitCode;
  }
  const [name] = positionals;
  if (name === undefined || values.data === undefined || values.to === undefined) {
    process.stderr.write(`Usage: causeway ${commands['card']?.usage ?? 'card'}\n`);
    return 2;
  }
  process.stdout.write(`${renderCard({ name, dataFile: values.data, to: values.to })}\n`);
  return 0;
}

async function manifest(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { version: text, publisher: text, website: text, privacy: text, terms: text, out: text } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length !== 1 || positionals[0] !== 'teams') {
    process.stderr.write(`Usage: causeway ${commands['manifest']?.usage ?? 'manifest'}\n`);
    return 2;
  }
  const { buildTeamsPackage } = await import('./process/manifest-command.ts');
  process.stdout.write(`${await buildTeamsPackage(values)}\n`);
  return 0;
}

async function migrate(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const [{ loadStorageConfig }, { migrateAll }] = await Promise.all([
    import('./config/load.ts'),
    import('./process/migrate.ts'),
  ]);
  const applied = await migrateAll(loadStorageConfig().database);
  process.stdout.write(applied.length === 0 ? 'The tables are up to date.\n' : `Applied: ${applied.join(', ')}.\n`);
  return 0;
}

async function audit(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  if (positionals[0] !== 'verify' || positionals.length > 1) {
    process.stderr.write('Usage: causeway audit verify\n');
    return 2;
  }
  const [{ loadStorageConfig }, { verifyStoredAudit }] = await Promise.all([
    import('./config/load.ts'),
    import('./process/audit-command.ts'),
  ]);
  const report = await verifyStoredAudit(loadStorageConfig().database);
  process.stdout.write(`${report.text}\n`);
  return report.ok ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));

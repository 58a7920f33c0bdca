/**
 * The bot as a real process that can be killed at a named boundary, with simulators in this process that live on, as
 * Azure and the desk do.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from '../../src/config/environment.ts';
import { startAzureSimulator } from '../../src/simulators/azure/start.ts';
import { startZendeskSimulator } from '../../src/simulators/zendesk/start.ts';
import { roomyFolder } from '../support/roomy-folder.ts';
import { alertVariables } from './alert-login.ts';

/** What is done to the process at a boundary. */
export interface Strike {
  /** Name of the boundary, as the kill switch writes it. */
  at: string;
  signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP';
}

export interface Replica {
  url: string;
  port: number;
  dataDir: string;
  logFile: string;
  /** Null: in peace. Resolves when it listens, or has ended before that. */
  start(strike: Strike | null): Promise<void>;
  /** Resolves with the signal or exit code when the process that was started last is gone. */
  ended(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** To be stopped, or to go on after that: nothing is waited for. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Resolves when it is stopped by a signal, or gone. */
  halted(): Promise<void>;
  /** Names of the boundaries that it passed since the last start, in order. */
  journalFile: string;
  /** What `causeway audit verify` would be run with. */
  environment: Readonly<Record<string, string>>;
}

export interface Rig {
  directory: string;
  armUrl: string;
  zendeskUrl: string;
  openReplica(name: string, more?: { databaseUrl?: string; port?: number; dataFrom?: string }): Promise<Replica>;
  close(options: { keep: boolean }): Promise<void>;
}

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const killSwitch = fileURLToPath(new URL('kill-switch.ts', import.meta.url));
const killSwitchPostgres = fileURLToPath(new URL('kill-switch-postgres.ts', import.meta.url));

/** A process that is killed keeps nothing; one that ends in peace leaves what it compiled to all that come after it. */
const compileCache = join(tmpdir(), 'causeway-chaos-compiled');

/** Fast enough for a test, slow enough to be killed in the middle of an operation. */
const usualSpeed = 40;

export async function openRig({ speed = usualSpeed }: { speed?: number } = {}): Promise<Rig> {
  // A process that is killed leaves in memory what it would leave on a disk.
  const directory = await mkdtemp(join(roomyFolder(), 'causeway-chaos-'));
  const arm = await startAzureSimulator({ speed });
  const desk = await startZendeskSimulator();
  const replicas: Replica[] = [];
  const shared = { armUrl: arm.origin, zendeskUrl: `${desk.origin}/api/v2`, alerts: await alertVariables() };
  return {
    directory,
    ...shared,
    async openReplica(name, { databaseUrl = '', port, dataFrom } = {}) {
      const dataDir = join(directory, name);
      await mkdir(dataDir, { recursive: true });
      if (dataFrom !== undefined) {
        await cp(dataFrom, dataDir, { recursive: true });
      }
      const replica = replicaOf({ ...shared, directory, name, dataDir, databaseUrl, port: port ?? (await freePort()) });
      replicas.push(replica);
      return replica;
    },
    async close({ keep }) {
      await Promise.all(replicas.map((replica) => replica.kill('SIGKILL')));
      await Promise.all([arm.close(), desk.close()]);
      if (!keep) {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

interface Setup {
  directory: string;
  name: string;
  dataDir: string;
  databaseUrl: string;
  port: number;
  armUrl: string;
  zendeskUrl: string;
  alerts: Readonly<Record<string, string>>;
}

function replicaOf(setup: Setup): Replica {
  const { directory, name, port, dataDir } = setup;
  const logFile = join(directory, `${name}.log`);
  const journalFile = join(directory, `${name}.journal`);
  const environment = environmentOf(setup);
  let child: ChildProcess | null = null;
  let gone: Promise<string> = Promise.resolve('never started');
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    logFile,
    journalFile,
    environment,
    async start(strike) {
      await rm(journalFile, { force: true });
      const preload = setup.databaseUrl === '' ? killSwitch : killSwitchPostgres;
      const told = strike === null ? {} : { CHAOS_AT: strike.at, CHAOS_SIGNAL: strike.signal };
      const started = spawn(process.execPath, ['--import', preload, cli, 'start'], {
        env: { ...environment, ...told, CHAOS_JOURNAL: journalFile },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.stderr.pipe(createWriteStream(logFile, { flags: 'a' }));
      gone = once(started, 'exit').then(([code, signal]) => String(signal ?? code));
      child = started;
      await Promise.race([listening(started), gone]);
    },
    ended: () => gone,
    async kill(signal) {
      child?.kill(signal);
      if (child !== null) {
        await endWithin(child, gone);
      }
    },
    signal(signal) {
      child?.kill(signal);
    },
    async halted() {
      for (;;) {
        if (child === null || child.exitCode !== null || child.signalCode !== null || (await isStopped(child))) {
          return;
        }
        await wait(50);
      }
    },
  };
}

function environmentOf({ alerts, armUrl, databaseUrl, dataDir, port, zendeskUrl }: Setup): Record<string, string> {
  return {
    ...inheritedEnvironment(),
    NODE_COMPILE_CACHE: compileCache,
    LOG_LEVEL: 'warn',
    SETTINGS_FILE: '',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    ANCHOR_DIR: '',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: '',
    ARM_URL: armUrl,
    ZENDESK_URL: zendeskUrl,
    ZENDESK_WEBHOOK_SECRET: '',
    ...alerts,
  };
}

/** Linux only: elsewhere nothing is ever stopped. */
async function isStopped({ pid }: ChildProcess): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return /^State:\s+T/m.test(status);
}

/** One that does not follow a friendly signal is killed after 20 s. */
async function endWithin(child: ChildProcess, gone: Promise<string>): Promise<void> {
  const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(killer);
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let seen = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      seen += bytes.toString();
      if (/http:\/\/127\.0\.0\.1:\d+/.test(seen)) {
        resolve();
      }
    });
  });
}

/** As if somebody had lost the engine's database. */
export async function loseEngine({ dataDir }: Replica): Promise<void> {
  const lost = (await readdir(dataDir)).filter((name) => name.startsWith('workflow.db'));
  await Promise.all(lost.map((name) => rm(join(dataDir, name))));
}

/** Below those that a system gives to whoever asks for any: nobody else is given one while its process is dead. */
const ports = { from: 10_000, count: 20_000 };
let portsGiven = randomInt(ports.count);

async function freePort(): Promise<number> {
  for (let tries = 0; tries < ports.count; tries += 1) {
    const port = ports.from + (portsGiven % ports.count);
    portsGiven += 1;
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error('Looking for a free port on 127.0.0.1: there is none. Close some connections and try again.');
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
    probe.close();
    await once(probe, 'close');
    return true;
  } catch {
    return false;
  }
}

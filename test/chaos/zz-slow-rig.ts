/**
 * The bot as a real process that can be killed, with simulators in a process of their own that live on, as Azure and the
 * desk do.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from '/work/main/src/config/environment.ts';

export interface Rig {
  armUrl: string;
  zendeskUrl: string;
  botUrl: string;
  /** Where the log of the bot is kept when something went wrong. */
  logFile: string;
  start(): Promise<void>;
  /** `kill -9`: nothing of the process has a chance to tidy up. */
  kill(): Promise<void>;
  /** Asks it to end, as a service manager does; seconds until it was gone. */
  stop(): Promise<number>;
  /** Exit code and words of `causeway audit verify`. */
  audit(): Promise<{ exitCode: number | null; text: string }>;
  /** As if somebody had lost the engine's database. */
  loseEngine(): Promise<void>;
  close(options: { keepLog: boolean }): Promise<void>;
}

const cli = fileURLToPath(new URL('/work/main/src/cli.ts', import.meta.url));

/** Fast enough for a test, slow enough to be killed in the middle of an operation. */
const speed = 1;

export async function openRig(): Promise<Rig> {
  const directory = await mkdtemp(join(tmpdir(), 'causeway-chaos-'));
  const dataDir = join(directory, 'data');
  const logFile = join(directory, 'bot.log');
  const log = createWriteStream(logFile);
  const environment = { ...inheritedEnvironment(), LOG_LEVEL: 'warn', DATABASE_URL: '', SETTINGS_FILE: '' };
  const simulators = launch(['simulate', '--speed', String(speed)], environment);
  simulators.stderr?.pipe(log, { end: false });
  const ports = JSON.parse(await firstLine(simulators, /(\{.*\})/)) as { arm: number; zendesk: number };
  const armUrl = `http://127.0.0.1:${ports.arm}`;
  const zendeskUrl = `http://127.0.0.1:${ports.zendesk}/api/v2`;
  // One port for the whole run: the desk's webhook and the people's browsers find the bot again.
  const port = await freePort();
  const botEnvironment = {
    ...environment,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: '',
    ARM_URL: armUrl,
    ZENDESK_URL: zendeskUrl,
    ZENDESK_WEBHOOK_SECRET: '',
  };
  let bot: ChildProcess | null = null;

  async function end(signal: NodeJS.Signals): Promise<void> {
    await ended(bot, signal);
    bot = null;
  }
  return {
    armUrl,
    zendeskUrl,
    botUrl: `http://127.0.0.1:${port}`,
    logFile,
    async start() {
      bot = launch(['start'], botEnvironment);
      bot.stderr?.pipe(log, { end: false });
      await firstLine(bot, /(http:\/\/127\.0\.0\.1:\d+)/);
    },
    kill: () => end('SIGKILL'),
    async stop() {
      const since = performance.now();
      await end('SIGTERM');
      return (performance.now() - since) / 1000;
    },
    async audit() {
      const child = launch(['audit', 'verify'], botEnvironment);
      const [text] = await Promise.all([all(child.stdout), all(child.stderr), once(child, 'exit')]);
      return { exitCode: child.exitCode, text: text.trim() };
    },
    async loseEngine() {
      const files = await readdir(dataDir);
      const lost = files.filter((name) => name.startsWith('workflow.db'));
      await Promise.all(lost.map((name) => rm(join(dataDir, name))));
    },
    async close({ keepLog }) {
      await ended(bot, 'SIGKILL');
      await ended(simulators, 'SIGTERM');
      log.end();
      await rm(keepLog ? dataDir : directory, { recursive: true, force: true });
    },
  };
}

function launch(args: string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Resolves when the process is gone; one that does not follow a friendly signal is killed after 20 s. */
async function ended(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = once(child, 'exit');
  child.kill(signal);
  const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(killer);
}

function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      seen += bytes.toString();
      const found = pattern.exec(seen)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    });
    child.once('exit', (code) => reject(new Error(`The process ended with exit code ${code} before it was ready.`)));
  });
}

async function all(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) {
    text += String(chunk);
  }
  return text;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('Looking for a free port on 127.0.0.1: there is none. Close some connections and try again.');
  }
  return address.port;
}

/** The demo's own processes: simulators and the bot, on free ports and a fresh data directory, gone when it is over. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPlatform, type Platform, platformVariables, runningPlatform, tellAddress, type Via } from './platform.ts';

export interface Processes {
  armUrl: string;
  zendeskUrl: string;
  platform: Platform;
  botUrl: string;
  stop(): Promise<void>;
}

export interface Launch {
  /** Path of the command itself. */
  cli: string;
  /** Environment of the children, with what the person set; the demo's own port and directory come on top. */
  environment: Readonly<Record<string, string>>;
  /** Stand-ins that run already; the demo starts the others. */
  armUrl: string | null;
  zendeskUrl: string | null;
  /** Absent: the local page. */
  via?: Via;
  /** Takes what the children write to their standard error. */
  log: (text: string) => void;
}

export async function launch(options: Launch): Promise<Processes> {
  const dataDir = await mkdtemp(join(tmpdir(), 'causeway-demo-'));
  const children: ChildProcess[] = [];
  async function stop(): Promise<void> {
    await Promise.all(children.map(end));
    await rm(dataDir, { recursive: true, force: true });
  }
  try {
    const simulators = await startSimulators(options, children);
    const { armUrl, platform, zendeskUrl } = simulators;
    const environment = {
      ...options.environment,
      ...(await platformVariables(platform, dataDir)),
      ARM_URL: armUrl,
      ZENDESK_URL: zendeskUrl,
      DATA_DIR: dataDir,
      ANCHOR_DIR: '',
      DATABASE_URL: '',
      HOST: '127.0.0.1',
      PORT: '0',
      PUBLIC_URL: '',
    };
    // On a real platform the bot runs as it would in production; the local page is there in local mode only.
    const bot = start(options, children, [platform.kind === 'web' ? 'start' : 'serve'], environment);
    const botUrl = await firstLine(bot, /(http:\/\/127\.0\.0\.1:\d+)/, 'the bot');
    await tellAddress(platform, botUrl);
    return { armUrl, zendeskUrl, platform, botUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Simulators {
  armUrl: string;
  zendeskUrl: string;
  platform: Platform;
}

async function startSimulators(options: Launch, children: ChildProcess[]): Promise<Simulators> {
  const { armUrl, via = { kind: 'web' }, zendeskUrl } = options;
  const running = runningPlatform(via);
  if (armUrl !== null && zendeskUrl !== null && running !== null) {
    return { armUrl, zendeskUrl, platform: running };
  }
  const own = running === null && via.kind !== 'web' ? ownPlatform(via.kind) : null;
  const child = start(options, children, ['simulate', ...(own?.args ?? [])], options.environment);
  const line = await firstLine(child, /(\{.*\})/, 'the simulators');
  const ports = JSON.parse(line) as { arm: number; zendesk: number; slack: number; teams?: number };
  return {
    armUrl: armUrl ?? `http://127.0.0.1:${ports.arm}`,
    zendeskUrl: zendeskUrl ?? `http://127.0.0.1:${ports.zendesk}/api/v2`,
    platform: own?.listening(ports) ?? running ?? { kind: 'web' },
  };
}

function start(
  options: Launch,
  children: ChildProcess[],
  args: string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const child = spawn(process.execPath, [options.cli, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr?.on('data', (bytes: Buffer) => options.log(bytes.toString()));
  children.push(child);
  return child;
}

function firstLine(child: ChildProcess, pattern: RegExp, who: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      seen += bytes.toString();
      const found = pattern.exec(seen)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    });
    child.once('exit', (code) =>
      reject(new Error(`Starting ${who}: it ended with exit code ${code}. Its reason stands above.`)),
    );
  });
}

/** Asks first; what has not gone after five seconds is killed, so that no process is left. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** A foreign process that says when it is ready, and is gone when it is told to go. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface Running {
  /** The first group of the pattern, in the line that said that it is ready. */
  said: string;
  stop: () => Promise<void>;
}

interface Start {
  /** For messages. */
  who: string;
  args: readonly string[];
  folder: string;
  environment: Readonly<Record<string, string>>;
  ready: RegExp;
  /** Takes what it writes to its standard error. */
  log: (text: string) => void;
}

const patienceMs = 30_000;
const graceMs = 5_000;

/** Another Node, with nothing of this environment but what is named. */
export async function startProcess({ args, environment, folder, log, ready, who }: Start): Promise<Running> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let seen = '';
  function fail(what: string): void {
    reject(new Error(`Starting ${who}: ${what}. It said: “${seen.trim()}”. More of it may stand above.`));
  }
  const timer = setTimeout(() => fail(`not ready after ${patienceMs / 1000} s`), patienceMs);
  child.once('error', reject);
  child.once('exit', (code) => fail(`it ended with exit code ${code}`));
  child.stderr.on('data', (bytes: Buffer) => log(bytes.toString()));
  child.stdout.on('data', (bytes: Buffer) => {
    seen += bytes.toString();
    const found = ready.exec(seen)?.[1];
    if (found !== undefined) {
      resolve(found);
    }
  });
  try {
    return { said: await promise, stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Asks first; what has not gone after a while is killed. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/**
 * Microsoft's playground for agents in Teams, fetched when the tests want it. Its terms allow trying it out and nothing
 * else, so it is neither a dependency nor shipped; a copy is kept in node_modules/.cache for the next run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const name = '@microsoft/m365agentsplayground';
const version = '0.2.28';
const cacheDir = fileURLToPath(new URL('../../../node_modules/.cache/causeway', import.meta.url));
const program = join('node_modules', name, 'cli.js');
const patienceMs = 120_000;

/** Path of the program. Null, with one line that says why, where it is not to be had; in CI that is a failure. */
export function findPlayground(): string | null {
  const folder = join(cacheDir, `agents-playground-${version}`);
  try {
    if (!existsSync(join(folder, program))) {
      install(folder);
    }
    return join(folder, program);
  } catch (error) {
    const lack = `Microsoft’s playground (${name}@${version}) is not to be had here: ${reasonOf(error)}. Let npm reach its registry to run the tests with it.`;
    if (process.env['CI'] === 'true') {
      throw new Error(lack, { cause: error });
    }
    process.stderr.write(`${lack} Skipping them.\n`);
    return null;
  }
}

/** Into a folder of its own first, so that an interrupted run leaves no half of it. */
function install(folder: string): void {
  mkdirSync(cacheDir, { recursive: true });
  const fresh = mkdtempSync(join(cacheDir, 'part-'));
  try {
    const options = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--fetch-retries=0'];
    execFileSync('npm', ['install', '--prefix', fresh, ...options, `${name}@${version}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: patienceMs,
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** npm tells at length; its code is enough for one line. */
function reasonOf(error: unknown): string {
  const text = String(error);
  const code = /npm error code (\S+)/.exec(text)?.[1];
  return code === undefined ? (text.split('\n')[0] ?? '') : `npm says ${code}`;
}

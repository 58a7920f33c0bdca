/**
 * PostgreSQL for tests: a throwaway cluster, or the server that `TEST_DATABASE_URL` names.
 *
 *     const postgres = await startPostgres();                     // at the top of a test file; about a second
 *     describe.skipIf(postgres === null)('on PostgreSQL', …)      // one line on standard error said why
 *     const url = await postgres.url('inbox');                    // a fresh, empty database, for `pg` and `postgres`
 *     afterAll(() => postgres?.stop());
 *
 * Each test file starts its own cluster: vitest runs files in separate processes, and a shared one would have to
 * outlive the file that started it.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { roomyFolder } from './roomy-folder.ts';

export interface TestPostgres {
  /** Makes an empty database, in place of an older one of this name, and returns its `postgresql://` URL. */
  url(databaseName: string): Promise<string>;
  /** Ends every connection and removes what was made. */
  stop(): Promise<void>;
}

/** Null, with one line on standard error, where there is no PostgreSQL; an error instead when `CI` is `true`. */
export async function startPostgres(): Promise<TestPostgres | null> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return onServer(given);
  const bin = findBinaries();
  if (bin !== null) return startCluster(bin);
  const lack =
    'PostgreSQL is not to be had here: no initdb by pg_config, on PATH or in /usr/lib/postgresql. ' +
    'Install PostgreSQL 14 or newer, or set TEST_DATABASE_URL to a server on which databases may be created.';
  if (process.env['CI'] === 'true') throw new Error(lack);
  process.stderr.write(`${lack} Skipping its half of the suite.\n`);
  return null;
}

/** The prefix keeps the databases of files that run at the same time, and everything else on the server, apart. */
function onServer(serverUrl: string): TestPostgres {
  const prefix = `causeway_test_${randomBytes(4).toString('hex')}_`;
  const made = new Set<string>();
  return {
    async url(databaseName) {
      const name = `${prefix}${databaseName}`;
      await recreate(serverUrl, name);
      made.add(name);
      return urlOf(serverUrl, name);
    },
    async stop() {
      await asAdmin(serverUrl, async (admin) => {
        for (const name of made) await admin.query(`drop database if exists "${name}" with (force)`);
      });
    },
  };
}

async function startCluster(bin: string): Promise<TestPostgres> {
  const owner = unprivileged();
  const directory = mkdtempSync(join(roomyFolder(), 'causeway-postgres-'));
  if (owner !== undefined) chownSync(directory, owner.uid, owner.gid);
  const password = randomBytes(12).toString('hex');
  await initialise({ bin, directory, password, owner });
  const port = await freePort();
  const server = spawnServer({ bin, directory, port, owner });
  await ready(server, port);
  const serverUrl = `postgresql://causeway:${password}@127.0.0.1:${port}/postgres`;
  return {
    async url(databaseName) {
      await recreate(serverUrl, databaseName);
      return urlOf(serverUrl, databaseName);
    },
    stop: () => stopServer(server),
  };
}

interface Owner {
  uid: number;
  gid: number;
}

/** `initdb` and `postgres` refuse to run as root. */
function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

function idOfNobody(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

async function initialise(cluster: { bin: string; directory: string; password: string; owner: Owner | undefined }) {
  const passwordFile = join(cluster.directory, 'password');
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  const flags = ['--no-sync', '-E', 'UTF8', '--locale=C', '-U', 'causeway', '-A', 'scram-sha-256'];
  if (cluster.owner !== undefined) chownSync(passwordFile, cluster.owner.uid, cluster.owner.gid);
  await promisify(execFile)(
    join(cluster.bin, 'initdb'),
    [...flags, `--pwfile=${passwordFile}`, '-D', join(cluster.directory, 'data')],
    { cwd: cluster.directory, ...cluster.owner },
  );
}

/** The pipe on standard input is the leash: it closes when the test process stops the server, and also when it dies. */
const leashed = `
directory=$1; shift
"$@" & server=$!
cat > /dev/null
kill -INT $server
wait $server
cd / && rm -rf "$directory"
`;

/** Nothing here outlives the tests, so nothing waits for the disk. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=64MB',
  'max_connections=100',
  'shared_buffers=16MB',
  'lc_messages=C',
];

function spawnServer(cluster: { bin: string; directory: string; port: number; owner: Owner | undefined }) {
  const command = [join(cluster.bin, 'postgres'), '-D', join(cluster.directory, 'data'), '-p', String(cluster.port)];
  const options = settings.flatMap((setting) => ['-c', setting]);
  // Detached, so that an interrupt from the keyboard reaches the tests and not the server; the leash ends it then.
  const server = spawn('sh', ['-c', leashed, 'postgres', cluster.directory, ...command, ...options], {
    cwd: cluster.directory,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    ...cluster.owner,
  });
  server.unref();
  return server;
}

async function ready(server: ChildProcess, port: number): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    function fail(): void {
      server.stdin?.end();
      reject(new Error(`Starting PostgreSQL for the tests on port ${port} failed. Its log says:\n${log}`));
    }
    const deadline = setTimeout(fail, 30_000);
    function read(chunk: Buffer): void {
      log = `${log}${chunk.toString()}`.slice(-4000);
      if (!/ready to accept connections|FATAL:/.test(log)) return;
      clearTimeout(deadline);
      // What a running server calls fatal is the end of one connection, not its own.
      server.stderr?.off('data', read).resume();
      if (log.includes('ready to accept connections')) resolve();
      else fail();
    }
    server.once('error', fail);
    server.stderr?.on('data', read);
  });
  // From here on the pipes must not keep a test process alive that forgot to stop the server.
  for (const stream of [server.stdin, server.stderr]) (stream as { unref?: () => void } | null)?.unref?.();
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.ref();
  server.stdin?.end();
  await gone;
}

async function recreate(serverUrl: string, name: string): Promise<void> {
  await asAdmin(serverUrl, async (admin) => {
    await admin.query(`drop database if exists "${name}" with (force)`);
    await admin.query(`create database "${name}"`);
  });
}

async function asAdmin(serverUrl: string, work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(serverUrl: string, databaseName: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}

function findBinaries(): string | null {
  const candidates = [...fromPgConfig(), ...(process.env['PATH'] ?? '').split(delimiter), ...fromDebian()];
  return candidates.find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'))) ?? null;
}

function fromPgConfig(): string[] {
  try {
    const answer = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [answer.trim()];
  } catch {
    return [];
  }
}

/** Newest version first. */
function fromDebian(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((left, right) => Number(right) - Number(left));
  return versions.map((version) => join(root, version, 'bin'));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string')
    throw new Error('No free port on 127.0.0.1: check the loopback.');
  return address.port;
}

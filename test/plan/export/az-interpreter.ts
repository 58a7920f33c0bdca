/**
 * Runs an exported script as people do, in a real bash, with an `az` on the path that knows just the commands which
 * exports use. For each it sends the requests that the Azure CLI sends, to a simulator: which requests these are was
 * read in the Azure CLI's own source. Anything it does not know is an error, as there.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { connectArm } from './az-arm.ts';
import { azCommands } from './az-commands.ts';

export interface ScriptRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Tells this process its words, and prints what it answers: quicker than a program of its own for each command. */
const az = `#!/usr/bin/env bash
exec 3<>"/dev/tcp/127.0.0.1/$AZ_PORT"
printf '%s\\0' "$#" "$@" >&3
IFS= read -r code <&3
if [ "$code" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$code"
`;

/**
 * @param armUrl Origin of the simulator.
 * @returns also the names of the files that stand beside the script afterwards.
 */
export async function runScript(script: string, armUrl: string): Promise<ScriptRun & { files: string[] }> {
  // Not in the folder for temporary files: it may be one in memory, where a system may let nothing be run.
  const folder = await mkdtemp('/tmp/causeway-az-');
  const server = await listen(armUrl);
  try {
    await writeFile(join(folder, 'az'), az);
    await chmod(join(folder, 'az'), 0o755);
    await writeFile(join(folder, 'plan.sh'), script);
    const ran = await run('bash', ['plan.sh'], {
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        AZ_PORT: String((server.address() as AddressInfo).port),
        CAUSEWAY_WAIT_SECONDS: '0.02',
      },
    });
    return { ...ran, files: (await readdir(folder)).toSorted() };
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}

export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<ScriptRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const told = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => (told.stdout += String(data)));
    child.stderr.on('data', (data) => (told.stderr += String(data)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, ...told }));
  });
}

function listen(armUrl: string): Promise<Server> {
  const server = createServer((socket) => answer(socket, armUrl));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function answer(socket: Socket, armUrl: string): void {
  let read = '';
  socket.setEncoding('utf8');
  socket.on('data', (data) => {
    read += String(data);
    const [count = '', ...words] = read.split('\0').slice(0, -1);
    if (count !== '' && words.length === Number(count)) {
      void execute(words, armUrl).then(
        (printed) => socket.end(`0\n${printed === '' ? '' : `${printed}\n`}`),
        (error: unknown) => socket.end(`1\nERROR: ${error instanceof Error ? error.message : String(error)}\n`),
      );
    }
  });
}

async function execute(argv: readonly string[], armUrl: string): Promise<string> {
  const { words, options } = readArguments(argv);
  const command = azCommands[words];
  if (command === undefined) {
    throw new Error(`'az ${words}' is misspelled or not recognized.`);
  }
  const unknown = [...options.keys()].find((name) => !command.options.includes(name) && !common.has(name));
  if (unknown !== undefined) {
    throw new Error(`unrecognized arguments: --${unknown}`);
  }
  return await command.run({
    arm: connectArm(armUrl),
    one: (name) => options.get(name)?.join(' ') ?? null,
    given: (name) => {
      const values = options.get(name) ?? [];
      if (values.length !== 1) {
        throw new Error(`argument --${name}: expected one argument, got ${values.length}`);
      }
      return values[0] ?? '';
    },
    many: (name) => options.get(name) ?? [],
  });
}

const common = new Set(['output', 'query', 'subscription']);

/** The words of the command, and its options with their values. */
function readArguments(argv: readonly string[]): { words: string; options: Map<string, string[]> } {
  const first = argv.findIndex((word) => word.startsWith('-'));
  const options = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const word of first === -1 ? [] : argv.slice(first)) {
    if (word.startsWith('-')) {
      const [, name, value] = /^--([a-z0-9-]+)(?:=([^]*))?$/.exec(word) ?? [];
      if (name === undefined || options.has(name)) {
        throw new Error(`unrecognized arguments: ${word}`);
      }
      current = value === undefined ? [] : [value];
      options.set(name, current);
    } else {
      current?.push(fromFile(word));
    }
  }
  return { words: argv.slice(0, first === -1 ? argv.length : first).join(' '), options };
}

/** A value that begins with @ is the content of a file, when there is one. */
function fromFile(value: string): string {
  return value.length > 1 && value.startsWith('@') && existsSync(value.slice(1))
    ? readFileSync(value.slice(1), 'utf8')
    : value;
}

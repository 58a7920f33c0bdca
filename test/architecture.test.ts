/**
 * Which folder of `src` may import which; a folder may always import itself. Read it from top to bottom: that is the
 * way a message goes. The table changes only together with a short record in docs/adr that says why.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const everything = ['*'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  plan: ['policy'],
  flows: ['plan', 'policy'],
  cards: ['flows'],
  engine: [],
  config: ['policy'],
  store: ['flows', 'plan'],
  audit: ['store'],
  channels: ['flows', 'cards', 'store', 'config'],
  azure: ['flows', 'plan', 'store', 'config', 'engine'],
  tickets: ['flows', 'policy', 'store', 'config', 'engine'],
  conversation: ['flows', 'cards', 'store', 'engine', 'audit'],
  simulators: [],
  demo: [],
  process: everything,
  'main.ts': everything,
  'cli.ts': everything,
};

/** Folders that know no package but zod; `plan/hash.ts` alone may take createHash. */
const pure = new Set(['flows', 'plan', 'policy']);

const files = globSync('src/**/*.ts').toSorted();

/** Every module name that a file mentions in an import, static, dynamic or for its side effect, types included. */
function importsOf(source: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function roomOf(path: string): string {
  return normalize(path).split('/')[1] ?? '';
}

function roomsImported(file: string, source: string): string[] {
  return importsOf(source)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)))
    .filter((path) => path.startsWith('src/'))
    .map(roomOf);
}

describe('the structure of src', () => {
  it('is read at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(
      importsOf(
        "import { a } from './a.ts';\nconst b = import('./b.ts');\nimport './c.ts';\nexport type { D } from './d.ts';",
      ),
    ).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts']);
  });

  it('has no room that the table does not know', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => mayImport[room] === undefined)).toEqual([]);
  });

  it.each(files)('%s imports only what its room may', (file) => {
    const own = roomOf(file);
    const allowed = mayImport[own] ?? [];

    const foreign = roomsImported(file, readFileSync(file, 'utf8')).filter((room) => room !== own);

    expect(allowed === everything ? [] : foreign.filter((room) => !allowed.includes(room))).toEqual([]);
  });

  it.each(files.filter((file) => pure.has(roomOf(file))))('%s is pure', (file) => {
    const allowed = file === 'src/plan/hash.ts' ? ['zod/v4', 'node:crypto'] : ['zod/v4'];

    const packages = importsOf(readFileSync(file, 'utf8')).filter((name) => !name.startsWith('.'));

    expect(packages.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it.each(files.filter((file) => roomOf(file) !== 'config'))('%s does not read the environment', (file) => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/process\.env/);
  });
});

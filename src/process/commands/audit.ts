/** `causeway audit`: checks every chain and anchor, or one exported file; exports the evidence of a case; erases. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Check } from '../../audit/export/evidence.ts';
import { verifyEvidence } from '../../audit/export/file.ts';
import { sealerOf } from '../../audit/export/seal.ts';
import { type OutsideAnchors, outsideFile, readOutside } from '../../audit/outside.ts';
import type { AuditReport, Problem } from '../../audit/report.ts';
import { verifyAudit } from '../../audit/verify.ts';
import { loadStorageConfig, type StorageConfig } from '../../config/load.ts';
import { openStoreReader } from '../../store/open.ts';
import { readSecret } from '../../store/secrets.ts';
import type { StoreReader } from '../../store/store.ts';
import { auditKeyName } from '../audit-key.ts';

const usage = `Usage: causeway audit verify [--anchors FILE]
       causeway audit verify --file EXPORT.json [--anchors FILE] [--without-key]
       causeway audit export --case ID [--out DIR] [--zone ZONE] [--anchors FILE]
       causeway audit export --list
       causeway audit erase --case ID (--person PERSON | --all) --because TEXT
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  file: text,
  anchors: text,
  case: text,
  out: text,
  zone: text,
  list: flag,
  'without-key': flag,
  person: text,
  all: flag,
  because: text,
};

type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];

interface Printed {
  /** 0: all is well; 1: something does not hold; 2: it cannot be told. */
  exitCode: number;
  out: string;
  err: string;
}

interface Asked {
  values: Values;
  config: StorageConfig;
}

export async function auditCommand(args: string[]): Promise<number> {
  const { exitCode, out, err } = await runAudit(args);
  process.stdout.write(out);
  process.stderr.write(err);
  return exitCode;
}

/** @param env Of the process, unless a test has its own. @throws {Error} which says what to do */
export async function runAudit(args: string[], env?: Readonly<Record<string, string>>): Promise<Printed> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const run = positionals.length === 1 ? runOf(positionals[0] ?? '', values) : null;
  if (run === null) {
    return { exitCode: 2, out: '', err: usage };
  }
  return run({ values, config: loadStorageConfig(env === undefined ? {} : { env }) });
}

/** Null for what makes no sense together. */
function runOf(verb: string, values: Values): ((asked: Asked) => Promise<Printed>) | null {
  const given = Object.keys(values).toSorted().join(' ');
  if (verb === 'verify' && /^(?:anchors)?$/.test(given)) {
    return verifyAll;
  }
  if (verb === 'verify' && /^(?:anchors )?file(?: without-key)?$/.test(given)) {
    return verifyFile;
  }
  if (verb === 'erase' && /^(?:all because case|because case person)$/.test(given)) {
    return erase;
  }
  if (verb === 'export' && given === 'list') {
    return listAll;
  }
  return verb === 'export' && /^(?:anchors )?case(?: out)?(?: zone)?$/.test(given) ? writeExport : null;
}

async function verifyAll({ config, values }: Asked): Promise<Printed> {
  const outside = await readAnchors(values, config);
  return withStore(config, async (store) => {
    const key = await readSecret(store.read, auditKeyName);
    const report = await verifyAudit(store, key, outside);
    if (key === null && report.entries === 0 && report.copies === null) {
      return printed(0, ['There is no audit yet: the bot has not been started with this database.']);
    }
    const lines = report.problems.map((problem) => `✕ ${problemText(problem)}`);
    const ofKey =
      key === null
        ? '✕ The key of the payloads is gone from the database, so whether they are the right ones cannot be told.'
        : `Exports of this installation are sealed by ${sealerOf(key)}.`;
    const ok = report.problems.length === 0 && key !== null;
    return printed(ok ? 0 : 1, [...lines, ...unexplainedLines(report), ofKey, summary(report, ok)]);
  });
}

function problemText({ caseId, seq, problem }: Problem): string {
  if (problem === 'copy outside unreadable') {
    return `anchors outside, line ${seq}: it is no anchor`;
  }
  return `${caseId === null ? 'anchor' : `${caseId}, entry`} ${seq}: ${problem}`;
}

/** No problem of the chain, but worth asking about. */
function unexplainedLines({ unexplained }: AuditReport): string[] {
  return unexplained.map(({ caseId, seq }) => `? ${caseId}, entry ${seq}: erased, and no entry says by whom or why`);
}

function summary({ entries, cases, erased, anchors, copies }: AuditReport, ok: boolean): string {
  const without = erased.length > 0 ? `, ${erased.length} of them erased` : '';
  const outside =
    copies === null ? 'no copy outside the database to compare' : `copies outside the database: ${copies}`;
  const counted = `${entries} entries in ${cases} cases${without}, ${anchors} anchors, ${outside}`;
  return ok ? `The audit is whole: ${counted}.` : `The audit does not hold: ${counted}.`;
}

/** Without a database, as an auditor has it, the key is not there either; what can be checked without it is. */
async function verifyFile({ config, values }: Asked): Promise<Printed> {
  const { file = '' } = values;
  const content = await readText(file);
  const outside = await readAnchors(values, config);
  const { key, because } = values['without-key'] === true ? { key: null, because: '' } : await keyAtHand(config);
  const { caseId, checks } = verifyEvidence(content, { key, outside });
  const ok = checks.every(({ good }) => good !== false);
  const verdict = ok ? 'holds, as far as it could be checked' : 'does not hold';
  const lines = [...checks.map(checkText), `The evidence of ${caseId ?? file} ${verdict}.`];
  return { ...printed(ok ? 0 : 1, lines), err: because };
}

function checkText({ good, text: told }: Check): string {
  return `${good === true ? '✓' : good === false ? '✕' : '?'} ${told}`;
}

/** @throws {Error} which says what to write instead */
async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`Reading ${file}: ${String(error)}. Write the path of a file that “audit export” has made.`, {
      cause: error,
    });
  }
}

async function keyAtHand(config: StorageConfig): Promise<{ key: string | null; because: string }> {
  try {
    return { key: await withStore(config, (store) => readSecret(store.read, auditKeyName)), because: '' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { key: null, because: `Checking without the key of the installation. ${reason}\n` };
  }
}

/** What makes pages is loaded only for this. */
async function writeExport({ config, values }: Asked): Promise<Printed> {
  const { exportCase } = await import('./audit-export.ts');
  const outside = await readAnchors(values, config);
  return withStore(config, async (store) => {
    const key = await readSecret(store.read, auditKeyName);
    if (key === null) {
      throw new Error('Exporting a case: this database has no audit yet. Start the bot with it first.');
    }
    const { case: caseId = '', out = '.', zone = null } = values;
    const { files, problems } = await exportCase(store, { caseId, out, zone, key, outside });
    const err = problems.map((problem) => `✕ ${problem}\n`).join('');
    return { ...printed(problems.length === 0 ? 0 : 1, files), err };
  });
}

/** The only one that changes something. */
async function erase({ config, values }: Asked): Promise<Printed> {
  const { eraseFrom } = await import('./audit-erase.ts');
  const { because = '', case: caseId = '', person = null } = values;
  return printed(0, [await eraseFrom(config.database, { caseId, person, because })]);
}

async function listAll({ config }: Asked): Promise<Printed> {
  const { listLines } = await import('./audit-export.ts');
  return withStore(config, async (store) => printed(0, await listLines(store)));
}

async function readAnchors({ anchors }: Values, { anchorDir }: StorageConfig): Promise<OutsideAnchors | null> {
  const outside = await readOutside(anchors ?? outsideFile(anchorDir));
  if (outside === null && anchors !== undefined) {
    throw new Error(`Reading the anchors in ${anchors}: there is no such file. Name a copy that you have kept.`);
  }
  return outside;
}

/** Only looks, so the bot may go on working meanwhile. */
async function withStore<T>(config: StorageConfig, work: (store: StoreReader) => Promise<T>): Promise<T> {
  const store = await openStoreReader(config.database);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function printed(exitCode: number, lines: readonly string[]): Printed {
  return { exitCode, out: `${lines.join('\n')}\n`, err: '' };
}

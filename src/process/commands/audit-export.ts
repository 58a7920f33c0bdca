/** `causeway audit export`: the evidence of one case as a page to read and a file to check, or a list of the cases. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyName } from '../../audit/chain.ts';
import { checkEvidence } from '../../audit/export/check.ts';
import { collectCase } from '../../audit/export/collect.ts';
import { type CaseEvidence, evidenceFormat } from '../../audit/export/evidence.ts';
import { writeEvidence } from '../../audit/export/file.ts';
import { type ListedCase, listCases } from '../../audit/export/list.ts';
import { sealerOf } from '../../audit/export/seal.ts';
import type { OutsideAnchors } from '../../audit/outside.ts';
import { renderPage } from '../../audit/page/page.ts';
import { tellStory } from '../../audit/story/tell.ts';
import type { StoreReader } from '../../store/store.ts';
import { readCard } from './audit-cards.ts';

export interface ExportRequest {
  /** A case id, or the beginning of one. */
  caseId: string;
  /** Directory. */
  out: string;
  /** IANA; null: that of the person who asked first. */
  zone: string | null;
  key: string;
  outside: OutsideAnchors | null;
}

export interface Exported {
  files: readonly string[];
  /** What the checks found; empty when all is well. */
  problems: readonly string[];
}

/** @throws {Error} when there is no such case, which says how to find one */
export async function exportCase(store: StoreReader, request: ExportRequest): Promise<Exported> {
  const { key, outside, out, zone } = request;
  checkZone(zone);
  const { caseId, collected } = await store.snapshot(async (db) => {
    const found = findCase(await listCases(db), request.caseId);
    return { caseId: found, collected: await collectCase(db, found, outside) };
  });
  if (collected === null) {
    throw new Error(`Exporting ${caseId}: it has no entries. “causeway audit export --list” shows which cases have.`);
  }
  const { chain, head, entries, anchors } = collected;
  const story = tellStory(chain, { caseId, readCard, zone });
  const exportedAt = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const chained = { caseId, keyName: keyName(key), head, entries, anchors };
  const checks = checkEvidence(chained, { key, outside });
  const evidence: CaseEvidence = { format: evidenceFormat, exportedAt, checks, story, ...chained };
  const files = await writeFiles(out, evidence, { story, key });
  return { files, problems: checks.filter(({ good }) => good === false).map(({ text }) => text) };
}

async function writeFiles(
  directory: string,
  evidence: CaseEvidence,
  { story, key }: { story: ReturnType<typeof tellStory>; key: string },
): Promise<string[]> {
  const name = evidence.caseId.replaceAll(/[^\w.-]/g, '_');
  const json = writeEvidence(evidence, key);
  const sha256 = createHash('sha256').update(json).digest('hex');
  const page = renderPage({ evidence, story, file: { name: `${name}.json`, sha256 }, sealedBy: sealerOf(key) });
  const files = [join(directory, `${name}.html`), join(directory, `${name}.json`)];
  await mkdir(directory, { recursive: true });
  await Promise.all([page, json].map((text, index) => writeFile(files[index] ?? '', text)));
  return files;
}

function checkZone(zone: string | null): void {
  try {
    Temporal.Now.zonedDateTimeISO(zone ?? 'UTC');
  } catch {
    throw new Error(`There is no time zone “${zone}”. Write one such as Europe/Amsterdam after --zone.`);
  }
}

function findCase(cases: readonly ListedCase[], wanted: string): string {
  const found = cases.filter(({ caseId }) => caseId === wanted || (wanted !== '' && caseId.startsWith(wanted)));
  const exact = found.find(({ caseId }) => caseId === wanted) ?? (found.length === 1 ? found[0] : undefined);
  if (exact === undefined) {
    const why = found.length === 0 ? 'there is no such case' : `${found.length} cases begin like that`;
    throw new Error(`Exporting ${wanted}: ${why}. “causeway audit export --list” shows all of them.`);
  }
  return exact.caseId;
}

export async function listLines(store: StoreReader): Promise<string[]> {
  const cases = await listCases(store.read);
  return cases.length === 0 ? ['There are no cases yet.'] : cases.map(caseLine);
}

const longestWords = 80;

/** Id, day and time, person, first words, with tabs between them, so that other programs can cut it. */
function caseLine({ caseId, from, kind, person, words }: ListedCase): string {
  const line = words.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  const short = line.length <= longestWords ? line : `${line.slice(0, longestWords - 1).trimEnd()}…`;
  return [caseId, `${from.slice(0, 16).replace('T', ' ')} UTC`, kind, person === '' ? '-' : person, short].join('\t');
}

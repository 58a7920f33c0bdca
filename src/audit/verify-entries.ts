/** Walks the chain of every case from its first entry to its head. */
import type { Reader } from '../store/store.ts';
import type { AuditHead } from './chain.ts';
import { erasedBy } from './erase.ts';
import { beforeFirst, checkEntry, checkHead, type StoredEntry } from './check-entry.ts';
import type { Problem } from './report.ts';

export interface VerifiedEntries {
  count: number;
  /** The last entry of each case as it was found. */
  heads: ReadonlyMap<string, AuditHead>;
  erased: { caseId: string; seq: number }[];
  /** Those of them of which no entry says who took them out. */
  unexplained: { caseId: string; seq: number }[];
  problems: Problem[];
}

export async function verifyEntries(db: Reader, key: string | null): Promise<VerifiedEntries> {
  const heads = new Map<string, AuditHead>();
  const erased: VerifiedEntries['erased'] = [];
  const explained = new Set<string>();
  const problems: Problem[] = [];
  let count = 0;
  for await (const entry of allEntries(db)) {
    const { caseId, seq, hash } = entry;
    problems.push(...checkEntry(entry, heads.get(caseId) ?? beforeFirst, key));
    if (entry.payload === null) erased.push({ caseId, seq });
    for (const gone of erasedBy(entry)) explained.add(`${caseId} ${gone}`);
    heads.set(caseId, { seq, hash });
    count += 1;
  }
  problems.push(...(await verifyHeads(db, heads)), ...(await strayPayloads(db)));
  const unexplained = erased.filter(({ caseId, seq }) => !explained.has(`${caseId} ${seq}`));
  return { count, heads, erased, unexplained, problems };
}

async function verifyHeads(db: Reader, heads: ReadonlyMap<string, AuditHead>): Promise<Problem[]> {
  const flows = await db.selectFrom('flow').select(['case_id', 'audit_seq', 'audit_head']).execute();
  const problems = flows.flatMap(({ case_id: caseId, audit_seq: seq, audit_head: hash }) =>
    checkHead(caseId, { seq, hash }, heads.get(caseId) ?? beforeFirst),
  );
  const known = new Set(flows.map((flow) => flow.case_id));
  for (const [caseId, { seq }] of heads) {
    if (!known.has(caseId)) problems.push({ caseId, seq, problem: 'case missing' });
  }
  return problems;
}

/** One that was moved away from its entry would look as if it had been erased. */
async function strayPayloads(db: Reader): Promise<Problem[]> {
  const rows = await db
    .selectFrom('audit_payload')
    .leftJoin('audit', (join) =>
      join.onRef('audit.case_id', '=', 'audit_payload.case_id').onRef('audit.seq', '=', 'audit_payload.seq'),
    )
    .select(['audit_payload.case_id', 'audit_payload.seq'])
    .where('audit.seq', 'is', null)
    .execute();
  return rows.map(({ case_id: caseId, seq }) => ({ caseId, seq, problem: 'payload without entry' }));
}

const entriesPerPage = 2000;

async function* allEntries(db: Reader): AsyncGenerator<StoredEntry> {
  let last: StoredEntry | undefined;
  do {
    const page = await readPage(db, last);
    yield* page;
    last = page.at(-1);
  } while (last !== undefined);
}

async function readPage(db: Reader, after: StoredEntry | undefined): Promise<StoredEntry[]> {
  const query = entriesWithPayloads(db).limit(entriesPerPage);
  const rows = await (after === undefined
    ? query
    : query.where((row) =>
        row.or([
          row('audit.case_id', '>', after.caseId),
          row.and([row('audit.case_id', '=', after.caseId), row('audit.seq', '>', after.seq)]),
        ]),
      )
  ).execute();
  return rows.map(toStoredEntry);
}

/** Of one case, from the first. */
export async function readChain(db: Reader, caseId: string): Promise<StoredEntry[]> {
  const rows = await entriesWithPayloads(db).where('audit.case_id', '=', caseId).execute();
  return rows.map(toStoredEntry);
}

function entriesWithPayloads(db: Reader) {
  return db
    .selectFrom('audit')
    .leftJoin('audit_payload', (join) =>
      join.onRef('audit_payload.case_id', '=', 'audit.case_id').onRef('audit_payload.seq', '=', 'audit.seq'),
    )
    .selectAll('audit')
    .select('audit_payload.body')
    .orderBy('audit.case_id')
    .orderBy('audit.seq');
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entriesWithPayloads>['execute']>>[number];

function toStoredEntry(row: EntryRow): StoredEntry {
  const { case_id: caseId, payload_digest: payloadDigest, body: payload, seq, at, type, previous, hash } = row;
  return { caseId, seq, at, type, payloadDigest, previous, hash, payload };
}

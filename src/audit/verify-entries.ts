/** Walks the chain of every case from its first entry to its head. */
import type { Reader } from '../store/store.ts';
import { type AuditHead, digestPayload, entryHash } from './chain.ts';
import type { Problem, ProblemKind } from './report.ts';

export interface VerifiedEntries {
  count: number;
  /** The last entry of each case as it was found. */
  heads: ReadonlyMap<string, AuditHead>;
  erased: { caseId: string; seq: number }[];
  problems: Problem[];
}

const beforeFirst: AuditHead = { seq: 0, hash: '' };

export async function verifyEntries(db: Reader, key: string): Promise<VerifiedEntries> {
  const heads = new Map<string, AuditHead>();
  const erased: VerifiedEntries['erased'] = [];
  const problems: Problem[] = [];
  let count = 0;
  for await (const entry of allEntries(db)) {
    const { case_id: caseId, seq, hash, body } = entry;
    const before = heads.get(caseId) ?? beforeFirst;
    if (seq !== before.seq + 1) problems.push({ caseId, seq: before.seq + 1, problem: 'entry missing' });
    const problem = problemOf(entry, before);
    if (problem !== null) problems.push({ caseId, seq, problem });
    if (body === null) erased.push({ caseId, seq });
    else if (digestPayload(key, body) !== entry.payload_digest)
      problems.push({ caseId, seq, problem: 'payload changed' });
    heads.set(caseId, { seq, hash });
    count += 1;
  }
  problems.push(...(await verifyHeads(db, heads)));
  return { count, heads, erased, problems };
}

type EntryRow = Awaited<ReturnType<typeof readPage>>[number];

function problemOf(entry: EntryRow, before: AuditHead): ProblemKind | null {
  const { case_id: caseId, seq, at, type, payload_digest: digest, previous, hash } = entry;
  // After a gap there is no telling what it should follow.
  if (seq === before.seq + 1 && previous !== before.hash) return 'entry out of order';
  const expected = entryHash({ caseId, seq, at, type, payloadDigest: digest, previous });
  return hash === expected ? null : 'entry changed';
}

async function verifyHeads(db: Reader, heads: ReadonlyMap<string, AuditHead>): Promise<Problem[]> {
  const flows = await db.selectFrom('flow').select(['case_id', 'audit_seq', 'audit_head']).execute();
  const problems: Problem[] = [];
  for (const { case_id: caseId, audit_seq: seq, audit_head: hash } of flows) {
    const found = heads.get(caseId) ?? beforeFirst;
    if (found.seq < seq) problems.push({ caseId, seq: found.seq + 1, problem: 'tail cut' });
    else if (found.seq > seq) problems.push({ caseId, seq: seq + 1, problem: 'entry added' });
    else if (found.hash !== hash) problems.push({ caseId, seq, problem: 'entry changed' });
  }
  const known = new Set(flows.map((flow) => flow.case_id));
  for (const [caseId, { seq }] of heads) {
    if (!known.has(caseId)) problems.push({ caseId, seq, problem: 'case missing' });
  }
  return problems;
}

const entriesPerPage = 2000;

async function* allEntries(db: Reader): AsyncGenerator<EntryRow> {
  let last: EntryRow | undefined;
  do {
    const page = await readPage(db, last);
    yield* page;
    last = page.at(-1);
  } while (last !== undefined);
}

async function readPage(db: Reader, after: { case_id: string; seq: number } | undefined) {
  const query = db
    .selectFrom('audit')
    .leftJoin('audit_payload', (join) =>
      join.onRef('audit_payload.case_id', '=', 'audit.case_id').onRef('audit_payload.seq', '=', 'audit.seq'),
    )
    .selectAll('audit')
    .select('audit_payload.body')
    .orderBy('audit.case_id')
    .orderBy('audit.seq')
    .limit(entriesPerPage);
  if (after === undefined) return query.execute();
  return query
    .where((row) =>
      row.or([
        row('audit.case_id', '>', after.case_id),
        row.and([row('audit.case_id', '=', after.case_id), row('audit.seq', '>', after.seq)]),
      ]),
    )
    .execute();
}

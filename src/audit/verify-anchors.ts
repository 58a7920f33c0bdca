/** Walks the anchors from the first to the last, and looks whether what they name is still there. */
import type { Selectable } from 'kysely';
import type { Reader } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type AuditHead, anchorDigest, anchorHash } from './chain.ts';
import type { OutsideAnchors } from './outside.ts';
import type { Problem } from './report.ts';

export interface VerifiedAnchors {
  count: number;
  problems: Problem[];
}

type Anchor = Selectable<Tables['anchor']>;

export async function verifyAnchors(
  db: Reader,
  heads: ReadonlyMap<string, AuditHead>,
  outside: OutsideAnchors | null,
): Promise<VerifiedAnchors> {
  const problems: Problem[] = [];
  const copies = copiesOf(outside);
  let last: Pick<Anchor, 'seq' | 'hash'> = { seq: 0, hash: '' };
  let count = 0;
  for (let page = await readPage(db, 0); page.length > 0; page = await readPage(db, last.seq)) {
    const named = Map.groupBy(await readCases(db, page), (row) => row.anchor);
    for (const anchor of page) {
      const cases = named.get(anchor.seq) ?? [];
      if (anchor.seq !== last.seq + 1) problems.push({ caseId: null, seq: last.seq + 1, problem: 'anchor missing' });
      else if (!fits(anchor, last.hash, cases))
        problems.push({ caseId: null, seq: anchor.seq, problem: 'anchor changed' });
      problems.push(...cases.flatMap((one) => problemOf(one, heads) ?? []), ...copies.problemsOf(anchor));
      last = anchor;
    }
    count += page.length;
  }
  if ((await namesLater(db, last.seq)) || copies.highest > last.seq)
    problems.push({ caseId: null, seq: last.seq + 1, problem: 'anchor missing' });
  return { count, problems: [...problems, ...copies.unreadable] };
}

/** Several processes may each have kept a copy of one anchor. */
function copiesOf(outside: OutsideAnchors | null) {
  const bySeq = Map.groupBy(outside?.anchors ?? [], (copy) => copy.seq);
  return {
    highest: Math.max(0, ...bySeq.keys()),
    unreadable: (outside?.unreadable ?? []).map(
      (seq): Problem => ({ caseId: null, seq, problem: 'copy outside unreadable' }),
    ),
    problemsOf({ seq, hash }: Anchor): Problem[] {
      const isOther = (bySeq.get(seq) ?? []).some((copy) => copy.hash !== hash);
      return isOther ? [{ caseId: null, seq, problem: 'anchor unlike its copy outside' }] : [];
    },
  };
}

type CaseRow = Awaited<ReturnType<typeof readCases>>[number];

function fits(anchor: Anchor, previous: string, cases: readonly CaseRow[]): boolean {
  const digest = anchorDigest(cases.map(({ case_id: caseId, seq, head }) => ({ caseId, seq, head })));
  return anchor.previous === previous && anchor.digest === digest && anchor.hash === anchorHash(anchor);
}

/** An entry that is missing in the middle of its chain was noticed there. */
function problemOf(
  { case_id: caseId, seq, head, hash }: CaseRow,
  heads: ReadonlyMap<string, AuditHead>,
): Problem | null {
  const found = heads.get(caseId);
  if (found === undefined) return { caseId, seq: 1, problem: 'case missing' };
  if (seq > found.seq) return { caseId, seq: found.seq + 1, problem: 'tail cut' };
  return hash === null || hash === head ? null : { caseId, seq, problem: 'entry changed' };
}

const anchorsPerPage = 500;

async function readPage(db: Reader, after: number): Promise<Anchor[]> {
  return db.selectFrom('anchor').selectAll().where('seq', '>', after).orderBy('seq').limit(anchorsPerPage).execute();
}

/** What these anchors name, each with the hash that its entry has today; null when there is no such entry. */
async function readCases(db: Reader, anchors: readonly Anchor[]) {
  return db
    .selectFrom('anchor_case')
    .leftJoin('audit', (join) =>
      join.onRef('audit.case_id', '=', 'anchor_case.case_id').onRef('audit.seq', '=', 'anchor_case.seq'),
    )
    .selectAll('anchor_case')
    .select('audit.hash')
    .where('anchor_case.anchor', '>=', anchors[0]?.seq ?? 0)
    .where('anchor_case.anchor', '<=', anchors.at(-1)?.seq ?? 0)
    .execute();
}

/** Anchors were cut off at the end, but not what they name. */
async function namesLater(db: Reader, seq: number): Promise<boolean> {
  const row = await db.selectFrom('anchor_case').select('anchor').where('anchor', '>', seq).limit(1).executeTakeFirst();
  return row !== undefined;
}

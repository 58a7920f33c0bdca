/** Reads what the database holds of one case: its chain, and the anchors that lead from it to a copy outside. */
import type { Selectable } from 'kysely';
import type { Reader } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import type { StoredEntry } from '../check-entry.ts';
import type { OutsideAnchors } from '../outside.ts';
import { readChain } from '../verify-entries.ts';
import type { CaseEvidence, ExportedAnchor, ExportedEntry } from './evidence.ts';

type Collected = Pick<CaseEvidence, 'head' | 'entries' | 'anchors'> & { chain: readonly StoredEntry[] };

/** Null when there is no entry of this case. */
export async function collectCase(
  db: Reader,
  caseId: string,
  outside: OutsideAnchors | null,
): Promise<Collected | null> {
  const chain = await readChain(db, caseId);
  if (chain.length === 0) {
    return null;
  }
  const flow = await db
    .selectFrom('flow')
    .select(['audit_seq', 'audit_head'])
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  return {
    chain,
    head: flow === undefined ? null : { seq: flow.audit_seq, hash: flow.audit_head },
    entries: chain.map(exported),
    anchors: await anchorsOf(db, caseId, outside),
  };
}

function exported({ caseId: _caseId, payload, ...entry }: StoredEntry): ExportedEntry {
  return payload === null ? entry : { ...entry, payload: JSON.parse(payload) as unknown };
}

async function anchorsOf(db: Reader, caseId: string, outside: OutsideAnchors | null): Promise<ExportedAnchor[]> {
  const named = await db
    .selectFrom('anchor')
    .selectAll('anchor')
    .where('anchor.seq', 'in', (anchor) =>
      anchor.selectFrom('anchor_case').select('anchor').where('anchor_case.case_id', '=', caseId),
    )
    .orderBy('anchor.seq')
    .execute();
  const last = named.at(-1);
  const withCases = await Promise.all(named.map((anchor) => withMoved(db, anchor)));
  return last === undefined ? [] : [...withCases, ...(await onwards(db, last.seq, outside))];
}

async function withMoved(db: Reader, anchor: Selectable<Tables['anchor']>): Promise<ExportedAnchor> {
  const rows = await db
    .selectFrom('anchor_case')
    .select(['case_id', 'seq', 'head'])
    .where('anchor', '=', anchor.seq)
    .orderBy('case_id')
    .execute();
  return { ...toExported(anchor), moved: rows.map(({ case_id: caseId, seq, head }) => ({ caseId, seq, head })) };
}

/** One leaves the database every day, and one is made every minute at most; a longer way has lost its copies. */
const longestWay = 3000;

/** From the last anchor that names the case to the next one that has left the database. */
async function onwards(db: Reader, after: number, outside: OutsideAnchors | null): Promise<ExportedAnchor[]> {
  const copies = (outside?.anchors ?? []).map(({ seq }) => seq).filter((seq) => seq >= after);
  const next = copies.length === 0 ? after : Math.min(...copies);
  if (next === after || next - after > longestWay) {
    return [];
  }
  const rows = await db
    .selectFrom('anchor')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', next)
    .orderBy('seq')
    .execute();
  return rows.map(toExported);
}

function toExported({ seq, at, cases, digest, previous, hash }: Selectable<Tables['anchor']>): ExportedAnchor {
  return { seq, at, cases, digest, previous, hash, moved: null };
}

/** What somebody can do who writes to the tables of the audit and does not know the key: everything but the digests. */
import { anchorDigest, anchorHash, digestPayload, entryHash } from '../../src/audit/chain.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import type { Tables } from '../../src/store/tables.ts';
import type { Selectable } from 'kysely';

type Entry = Selectable<Tables['audit']>;

/** Gives the entries of a case new numbers without a gap, and hashes that fit; their digests stay as they are. */
export async function makeChainAnew(tx: Tx, caseId: string): Promise<void> {
  const entries = await tx.selectFrom('audit').selectAll().where('case_id', '=', caseId).orderBy('seq').execute();
  const payloads = await tx.selectFrom('audit_payload').selectAll().where('case_id', '=', caseId).execute();
  for (const table of ['audit', 'audit_payload'] as const) {
    await tx.deleteFrom(table).where('case_id', '=', caseId).execute();
  }
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const made = withHash({ ...entry, seq: index + 1, previous });
    await tx.insertInto('audit').values(made).execute();
    const payload = payloads.find(({ seq }) => seq === entry.seq);
    if (payload !== undefined) {
      await tx
        .insertInto('audit_payload')
        .values({ ...payload, seq: made.seq })
        .execute();
    }
    previous = made.hash;
  }
  await tx
    .updateTable('flow')
    .set({ audit_seq: entries.length, audit_head: previous })
    .where('case_id', '=', caseId)
    .execute();
}

function withHash(entry: Entry): Entry {
  const { case_id: caseId, payload_digest: payloadDigest, ...rest } = entry;
  return { ...entry, hash: entryHash({ ...rest, caseId, payloadDigest }) };
}

/** With a digest by a key of their own. */
export async function forgePayload(tx: Tx, caseId: string, seq: number, body: string): Promise<void> {
  const entry = await tx
    .selectFrom('audit')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  const digest = digestPayload('a key of their own', { ...entry, caseId }, body);
  await tx
    .updateTable('audit')
    .set({ payload_digest: digest })
    .where('case_id', '=', caseId)
    .where('seq', '=', seq)
    .execute();
  await tx.updateTable('audit_payload').set({ body }).where('case_id', '=', caseId).where('seq', '=', seq).execute();
}

/** One anchor over everything as it stands, as if there had never been another. */
export async function makeAnchorsAnew(tx: Tx): Promise<void> {
  const flows = await tx.selectFrom('flow').select(['case_id', 'audit_seq', 'audit_head']).execute();
  for (const table of ['anchor', 'anchor_case'] as const) {
    await tx.deleteFrom(table).execute();
  }
  const cases = flows.map((flow) => ({ caseId: flow.case_id, seq: flow.audit_seq, head: flow.audit_head }));
  const at = '2026-11-21T13:00:00.000Z';
  const anchor = { seq: 1, at, cases: cases.length, digest: anchorDigest(cases), previous: '' };
  await tx
    .insertInto('anchor')
    .values({ ...anchor, hash: anchorHash(anchor) })
    .execute();
  for (const { caseId, seq, head } of cases) {
    await tx.insertInto('anchor_case').values({ case_id: caseId, seq, head, anchor: 1 }).execute();
  }
}

export async function removeCase(tx: Tx, caseId: string): Promise<void> {
  for (const table of ['flow', 'audit', 'audit_payload'] as const) {
    await tx.deleteFrom(table).where('case_id', '=', caseId).execute();
  }
}

export async function removeEntry(tx: Tx, caseId: string, seq: number): Promise<void> {
  for (const table of ['audit', 'audit_payload'] as const) {
    await tx.deleteFrom(table).where('case_id', '=', caseId).where('seq', '=', seq).execute();
  }
}

const columns = {
  audit: ['case_id', 'seq', 'at', 'type', 'payload_digest', 'previous', 'hash'],
  audit_payload: ['case_id', 'seq', 'body'],
  anchor: ['seq', 'at', 'cases', 'digest', 'previous', 'hash'],
  anchor_case: ['case_id', 'seq', 'head', 'anchor'],
  flow: ['case_id', 'audit_seq', 'audit_head'],
} as const satisfies {
  [Table in 'audit' | 'audit_payload' | 'anchor' | 'anchor_case' | 'flow']: (keyof Tables[Table])[];
};

type AuditTable = keyof typeof columns;
type Row = Readonly<Record<string, string | number>>;

export interface Damage {
  name: string;
  /** Does it, or takes it back. */
  apply(tx: Tx): Promise<void>;
  revert(tx: Tx): Promise<void>;
}

/** Each column of each row with one character, or number, changed; which one moves on from row to row. */
export async function smallDamages(store: Store): Promise<Damage[]> {
  const damages: Damage[] = [];
  let turn = 0;
  for (const [table, names] of Object.entries(columns) as [AuditTable, readonly string[]][]) {
    const rows = (await store.read.selectFrom(table).selectAll().execute()) as unknown as Row[];
    for (const row of rows) {
      for (const column of names.filter((name) => row[name] !== '')) {
        turn += 1;
        damages.push(damageOf(table, row, column, turn));
      }
    }
  }
  return damages;
}

function damageOf(table: AuditTable, row: Row, column: string, turn: number): Damage {
  const before = row[column] ?? '';
  const after = typeof before === 'number' ? before + 100 : withOther(before, turn % before.length);
  const changed = { ...row, [column]: after };
  return {
    name: `${table}.${column} of ${Object.values(row).slice(0, 2).join('/')}: ${before} → ${after}`,
    apply: (tx) => replace(tx, table, row, changed),
    revert: (tx) => replace(tx, table, changed, row),
  };
}

function withOther(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
}

/** Whole rows, because some of these columns are keys. */
async function replace(tx: Tx, table: AuditTable, from: Row, to: Row): Promise<void> {
  const keys = table === 'anchor' ? ['seq'] : table === 'flow' ? ['case_id'] : ['case_id', 'seq'];
  let query = tx.deleteFrom(table as 'audit');
  for (const key of keys) {
    query = query.where(key as 'seq', '=', from[key] as number);
  }
  await query.execute();
  await tx
    .insertInto(table as 'audit')
    .values(to as unknown as Entry)
    .execute();
}

/** Which cases there are, so that somebody finds the one they look for by its first words, its person or its day. */
import type { Reader } from '../../store/store.ts';
import { openEntry } from '../story/entry.ts';
import { askedIn } from '../story/facts.ts';
import { peopleIn } from '../story/people.ts';

export interface ListedCase {
  caseId: string;
  kind: string;
  /** Of its first entry and of its last. */
  from: string;
  to: string;
  entries: number;
  person: string;
  words: string;
}

/** Newest first. */
export async function listCases(db: Reader): Promise<ListedCase[]> {
  const rows = await db
    .selectFrom('flow')
    .innerJoin('audit', (join) => join.onRef('audit.case_id', '=', 'flow.case_id').on('audit.seq', '=', 1))
    .leftJoin('audit_payload', (join) =>
      join.onRef('audit_payload.case_id', '=', 'flow.case_id').on('audit_payload.seq', '=', 1),
    )
    .select(['flow.case_id', 'flow.kind', 'flow.audit_seq', 'flow.at as to', 'audit.at as from', 'audit.type'])
    .select('audit_payload.body')
    .orderBy('audit.at', 'desc')
    .orderBy('flow.case_id')
    .execute();
  return rows.map((row) => {
    const place = { caseId: row.case_id, seq: 1, at: row.from, type: row.type, previous: '' };
    const first = openEntry({ ...place, payloadDigest: '', hash: '', payload: row.body });
    const { person, words, seq } = askedIn([first]);
    return {
      caseId: row.case_id,
      kind: row.kind,
      from: row.from,
      to: row.to,
      entries: row.audit_seq,
      person: peopleIn([first]).nameOf(person, seq),
      words: first.erased ? '(erased)' : words,
    };
  });
}

/** Looks at every audit entry and every anchor there is, and tells what does not fit. Changes nothing. */
import type { Store } from '../store/store.ts';
import type { OutsideAnchors } from './outside.ts';
import type { AuditReport, Problem } from './report.ts';
import { verifyAnchors } from './verify-anchors.ts';
import { verifyEntries } from './verify-entries.ts';

/**
 * `key` is the one that the entries were appended with; without it nobody can tell whether the payloads are the right
 * ones. `outside`: what has left the database, so that one that was made anew as a whole is found, too.
 */
export async function verifyAudit(
  store: Pick<Store, 'snapshot'>,
  key: string | null,
  outside: OutsideAnchors | null = null,
): Promise<AuditReport> {
  return store.snapshot(async (db) => {
    const entries = await verifyEntries(db, key);
    const anchors = await verifyAnchors(db, entries.heads, outside);
    return {
      cases: entries.heads.size,
      entries: entries.count,
      anchors: anchors.count,
      copies: outside?.anchors.length ?? null,
      erased: entries.erased,
      unexplained: entries.unexplained,
      problems: distinct([...entries.problems, ...anchors.problems]),
    };
  });
}

/** A cut tail is seen both by its case and by the anchors. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** Looks at every audit entry and every anchor there is, and tells what does not fit. Changes nothing. */
import type { Store } from '../store/store.ts';
import type { AuditReport, Problem } from './report.ts';
import { verifyAnchors } from './verify-anchors.ts';
import { verifyEntries } from './verify-entries.ts';

/** `key` is the one that the entries were appended with. */
export async function verifyAudit(store: Pick<Store, 'snapshot'>, key: string): Promise<AuditReport> {
  return store.snapshot(async (db) => {
    const entries = await verifyEntries(db, key);
    const anchors = await verifyAnchors(db, entries.heads);
    return {
      cases: entries.heads.size,
      entries: entries.count,
      anchors: anchors.count,
      erased: entries.erased,
      problems: distinct([...entries.problems, ...anchors.problems]),
    };
  });
}

/** A cut tail is seen both by its case and by the anchors. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

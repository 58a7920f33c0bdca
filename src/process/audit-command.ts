/** `causeway audit verify`: checks every chain and every anchor, and says in words what it found. */
import type { Database } from '../config/database.ts';
import { verifyAudit } from '../audit/verify.ts';
import { openStore } from '../store/open.ts';

export async function verifyStoredAudit(database: Database): Promise<{ ok: boolean; text: string }> {
  const store = await openStore({ database, migrate: false });
  try {
    const report = await verifyAudit(store);
    const ok = report.problems.length === 0;
    const lines = report.problems.map((problem) => `✕ case ${problem.caseId ?? '-'}, entry ${problem.seq ?? '-'}: ${problem.problem}`);
    const counted = `${report.entries} entries in ${report.cases} cases, ${report.anchors} anchors`;
    return { ok, text: [...lines, ok ? `The audit is whole: ${counted}.` : `The audit does not hold: ${counted}.`].join('\n') };
  } finally {
    await store.close();
  }
}

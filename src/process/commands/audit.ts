/** `causeway audit verify`: checks every chain and every anchor, and says in words what it found. */
import { parseArgs } from 'node:util';
import { verifyAudit } from '../../audit/verify.ts';
import type { Database } from '../../config/database.ts';
import { loadStorageConfig } from '../../config/load.ts';
import { openStore } from '../../store/open.ts';
import { readSecret } from '../../store/secrets.ts';
import { auditKeyName } from '../core.ts';

export async function auditCommand(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  if (positionals[0] !== 'verify' || positionals.length > 1) {
    process.stderr.write('Usage: causeway audit verify\n');
    return 2;
  }
  const report = await verifyStoredAudit(loadStorageConfig().database);
  process.stdout.write(`${report.text}\n`);
  return report.ok ? 0 : 1;
}

async function verifyStoredAudit(database: Database): Promise<{ ok: boolean; text: string }> {
  const store = await openStore({ database, migrate: false });
  try {
    const key = await readSecret(store.read, auditKeyName);
    if (key === null) {
      return { ok: true, text: 'There is no audit yet: the bot has not been started with this database.' };
    }
    const report = await verifyAudit(store, key);
    const ok = report.problems.length === 0;
    const lines = report.problems.map(
      ({ caseId, seq, problem }) => `✕ ${caseId === null ? 'anchor' : `${caseId}, entry`} ${seq}: ${problem}`,
    );
    const erased = report.erased.length > 0 ? `, ${report.erased.length} erased on purpose` : '';
    const counted = `${report.entries} entries in ${report.cases} cases${erased}, ${report.anchors} anchors`;
    const verdict = ok ? `The audit is whole: ${counted}.` : `The audit does not hold: ${counted}.`;
    return { ok, text: [...lines, verdict].join('\n') };
  } finally {
    await store.close();
  }
}

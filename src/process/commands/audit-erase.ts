/** `causeway audit erase`: takes what people said in a case that is over out of the database; the chain still holds. */
import { userInfo } from 'node:os';
import { eraseCase } from '../../conversation/erase-case.ts';
import { rangesText } from '../../audit/story/words.ts';
import { type Database, openStore } from '../../store/open.ts';
import { readSecret } from '../../store/secrets.ts';
import { auditKeyName } from '../audit-key.ts';

interface EraseRequest {
  caseId: string;
  /** Null: everything of the case. */
  person: string | null;
  because: string;
}

/** A line to read. @throws {Error} which says why nothing was erased */
export async function eraseFrom(database: Database, request: EraseRequest): Promise<string> {
  const { because, caseId } = request;
  if (because.trim() === '') {
    throw new Error(`Erasing ${caseId}: say why after --because; whoever reads the record later will ask.`);
  }
  const store = await openStore({ database, migrate: false });
  try {
    const auditKey = await readSecret(store.read, auditKeyName);
    if (auditKey === null) {
      throw new Error(`Erasing ${caseId}: this database has no audit yet. Start the bot with it first.`);
    }
    const at = Temporal.Now.instant();
    const seqs = await eraseCase(store, { ...request, because: because.trim(), by: userInfo().username, at, auditKey });
    return `Erased what ${seqs.length} ${seqs.length === 1 ? 'entry' : 'entries'} of ${caseId} held (${rangesText(seqs)}), and what other tables held of it. The chain holds without it; another entry says who erased it and why.`;
  } finally {
    await store.close();
  }
}

/**
 * Takes what people said in a case out of the audit and out of every table, once the case is over. One transaction: either
 * all of it is gone, and an entry says who took it out and why, or nothing is.
 */
import { erasePayloads, erasureType, type KeptPayload, keptPayloads } from '../audit/erase.ts';
import { holdCase, noteIn } from '../audit/note.ts';
import { erasedState, whyStillOpen } from '../flows/still-open.ts';
import type { CaseState } from '../flows/state.ts';
import { eraseFromTables, workUnderWay } from '../store/erase.ts';
import { lockFlow } from '../store/flows.ts';
import type { Store, Tx } from '../store/store.ts';
import { sealWith } from './audit-seal.ts';
import { instantText } from './instant-text.ts';

interface ErasureRequest {
  caseId: string;
  /** Id of a person; null: everything. */
  person: string | null;
  because: string;
  /** Who erases. */
  by: string;
  at: Temporal.Instant;
  auditKey: string;
}

/** Numbers of the entries whose payload was taken out. @throws {Error} which says why not, and what to do */
export function eraseCase(store: Store, request: ErasureRequest): Promise<number[]> {
  return store.write((tx) => eraseIn(tx, request));
}

async function eraseIn(tx: Tx, request: ErasureRequest): Promise<number[]> {
  const { at, auditKey, because, by, caseId, person } = request;
  const flow = await lockFlow(tx, caseId);
  if (flow === null) {
    throw new Error(`Erasing ${caseId}: there is no such case. “causeway audit export --list” shows all of them.`);
  }
  await checkOver(tx, caseId, flow.state);
  const payloads = await keptPayloads(tx, caseId);
  const isMeant = person === null ? () => true : namesOneOf(marksOf(person, payloads));
  const seqs = payloads.filter(({ body }) => isMeant(body)).map(({ seq }) => seq);
  if (seqs.length === 0) {
    throw new Error(`Erasing ${caseId}: nothing that is still there is meant by it. Nothing was changed.`);
  }
  await erasePayloads(tx, caseId, seqs);
  await eraseFromTables(tx, { caseId, isMeant, left: (state) => ('place' in state ? leftOf(state) : state) });
  await noteIn(tx, await holdCase(tx, caseId), {
    caseId,
    at: instantText(at),
    type: erasureType,
    // Whose words they were is not said: that would keep the name.
    payload: { by, because, scope: person === null ? 'all' : 'person', entries: seqs },
    seal: sealWith(auditKey),
  });
  return seqs;
}

function leftOf(state: Extract<CaseState, { place: unknown }>): CaseState {
  return state.place === null ? state : erasedState(state.place);
}

async function checkOver(tx: Tx, caseId: string, state: CaseState): Promise<void> {
  const open = whyStillOpen(state);
  if (open !== null) {
    throw new Error(`Erasing ${caseId}: the case is still open: ${open}`);
  }
  const underWay = await workUnderWay(tx, caseId);
  if (underWay.length > 0) {
    throw new Error(
      `Erasing ${caseId}: something of it is still under way or in force (${underWay.join(', ')}). Wait until it is over, or end it, then try again.`,
    );
  }
}

/** Whatever a person is known by in this case; a name that is part of a longer word is not theirs. */
function marksOf(person: string, payloads: readonly KeptPayload[]): string[] {
  const known = payloads.flatMap(({ body }) => {
    const { people = {} } = JSON.parse(body) as { people?: Record<string, Record<string, unknown> | undefined> };
    const { email, entra, name, slack } = people[person] ?? {};
    const ids = [
      (entra as { objectId?: unknown } | undefined)?.objectId,
      (slack as { user?: unknown } | undefined)?.user,
    ];
    return [name, email, ...ids].filter((mark) => typeof mark === 'string' && mark !== '') as string[];
  });
  return [...new Set([person, ...known])];
}

function namesOneOf(marks: readonly string[]): (text: string) => boolean {
  const escaped = marks.map((mark) => RegExp.escape(mark));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_-])`, 'iu');
  return (text) => pattern.test(text);
}

/**
 * Takes what people said, and their names, out of every table that holds it besides the audit. Rows stay where others
 * refer to them; plans and steps stay, because they hold resources of Azure and no words of people.
 */
import type { MessageContent } from '../flows/effect.ts';
import type { CaseState } from '../flows/state.ts';
import { fromJson } from './json.ts';
import type { Reader, Tx } from './store.ts';

/** Whether a row is to be erased, by everything that it says. */
type IsMeant = (text: string) => boolean;

interface Erasure {
  caseId: string;
  isMeant: IsMeant;
  /** What the case holds from then on. */
  left: (state: CaseState) => CaseState;
}

const erasedText = 'This was erased.';
const erasedContent: MessageContent = { text: erasedText, card: null, speaker: null };
const erasedPerson = 'erased';

/** What is on its way, and would read what is taken out. */
export async function workUnderWay(db: Reader, caseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('effect')
    .select('type')
    .where('case_id', '=', caseId)
    .where('status', 'in', ['open', 'leased', 'running'])
    .where('type', '!=', 'timer')
    .execute();
  const controls = await db
    .selectFrom('control')
    .select('kind')
    .where('id', 'like', `${caseId}/%`)
    .where('lifted_at', 'is', null)
    .execute();
  return [...new Set([...rows.map(({ type }) => type), ...controls.map(({ kind }) => kind)])];
}

export async function eraseFromTables(tx: Tx, erasure: Erasure): Promise<void> {
  await eraseChat(tx, erasure);
  await eraseEvents(tx, erasure);
  await eraseEffects(tx, erasure);
  await eraseMessages(tx, erasure);
  await eraseRecords(tx, erasure);
  await eraseDrafts(tx, erasure);
  await eraseState(tx, erasure);
}

async function eraseEvents(tx: Tx, { caseId, isMeant }: Erasure): Promise<void> {
  const rows = await tx.selectFrom('event').selectAll().where('case_id', '=', caseId).execute();
  for (const { body, failed, id, reply, type } of rows.filter((row) => isMeant(JSON.stringify(row)))) {
    await eraseFiles(tx, body);
    await tx.deleteFrom('click').where('event_id', '=', id).execute();
    await tx
      .updateTable('event')
      .set({
        body: JSON.stringify({ type, erased: true }),
        reply: reply === null ? null : JSON.stringify({ outcome: 'stale', because: erasedText, errors: [] }),
        failed: failed === null ? null : erasedText,
      })
      .where('id', '=', id)
      .execute();
  }
}

/** Files that came with what was said. */
async function eraseFiles(tx: Tx, body: string): Promise<void> {
  const { attached = [], files = [] } = fromJson(body) as { attached?: { id: string }[]; files?: string[] };
  const ids = [...files, ...attached.map(({ id }) => id)];
  if (ids.length > 0) {
    await tx.deleteFrom('chat_file').where('id', 'in', ids).execute();
  }
}

async function eraseEffects(tx: Tx, { caseId, isMeant }: Erasure): Promise<void> {
  const rows = await tx.selectFrom('effect').selectAll().where('case_id', '=', caseId).execute();
  for (const { body, id, kind, type } of rows.filter((row) => isMeant(JSON.stringify(row)))) {
    const { message, to } = fromJson(body) as { message?: unknown; to?: unknown };
    const left = { kind, type, message, to, content: erasedContent, verbs: [], mention: [], onlyFor: null };
    await tx
      .updateTable('effect')
      .set({ body: JSON.stringify(kind === 'message' ? left : { kind, type }), outcome: null })
      .where('id', '=', id)
      .execute();
  }
}

/** Without their tokens, buttons of what is left are not known any more. */
async function eraseMessages(tx: Tx, { caseId, isMeant }: Erasure): Promise<void> {
  const rows = await tx.selectFrom('message').selectAll().where('case_id', '=', caseId).execute();
  for (const { key } of rows.filter((row) => isMeant(JSON.stringify(row)))) {
    await tx.deleteFrom('token').where('message_key', '=', key).execute();
    await tx
      .updateTable('message')
      .set({ content: JSON.stringify(erasedContent), verbs: '[]', only_for: null })
      .where('key', '=', key)
      .execute();
  }
}

/** What the local page shows, where it stands in for a platform. */
async function eraseChat(tx: Tx, { caseId, isMeant }: Erasure): Promise<void> {
  const threads = await tx
    .selectFrom('conversation')
    .select(['conversation', 'thread'])
    .where('case_id', '=', caseId)
    .where('platform', '=', 'web')
    .where('thread', '!=', '')
    .execute();
  const inThreads = threads.map(({ thread }) => thread);
  const rows = await tx
    .selectFrom('chat_message')
    .selectAll()
    .where((row) =>
      row.or([
        row('message_key', 'like', `${caseId}/%`),
        ...(inThreads.length === 0 ? [] : [row('thread', 'in', inThreads), row('id', 'in', inThreads)]),
      ]),
    )
    .execute();
  const ids = rows.filter((row) => isMeant(JSON.stringify(row))).map(({ id }) => id);
  for (const id of ids) {
    await tx
      .updateTable('chat_message')
      .set({ text: erasedText, card: null, verbs: '[]', mention: '[]', speaker: null, sender: 'causeway' })
      .where('id', '=', id)
      .execute();
  }
}

async function eraseRecords(tx: Tx, { caseId, isMeant }: Erasure): Promise<void> {
  const approvals = await tx.selectFrom('approval').selectAll().where('case_id', '=', caseId).execute();
  for (const { decided_by: by, id, reason } of approvals.filter((row) => isMeant(JSON.stringify(row)))) {
    const left = { decided_by: by === null ? null : erasedPerson, reason: reason === null ? null : '' };
    await tx
      .updateTable('approval')
      .set({ requested_by: erasedPerson, ...left })
      .where('id', '=', id)
      .execute();
  }
  const overrides = await tx.selectFrom('override').selectAll().where('case_id', '=', caseId).execute();
  for (const { id } of overrides.filter((row) => isMeant(JSON.stringify(row)))) {
    await tx.updateTable('override').set({ person: erasedPerson, reason: '' }).where('id', '=', id).execute();
  }
  const tickets = await tx.selectFrom('ticket').selectAll().where('case_id', '=', caseId).execute();
  for (const { external_id: id } of tickets.filter((row) => isMeant(JSON.stringify(row)))) {
    const left = { subject: '', requester: erasedPerson, symptom: '' };
    await tx.updateTable('ticket').set(left).where('case_id', '=', caseId).where('external_id', '=', id).execute();
  }
  // What a lock was held for last stands there until somebody else takes it.
  await tx.updateTable('lock').set({ about: '' }).where('owner', '=', '').execute();
  const controls = await tx.selectFrom('control').selectAll().where('id', 'like', `${caseId}/%`).execute();
  for (const { id } of controls.filter((row) => isMeant(JSON.stringify(row)))) {
    const left = { by: erasedPerson, reason: '', lifted_by: erasedPerson, lifted_because: '' };
    await tx.updateTable('control').set(left).where('id', '=', id).execute();
  }
}

/** A draft that its person could go on with elsewhere stands under the person, not under the case. */
async function eraseDrafts(tx: Tx, { caseId, isMeant }: Erasure): Promise<void> {
  const rows = await tx.selectFrom('fact').selectAll().where('key', 'like', 'drafts/%').execute();
  for (const { key, value } of rows) {
    const drafts = fromJson(value) as { caseId?: string; from?: string }[];
    const left = drafts.filter(
      (draft) => (draft.caseId !== caseId && draft.from !== caseId) || !isMeant(JSON.stringify({ key, draft })),
    );
    if (left.length < drafts.length) {
      await tx
        .updateTable('fact')
        .set({ value: JSON.stringify(left) })
        .where('key', '=', key)
        .execute();
    }
  }
}

async function eraseState(tx: Tx, { caseId, isMeant, left }: Erasure): Promise<void> {
  const row = await tx.selectFrom('flow').select('state').where('case_id', '=', caseId).executeTakeFirst();
  if (row !== undefined && isMeant(row.state)) {
    const state = left(fromJson(row.state) as CaseState);
    await tx
      .updateTable('flow')
      .set({ state: JSON.stringify(state), kind: state.flow })
      .where('case_id', '=', caseId)
      .execute();
  }
}

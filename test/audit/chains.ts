/** Audit chains to look at: as the inbox writes them, and many at once. */
import { expect } from 'vitest';
import { appendAudit } from '../../src/audit/append.ts';
import { type AuditHead, type ChainedEntry, digestPayload, entryHash } from '../../src/audit/chain.ts';
import type { CaseState } from '../../src/flows/state.ts';
import { insertFlow, lockFlow, updateFlow } from '../../src/store/flows.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { at } from '../store/contract/stores.ts';

export const key = 'key of the installation';
const seal = { key, clean: (_name: string, text: string) => text };
const state: CaseState = {
  flow: 'talk',
  person: 'requester',
  place: { platform: 'web', conversation: 'team', thread: null },
};

/** As the inbox does it: the chain's head moves with the case. */
export function record(store: Store, caseId: string, payload: unknown): Promise<void> {
  return store.write((tx) => recordIn(tx, caseId, payload));
}

async function recordIn(tx: Tx, caseId: string, payload: unknown): Promise<void> {
  const flow = await lockFlow(tx, caseId);
  const head = await append(tx, caseId, { seq: flow?.auditSeq ?? 0, hash: flow?.auditHead ?? '' }, payload);
  const next = { state, revision: head.seq, at, auditSeq: head.seq, auditHead: head.hash };
  const written =
    flow === null ? await insertFlow(tx, caseId, next) : await updateFlow(tx, caseId, flow.revision, next);
  expect(written).toBe(true);
}

export function append(tx: Tx, caseId: string, head: AuditHead, payload: unknown) {
  return appendAudit(tx, { caseId, head, at, type: 'said', payload, seal });
}

/** Cases with two entries each, whose payloads were erased. */
export async function fill(tx: Tx, cases: number): Promise<void> {
  const chains = Array.from({ length: cases }, (_, index) => chainOfTwo(`case-${index}`));
  for (let from = 0; from < cases; from += 500) {
    const some = chains.slice(from, from + 500);
    await tx
      .insertInto('audit')
      .values(some.flatMap((chain) => chain.entries))
      .execute();
    await tx
      .insertInto('flow')
      .values(some.map((chain) => chain.flow))
      .execute();
  }
}

function chainOfTwo(caseId: string) {
  const first = entryOf({ caseId, seq: 1, at, type: 'said', previous: '' });
  const second = entryOf({ caseId, seq: 2, at, type: 'said', previous: first.hash });
  return {
    entries: [first, second],
    flow: {
      case_id: caseId,
      kind: state.flow,
      state: JSON.stringify(state),
      revision: 2,
      at,
      audit_seq: 2,
      audit_head: second.hash,
    },
  };
}

function entryOf(place: Omit<ChainedEntry, 'payloadDigest'>) {
  const payloadDigest = digestPayload(key, place, '{}');
  const { caseId, ...row } = place;
  return { ...row, case_id: caseId, payload_digest: payloadDigest, hash: entryHash({ ...place, payloadDigest }) };
}

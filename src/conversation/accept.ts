/**
 * Takes one event: one transaction that stores it, asks the pure flow what follows, and writes state, effects, tokens
 * and audit together. A repeated event changes nothing and gets the stored reply (DESIGN.md section 1).
 */
import { appendAudit } from '../audit/append.ts';
import { type AuditHead, deriveId } from '../audit/chain.ts';
import type { Event, Place } from '../flows/event.ts';
import type { Context, Directory, Transition } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { advance } from '../flows/route.ts';
import type { CaseState } from '../flows/state.ts';
import { bindThread, caseOfThread } from '../store/conversations.ts';
import { findEvent, finishEvent, insertEvent } from '../store/events.ts';
import { putFact } from '../store/facts.ts';
import { insertFlow, lockFlow, updateFlow } from '../store/flows.ts';
import type { Tx } from '../store/store.ts';
import { eventPayload } from './audit-payload.ts';
import { sealWith } from './audit-seal.ts';
import { alertFactsFor, discoveryKey, factsFor, ticketFactsFor } from './case-facts.ts';
import { instantText } from './instant-text.ts';
import { LostRace } from './lost-race.ts';
import { writeEffects } from './write-effects.ts';
import { writeProjections } from './write-projections.ts';

/** The flow threw: a bug, or an event it cannot read. Everything of this event is rolled back. */
export class AdvanceFailed extends Error {
  override readonly name = 'AdvanceFailed';
  readonly caseId: string;
  readonly at: string;
  readonly event: Event;
  constructor(event: Event, where: { caseId: string; at: string }, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.event = event;
    this.caseId = where.caseId;
    this.at = where.at;
  }
}

export interface Incoming {
  /** Unique per thing that happened; the platform's own id where there is one. */
  id: string;
  event: Event;
  /** The case it belongs to; null for something said, whose thread tells. */
  caseId: string | null;
  /** True when it was clicked on an older revision of its card. */
  stale: boolean;
}

export interface AcceptDeps {
  auditKey: string;
  directory: Directory;
  /** Stamped once, however often the event has to be tried. */
  now: Temporal.Instant;
  newTokenId: () => string;
}

export async function acceptOnce(tx: Tx, incoming: Incoming, deps: AcceptDeps): Promise<Reply> {
  const seen = await findEvent(tx, incoming.id);
  if (seen !== null) {
    return seen.reply ?? emptyReply;
  }
  const caseId = await caseOf(tx, incoming);
  const flow = await lockFlow(tx, caseId);
  const at = laterOf(instantText(deps.now), flow?.at ?? '');
  const revision = (flow?.revision ?? 0) + 1;
  const stored = await insertEvent(tx, { id: incoming.id, caseId, at, event: incoming.event });
  if (!stored) {
    throw new LostRace(`Storing event ${incoming.id}: another replica stored it first. It is read again.`);
  }
  const happening = { state: flow?.state ?? null, event: incoming.event, stale: incoming.stale };
  const context = await contextFor(tx, happening, { caseId, revision, at, directory: deps.directory });
  const transition = runFlow(flow?.state ?? null, incoming.event, context);
  const head = await appendAudit(tx, {
    caseId,
    head: { seq: flow?.auditSeq ?? 0, hash: flow?.auditHead ?? '' },
    at,
    type: incoming.event.type,
    seal: sealWith(deps.auditKey),
    payload: await eventPayload(tx, { ...incoming, before: flow?.state ?? null, transition, context }),
  });
  await writeState(tx, { caseId, revision, at, transition, before: flow, head });
  await bindNewThread(tx, incoming.event, caseId, flow === null);
  await learn(tx, incoming.event, at);
  await writeProjections(tx, transition.projections, { caseId, at });
  await writeEffects(tx, transition.effects, { caseId, revision, at, newTokenId: deps.newTokenId });
  await finishEvent(tx, incoming.id, { reply: transition.reply, revision });
  return transition.reply;
}

/**
 * What the flow would answer to this event now; nothing of it is done. Null when it cannot tell: the event itself, when
 * it comes, is kept with the reason.
 */
export async function foresee(
  tx: Tx,
  { caseId, event, stale }: { caseId: string; event: Event; stale: boolean },
  deps: AcceptDeps,
): Promise<Reply | null> {
  const flow = await lockFlow(tx, caseId);
  const at = laterOf(instantText(deps.now), flow?.at ?? '');
  const base = { caseId, revision: (flow?.revision ?? 0) + 1, at, directory: deps.directory };
  const context = await contextFor(tx, { state: flow?.state ?? null, event, stale }, base);
  try {
    return runFlow(flow?.state ?? null, event, context).reply;
  } catch (error) {
    if (error instanceof AdvanceFailed) {
      return null;
    }
    throw error;
  }
}

const emptyReply: Reply = { outcome: 'done', because: '', errors: [] };

async function caseOf(tx: Tx, incoming: Incoming): Promise<string> {
  if (incoming.caseId !== null) {
    return incoming.caseId;
  }
  const place = placeOf(incoming.event);
  const known = place === null ? null : await caseOfThread(tx, place);
  return known ?? deriveId('case', incoming.id);
}

function placeOf(event: Event): Place | null {
  return event.type === 'said' || event.type === 'clicked' ? event.place : null;
}

/** Time never runs backwards within a case, whatever the clocks of two replicas say. */
function laterOf(now: string, before: string): string {
  return now > before ? now : before;
}

interface Happening {
  state: CaseState | null;
  event: Event;
  stale: boolean;
}

async function contextFor(
  tx: Tx,
  { event, stale, state }: Happening,
  base: Pick<Context, 'caseId' | 'revision' | 'at' | 'directory'>,
): Promise<Context> {
  const facts = {
    ...(await factsFor(tx, state, event, base.at)),
    ...(await alertFactsFor(tx, base.caseId, event)),
    ...(await ticketFactsFor(tx, base.caseId, state, event)),
  };
  return { ...base, stale, facts };
}

function runFlow(state: CaseState | null, event: Event, context: Context): Transition {
  try {
    return advance(state, event, context);
  } catch (error) {
    throw new AdvanceFailed(event, context, error);
  }
}

interface Write {
  caseId: string;
  revision: number;
  at: string;
  transition: Transition;
  before: { revision: number } | null;
  head: AuditHead;
}

async function writeState(tx: Tx, write: Write): Promise<void> {
  const { caseId, revision, at, before } = write;
  const { state } = write.transition;
  const change = { state, revision, at, auditSeq: write.head.seq, auditHead: write.head.hash };
  const written =
    before === null ? await insertFlow(tx, caseId, change) : await updateFlow(tx, caseId, before.revision, change);
  if (!written) {
    throw new LostRace(`Writing case ${caseId}: it changed meanwhile. It is loaded and tried again.`);
  }
}

/** The thread in which a case began belongs to it from then on: two first words at one moment make one case. */
async function bindNewThread(tx: Tx, event: Event, caseId: string, isNew: boolean): Promise<void> {
  const place = placeOf(event);
  if (!isNew || place === null || place.thread === null || (await bindThread(tx, place, caseId))) {
    return;
  }
  if ((await caseOfThread(tx, place)) !== caseId) {
    throw new LostRace(`Beginning case ${caseId}: its thread belongs to another case meanwhile. It is read again.`);
  }
}

/** Facts that later decisions need are kept when they are learned. */
async function learn(tx: Tx, event: Event, at: string): Promise<void> {
  if (event.type === 'discovered') {
    await putFact(tx, discoveryKey, event.discovery, at);
  }
}

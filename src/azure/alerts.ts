/**
 * Takes one request of an action group: proven, read, stored, and only then answered. An alert runs in the one thread of
 * its rule and environment; one that comes again, or is sent again, changes nothing.
 */
import { createHash } from 'node:crypto';
import type { AlertNotice } from '../flows/alert-state.ts';
import type { Event } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { readAlert as seenAlert, readThread, type ThreadKey, threadFor } from '../store/alerts.ts';
import type { Store } from '../store/store.ts';
import { environmentOf } from './alert-environment.ts';
import { readAlert, type ReadAlert } from './alert-schema.ts';
import type { AlertGate } from './alert-token.ts';

/** A rule that fires again so soon goes on in its thread; later it is news. */
const sameThreadMinutes = 60;

export interface AlertRequest {
  authorization: string | undefined;
  rawBody: Uint8Array;
}

export interface AlertDeps {
  gate: AlertGate;
  store: Pick<Store, 'read' | 'write'>;
  environments: () => Directory['environments'];
  deliver: (delivery: { id: string; caseId: string; event: Event }) => Promise<unknown>;
  now: () => Temporal.Instant;
  /** Never gets anything of a token; of a body only what was read as an alert. */
  log: (message: string, details: Record<string, unknown>) => void;
}

/** Action groups repeat 408, 429, 503 and 504, a few times within a minute or so; everything else is final for them. */
export interface AlertAnswer {
  status: 200 | 400 | 401 | 403 | 503;
  because: string;
}

export async function receiveAlert(request: AlertRequest, deps: AlertDeps): Promise<AlertAnswer> {
  const verdict = await deps.gate.check(request.authorization);
  if (!verdict.ok) {
    return { status: verdict.status, because: verdict.because };
  }
  const alert = readAlert(parse(request.rawBody));
  if (alert === null) {
    return {
      status: 400,
      because: 'This is no alert of the common schema. Switch “Enable the common alert schema” on in the action group.',
    };
  }
  try {
    await take(alert, deps);
    return { status: 200, because: 'Taken.' };
  } catch (error) {
    deps.log('An alert could not be stored; the action group sends it again', { reason: String(error) });
    return { status: 503, because: 'It could not be stored just now. Send it again in a moment.' };
  }
}

async function take({ notice, ruleKey, targetIds }: ReadAlert, deps: AlertDeps): Promise<void> {
  const environment = environmentOf(targetIds, deps.environments());
  const before = await seenAlert(deps.store.read, notice.id);
  const caseId = before?.caseId ?? (await caseFor({ environment: environment ?? '', rule: ruleKey }, deps));
  if (before === null && environment === null) {
    deps.log('An alert is about no environment of the settings', { rule: notice.rule, targets: notice.targets });
  }
  await deps.deliver({ id: eventId(notice), caseId, event: { type: 'alert-told', alert: notice, environment } });
}

/** By alert and condition: that is what makes two requests the same news. */
function eventId({ id, condition }: AlertNotice): string {
  return `alert/${hash(id)}/${condition.toLowerCase()}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function caseFor(key: ThreadKey, { store, now }: AlertDeps): Promise<string> {
  const overBefore = now().subtract({ minutes: sameThreadMinutes }).toString({ fractionalSecondDigits: 3 });
  const thread = await readThread(store.read, key);
  if (thread !== null && (thread.overAt === null || thread.overAt >= overBefore)) {
    return thread.caseId;
  }
  const stem = hash(JSON.stringify([key.environment, key.rule]));
  return store.write((tx) => threadFor(tx, { ...key, overBefore, caseIdOf: (turn) => `alert-${stem}-${turn}` }));
}

/** Undefined, which is no alert, when the text is no JSON. */
function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

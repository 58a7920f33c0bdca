/** The facts that a flow may need for its next step, and the keys under which they are kept. */
import { isAboutControl } from '../flows/control-words.ts';
import type { Event } from '../flows/event.ts';
import type { Facts } from '../flows/flow.ts';
import type { CaseState } from '../flows/state.ts';
import { findStop, listFreezes } from '../store/control.ts';
import { countOpenAlerts, readAlert } from '../store/alerts.ts';
import { readFacts } from '../store/facts.ts';
import type { Tx } from '../store/store.ts';
import { ticketsAbout } from '../store/tickets.ts';

export const discoveryKey = 'azure/discovery';
export const planTimesKey = 'plan-times';

export function draftsKey(person: string): string {
  return `drafts/${person}`;
}

export async function factsFor(tx: Tx, state: CaseState | null, event: Event, at: string): Promise<Facts> {
  const person = whoseDrafts(state, event);
  const drafts = person === null ? [] : [draftsKey(person)];
  const facts = await readFacts(tx, [discoveryKey, planTimesKey, ...drafts]);
  const known = facts.get(discoveryKey) ?? null;
  const times = facts.get(planTimesKey)?.value;
  return {
    ...(needsControl(state, event) ? await controlFacts(tx, at) : {}),
    discovery: known as Facts['discovery'],
    ...(times === undefined ? {} : { planTimes: times as NonNullable<Facts['planTimes']> }),
    ...(person === null ? {} : { drafts: (facts.get(draftsKey(person))?.value ?? []) as NonNullable<Facts['drafts']> }),
  };
}

/** Whether something is stopped or frozen matters to plans, and to whoever asks about it. */
function needsControl(state: CaseState | null, event: Event): boolean {
  return (state?.flow === 'connect' && 'planId' in state) || isAboutControl(event);
}

async function controlFacts(tx: Tx, at: string): Promise<Pick<Facts, 'stop' | 'adHocFreezes'>> {
  return { stop: await findStop(tx), adHocFreezes: await listFreezes(tx, at) };
}

/** What is known of the alert that the event tells of. */
export async function alertFactsFor(tx: Tx, caseId: string, event: Event): Promise<Pick<Facts, 'alert'>> {
  if (event.type !== 'alert-told') {
    return {};
  }
  const known = await readAlert(tx, event.alert.id);
  const open = await countOpenAlerts(tx, caseId);
  const isCounted = known?.caseId === caseId && known.fired && !known.resolved;
  return {
    alert: {
      hasFired: known?.fired ?? false,
      hasResolved: known?.resolved ?? false,
      othersOpen: isCounted ? open - 1 : open,
    },
  };
}

/** Where a ticket is prepared, others may be open about the same. */
export async function ticketFactsFor(
  tx: Tx,
  caseId: string,
  state: CaseState | null,
  event: Event,
): Promise<Pick<Facts, 'openTickets'>> {
  const isPrepared = event.type === 'clicked' || event.type === 'said';
  const symptom = isPrepared && state?.flow === 'support' && state.at === 'judged' ? state.answers.symptom : null;
  return symptom === null ? {} : { openTickets: await ticketsAbout(tx, { caseId, symptom }) };
}

/** Of the person whose case it is, whoever presses a button in it; before there is one, of whoever speaks. */
function whoseDrafts(state: CaseState | null, event: Event): string | null {
  if (state?.flow === 'connect') {
    return state.requester;
  }
  return event.type === 'said' || event.type === 'clicked' ? event.person : null;
}

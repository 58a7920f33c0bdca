/** The facts that a flow may need for its next step, and the keys under which they are kept. */
import type { Event } from '../flows/event.ts';
import type { Facts } from '../flows/flow.ts';
import type { CaseState } from '../flows/state.ts';
import { readFacts } from '../store/facts.ts';
import type { Tx } from '../store/store.ts';

export const discoveryKey = 'azure/discovery';
export const planTimesKey = 'plan-times';

export function draftsKey(person: string): string {
  return `drafts/${person}`;
}

export async function factsFor(tx: Tx, state: CaseState | null, event: Event): Promise<Facts> {
  const person = whoseDrafts(state, event);
  const drafts = person === null ? [] : [draftsKey(person)];
  const facts = await readFacts(tx, [discoveryKey, planTimesKey, ...drafts]);
  const known = facts.get(discoveryKey) ?? null;
  const times = facts.get(planTimesKey)?.value;
  return {
    discovery: known as Facts['discovery'],
    ...(times === undefined ? {} : { planTimes: times as NonNullable<Facts['planTimes']> }),
    ...(person === null ? {} : { drafts: (facts.get(draftsKey(person))?.value ?? []) as NonNullable<Facts['drafts']> }),
  };
}

/** Of the person whose case it is, whoever presses a button in it; before there is one, of whoever speaks. */
function whoseDrafts(state: CaseState | null, event: Event): string | null {
  if (state?.flow === 'connect') {
    return state.requester;
  }
  return event.type === 'said' || event.type === 'clicked' ? event.person : null;
}

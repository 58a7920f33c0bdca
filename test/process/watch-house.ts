/** A connection that waits for its approval, in a house whose platform can be unwilling. */
import { expect } from 'vitest';
import { createArm } from '../../src/azure/arm.ts';
import type { Inbox } from '../../src/conversation/inbox.ts';
import type { Directory } from '../../src/flows/flow.ts';
import type { ApprovedState } from '../../src/flows/state.ts';
import { readHandlers } from '../../src/process/handlers.ts';
import { makeRound } from '../../src/process/watch.ts';
import { readFlow } from '../../src/store/flows.ts';
import { listMessages } from '../../src/store/messages.ts';
import type { Store } from '../../src/store/store.ts';
import { atRest, caseIn, type House, soon, thread } from '../conversation/house.ts';

/** Opens the outbox, too. */
export function openReading(house: House, armUrl: string, options: { store?: Store; owner?: string } = {}): void {
  const rest = { store: house.store, desk: null as never, now: () => house.clock.now(), owner: 'test' };
  const reads = readHandlers({ arm: createArm({ armUrl }), directory: () => house.directory, ...rest });
  house.openOutbox({ reads, ...options });
}

/** @returns the case */
export async function askForApproval(house: House, root = 'root'): Promise<string> {
  const place = thread(root);
  await house.say('connect mendix-prod to hub-vnet for app orders', { place });
  const caseId = await caseIn(house, root);
  const wizard = `${caseId}/connect`;
  await waitFor(house, caseId, 'asking');
  const asking = (await readFlow(house.store.read, caseId))?.state;
  const network = asking !== undefined && 'draft' in asking ? (asking.draft.networks[0] ?? '') : '';
  await house.press({
    message: wizard,
    verb: 'connect-continue',
    inputs: { environment: 'mendix-prod', apps: 'orders', network },
  });
  await waitFor(house, caseId, 'choosing');
  await house.press({ message: wizard, verb: 'use-peering' });
  await house.press({ message: wizard, verb: 'ask-approval' });
  await waitFor(house, caseId, 'awaiting-approval');
  await quiet(house);
  return caseId;
}

async function waitFor(house: House, caseId: string, at: string): Promise<void> {
  await expect.poll(async () => (await readFlow(house.store.read, caseId))?.state, soon).toMatchObject({ at });
}

/** Nothing is open and nothing is in hand. */
export async function quiet(house: House): Promise<void> {
  await expect
    .poll(async () => {
      const rows = await house.store.read
        .selectFrom('effect')
        .select(['id', 'status'])
        .where('kind', 'in', ['message', 'read'])
        .where('status', 'in', ['open', 'leased'])
        .execute();
      return rows;
    }, soon)
    .toEqual([]);
  await atRest(house.store);
}

export async function approvedState(house: House, caseId: string): Promise<ApprovedState> {
  const state = (await readFlow(house.store.read, caseId))?.state;
  if (state?.flow !== 'connect' || !('approval' in state)) {
    throw new Error(`Reading case ${caseId}: there is no approval in it. Ask for one first.`);
  }
  return state;
}

export async function keyIn(house: House, caseId: string, conversation: string): Promise<string> {
  const messages = await listMessages(house.store.read, caseId);
  const found = messages.find(({ content, place }) => place.conversation === conversation && content.card !== null);
  return found?.key ?? '';
}

/** One round of the watchdog of one replica, and everything that follows from it. */
export async function round(
  house: House,
  more: { store?: Store; inbox?: Inbox; owner?: string; directory?: Directory } = {},
): Promise<void> {
  await makeRound({
    store: more.store ?? house.store,
    inbox: more.inbox ?? house.inbox,
    owner: more.owner ?? 'watch-1',
    directory: () => more.directory ?? house.directory,
    now: () => house.clock.now(),
    logs: {
      info: () => undefined,
      error: (message, details) => house.logged.push(`${message} ${JSON.stringify(details)}`),
    },
  });
  await quiet(house);
}

export function undeliverable(message: string): Error {
  return Object.assign(new Error(message), { name: 'Undeliverable' });
}

/** Texts that were taken in this conversation, in order. */
export function saidIn(house: House, conversation: string): string[] {
  return house.platform.arrived
    .filter(({ place }) => place.conversation === conversation)
    .map(({ content }) => content.text);
}

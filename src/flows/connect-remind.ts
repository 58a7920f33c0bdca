/** While somebody else has to accept a connection: the reminder of each working day, and giving it up. */
import { remindLater, tellOwnerWait, waitName } from './connect-owner.ts';
import { statusCard, waitingFor } from './connect-status.ts';
import { workOf } from './connect-work.ts';
import { type Context, moveTo, nameOf, stay, type Transition } from './flow.ts';
import type { ConnectAt } from './state.ts';

export function remindOwner(state: ConnectAt<'applying'>, about: string, context: Context): Transition {
  const step = workOf(state).steps.find(({ id }) => id === state.owner?.step);
  return step === undefined || about !== waitName(state)
    ? stay(state)
    : moveTo(state, [statusCard(state, context), tellOwnerWait(state, step, context), ...remindLater(state, context)]);
}

/** Null: nobody is waited for. The executor sees at its next look that it is no longer wanted, and writes nothing more. */
export function stopWaiting(state: ConnectAt<'applying'>, context: Context): Transition | null {
  const waits = waitingFor(state, workOf(state));
  if (waits === null) {
    return null;
  }
  const { owner: _owner, ...base } = state;
  const because = `${nameOf(context.directory, state.requester)} stopped waiting for the owner of the service. What was done stays, and the endpoint still asks to be accepted; “Undo” takes it back.`;
  const next: ConnectAt<'closed'> = { ...base, at: 'closed', why: 'left', because };
  return moveTo(next, [statusCard(next, context)]);
}

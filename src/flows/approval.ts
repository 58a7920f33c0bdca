/**
 * What people do about a request for approval (STORYBOARD A5), by the verb of the button; the same words can be typed.
 * Who may is looked up at the click: the card carries no authority.
 */
import { askChange, keepPlan } from './approval-change.ts';
import { decide } from './approval-decide.ts';
import { handOver } from './approval-pass.ts';
import { withdraw } from './approval-withdraw.ts';
import type { EventOf } from './event.ts';
import type { Context, Transition } from './flow.ts';
import type { ConnectState } from './state.ts';

type Deed = (state: ConnectState, event: EventOf<'clicked'>, context: Context) => Transition | null;

const deeds: Readonly<Record<string, Deed>> = {
  approve: decide,
  reject: decide,
  'ask-change': askChange,
  'hand-over': handOver,
  'keep-plan': keepPlan,
  withdraw,
};

/** Null: it is not about an approval, as the case stands. */
export function clickApproval(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition | null {
  return Object.hasOwn(deeds, event.verb) ? (deeds[event.verb]?.(state, event, context) ?? null) : null;
}

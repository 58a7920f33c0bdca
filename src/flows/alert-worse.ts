/**
 * A louder call than the first one, where an edit of the card would be seen by nobody. In quiet hours nothing is written
 * for later: at their end it is said how things stand by then, or nothing when it is over.
 */
import { alertSeverityText, urgencyOf } from '../policy/alert-facts.ts';
import { routedBy } from './alert-show.ts';
import type { AlertState } from './alert-state.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { calledFor, waitsUntil } from './routing.ts';

const about = 'alert-worse';

export function tellWorse(
  before: AlertState,
  state: AlertState,
  context: Context,
): { state: AlertState; effects: Effect[] } {
  const isWorse = before.card !== null && urgencyOf(before.worst) !== urgencyOf(state.worst);
  if (!isWorse || state.channel === null) {
    return { state, effects: [] };
  }
  const quietEnd = waitsUntil(routedBy(state), context);
  if (quietEnd === null) {
    return { state: withoutHeld(state), effects: [worseLine(state, context, 'has got worse')] };
  }
  return { state: { ...state, isWorseHeld: true }, effects: state.isWorseHeld === true ? [] : [waitUntil(quietEnd)] };
}

/** The end of the quiet hours. Null: this timer is about something else. */
export function worseRang(state: AlertState, event: EventOf<'timer'>, context: Context): Transition | null {
  if (event.about !== about) {
    return null;
  }
  if (state.isWorseHeld !== true) {
    return stay(state);
  }
  const quietEnd = waitsUntil(routedBy(state), context);
  if (quietEnd !== null && state.at === 'open') {
    return moveTo(state, [waitUntil(quietEnd)]);
  }
  const lines = state.at === 'open' ? [worseLine(state, context, 'got worse in the quiet hours')] : [];
  return moveTo(withoutHeld(state), lines);
}

function worseLine(state: AlertState, context: Context, how: string): ShowMessage {
  const { channel, environment, latest, open, worst } = state;
  if (channel === null) {
    throw new Error(
      'Telling that an alert has got worse: it has no channel. Only one that stands in a channel is told of.',
    );
  }
  const still = open > 1 ? ` ${open} alerts are open.` : '';
  const text = `${latest.rule} in ${environment ?? ''} ${how}: it is ${alertSeverityText(worst)} now.${still} Its card stands above.`;
  return showText(`${about}-${worst}`, channel, text, { mention: calledFor(routedBy(state), context) });
}

function withoutHeld(state: AlertState): AlertState {
  const { isWorseHeld: _held, ...rest } = state;
  return rest;
}

function waitUntil(dueAt: string): Effect {
  return { kind: 'work', type: 'timer', name: 'alert-card', about, dueAt };
}

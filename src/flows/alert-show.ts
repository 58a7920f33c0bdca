/** When the card of an alert is written: at once, or a moment later together with whatever else comes in until then. */
import { urgencyOf } from '../policy/alert-facts.ts';
import { alertCard } from './alert-card.ts';
import type { AlertState } from './alert-state.ts';
import type { Effect } from './effect.ts';
import { type Context, moveTo, type Transition } from './flow.ts';
import { calledFor, quietly, type Routed } from './routing.ts';

/** A card that was just written is written again no sooner than this. */
const cardPauseSeconds = 3;

export function routedBy({ environment, worst }: AlertState): Routed {
  return { environment, severity: urgencyOf(worst) };
}

/** Also what the buttons do with the card: at once. */
export function show(state: AlertState, context: Context): Transition {
  const { channel } = state;
  if (channel === null) {
    return moveTo(state);
  }
  const routed = routedBy(state);
  const mention = state.card === null && state.at === 'open' ? calledFor(routed, context) : [];
  const card = quietly(alertCard(state, channel, context, mention), routed, context);
  return moveTo({ ...state, card: { at: context.at, isBehind: false } }, [card]);
}

/** In a storm the card is written once in a while, and once more at its end. */
export function later(state: AlertState, context: Context): Transition {
  const { card } = state;
  const dueAt = card === null ? context.at : addSeconds(card.at, cardPauseSeconds);
  if (card === null || dueAt <= context.at) {
    return show(state, context);
  }
  if (card.isBehind) {
    return moveTo(state);
  }
  const timer: Effect = { kind: 'work', type: 'timer', name: 'alert-card', about: 'alert', dueAt };
  return moveTo({ ...state, card: { ...card, isBehind: true } }, [timer]);
}

function addSeconds(at: string, seconds: number): string {
  return Temporal.Instant.from(at).add({ seconds }).toString({ fractionalSecondDigits: 3 });
}

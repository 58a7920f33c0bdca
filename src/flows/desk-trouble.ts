/**
 * What was asked of the desk and did not happen, or not yet: the desk is away and it is tried again, the desk or the
 * rights there say no, or it failed for good. Nothing that was written is lost, and people are told what to do.
 */
import type { Event, EventOf } from './event.ts';
import { type Context, moveTo, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { SupportAt, SupportState } from './state.ts';
import { previewCard } from './support-ticket.ts';
import { ticketCards } from './ticket-card.ts';

/** One message, edited at each try: who waits sees that it goes on, and is not called for it again and again. */
export function waitForDesk(state: SupportState, { because, of, seconds }: EventOf<'desk-away'>): Transition {
  if (state.at !== 'opening' && state.at !== 'open') {
    return stay(state);
  }
  const minutes = Math.ceil(seconds / 60);
  const next = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
  const text = `${waitingFor[of] ?? 'What you asked for'} is not at the desk yet: ${because} I try again ${next}, for a day at most; nothing is lost.`;
  const away = [...new Set([...(state.away ?? []), of])];
  return moveTo({ ...state, away }, [showText(awayMessage(of), state.place, text)]);
}

function awayMessage(of: string): string {
  return `away-${of}`;
}

/** By the effect that waits. */
const waitingFor: Readonly<Record<string, string>> = {
  'open-ticket': 'The ticket',
  'send-comment': 'What was sent',
  'change-ticket': 'The change',
};

/** What was waited for has come to an end, one way or the other: the message that told of the wait says so. */
export function endWait(before: SupportState, event: Event, transition: Transition): Transition {
  const settled = (before.away ?? []).filter((of) => settles(event, of));
  if (settled.length === 0 || transition.state.flow !== 'support') {
    return transition;
  }
  const text = event.type === 'effect-failed' ? givenUpText : backText;
  const over = settled.map((of) => showText(awayMessage(of), before.place, text));
  const away = (transition.state.away ?? []).filter((of) => !settled.includes(of));
  return { ...transition, state: { ...transition.state, away }, effects: [...over, ...transition.effects] };
}

const backText = 'The desk answers again.';
const givenUpText = 'I have stopped trying; the reason and the way out stand in this thread.';

/**
 * What ends the wait of an effect: that it was done, or that it never will be. A whole reading of the ticket is no answer
 * to a change: a desk can be read before it takes anything again.
 */
function settles(event: Event, of: string): boolean {
  if (event.type === 'ticket-read' && event.complete === true) {
    return false;
  }
  const isEnd = event.type === 'effect-failed' || event.type === 'ticket-refused';
  return isEnd ? of === event.of : doneBy[event.type] === of;
}

const doneBy: Readonly<Partial<Record<Event['type'], string>>> = {
  'ticket-opened': 'open-ticket',
  'comment-sent': 'send-comment',
  'ticket-read': 'change-ticket',
};

export function failed(state: SupportState, event: EventOf<'effect-failed'>, context: Context): Transition {
  if (state.at === 'opening' && event.of === 'open-ticket') {
    const problem = `The ticket could not be opened: ${event.because} Nothing is lost; press “Open the ticket” to try again.`;
    return backToPreview(state, problem, context);
  }
  const what = failedTexts[event.of];
  if (state.at !== 'open' || what === undefined) {
    return stay(state);
  }
  const { id, url } = state.ticket.snapshot;
  const text = `${what} ticket ${id}: ${event.because} Try it again, or do it in the ticket itself: ${url}`;
  return notDone(state, event.of, text, context);
}

const failedTexts: Readonly<Record<string, string>> = {
  'send-comment': 'What was sent did not reach',
  'change-ticket': 'I could not change',
  'open-ticket': 'I could not open the follow-up to',
};

/** The desk says no, with the reason and the way out; nothing is wrong. */
export function refused(state: SupportState, event: EventOf<'ticket-refused'>, context: Context): Transition {
  if (state.at === 'opening' && event.of === 'open-ticket') {
    return backToPreview(state, event.because, context);
  }
  return state.at === 'open' && failedTexts[event.of] !== undefined
    ? notDone(state, event.of, event.because, context)
    : stay(state);
}

function backToPreview(state: SupportAt<'opening'>, problem: string, context: Context): Transition {
  const next: SupportAt<'previewing'> = { ...state, at: 'previewing' };
  return moveTo(next, [previewCard(next, context, [problem])]);
}

/** What was asked for did not happen, so that the card does not go on saying that it is under way. */
function notDone(state: SupportAt<'open'>, of: string, text: string, context: Context): Transition {
  const { isFollowedUp: _isFollowedUp, ...ticket } = state.ticket;
  const isFollowUp = of === 'open-ticket';
  const next: SupportAt<'open'> = isFollowUp ? { ...state, ticket } : state;
  const line = showText(`failed-${context.revision}`, state.place, text, { mention: [state.requester] });
  return moveTo(next, [line, ...(isFollowUp ? ticketCards(next, context) : [])]);
}

/**
 * A problem, from the first cry to the ticket (STORYBOARD B). A pure state machine:
 *
 *   asking ─ judged ─ previewing ─ opening ─ open (see ticket.ts)
 *               │ ├ put-off, or over to a connection
 *               └ differing ─ judged, as the person sees it
 *
 * Source: "Support for Mendix on Azure".
 */
import { readConnect } from '../policy/connect-intent.ts';
import type { PersonId } from '../policy/people.ts';
import type { TriageAnswers } from '../policy/triage.ts';
import { understand } from '../policy/understand.ts';
import { doneOf } from '../policy/verdict-words.ts';
import type { Event, EventOf, Inputs, Place } from './event.ts';
import { type Context, invalidReply, moveTo, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { SupportAt, SupportState } from './state.ts';
import { firstStep } from './support-ask.ts';
import { supportMessage } from './support-card.ts';
import { clickSupport, handOver } from './support-click.ts';
import { previewCard } from './support-ticket.ts';
import { advanceTicket, opened } from './ticket.ts';
import { answerTyped, matchForm, supportForms } from './typed.ts';

/** Starts triage from what was written; `told` is what was said in another way, such as by a button. */
export function beginSupport(
  person: PersonId,
  place: Place,
  words: string,
  context: Context,
  told: Partial<TriageAnswers> = {},
): Transition {
  const { answers, since } = understand(words);
  return firstStep(
    {
      flow: 'support',
      requester: person,
      place,
      words,
      answers: { ...answers, ...told },
      since,
      raisedAt: context.at,
    },
    context,
  );
}

export function advanceSupport(state: SupportState, event: Event, context: Context): Transition {
  const settled = (state.away ?? []).filter((of) => settles(event, of));
  const transition = advance(state, event, context);
  if (settled.length === 0 || transition.state.flow !== 'support') {
    return transition;
  }
  const over = settled.map((of) => showText(awayMessage(of), state.place, 'The desk answers again.'));
  const away = (transition.state.away ?? []).filter((of) => !settled.includes(of));
  return { ...transition, state: { ...transition.state, away }, effects: [...over, ...transition.effects] };
}

/** What ends the wait of an effect: that it was done, or that it never will be. */
function settles(event: Event, of: string): boolean {
  return event.type === 'effect-failed' ? of === event.of : doneBy[event.type] === of;
}

const doneBy: Readonly<Partial<Record<Event['type'], string>>> = {
  'ticket-opened': 'open-ticket',
  'comment-sent': 'send-comment',
  'ticket-read': 'change-ticket',
};

function advance(state: SupportState, event: Event, context: Context): Transition {
  switch (event.type) {
    case 'clicked':
      return clickSupport(state, event, context);
    case 'said':
      return typed(state, event, context);
    case 'ticket-opened':
      return state.at === 'opening' ? opened(state, event, context) : stay(state);
    case 'effect-failed':
      return failed(state, event, context);
    case 'desk-away':
      return waitForDesk(state, event);
    case 'ticket-hinted':
    case 'ticket-read':
    case 'comment-sent':
    case 'timer':
      return advanceTicket(state, event, context);
    case 'discovered':
    case 'draft-taken':
    case 'overrides-listed':
    case 'settings-changed':
    case 'surveyed':
    case 'verified':
    case 'read-failed':
    case 'plan-begins':
    case 'step-changed':
    case 'plan-finished':
      return stay(state);
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** One message, edited at each try: who waits sees that it goes on, and is not called for it again and again. */
function waitForDesk(state: SupportState, { because, of, seconds }: EventOf<'desk-away'>): Transition {
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

/** A command, an answer to what was asked, or a wish to connect; all else is talk among people. */
function typed(state: SupportState, event: EventOf<'said'>, context: Context): Transition {
  const command = matchForm(event.text, supportForms) ?? answered(state, event);
  if (command !== null) {
    const transition = clickSupport(
      state,
      { ...event, type: 'clicked', message: supportMessage, verb: command.verb, inputs: command.inputs },
      context,
    );
    return answerTyped(transition, event, context);
  }
  const wish = event.person === state.requester ? readConnect(event.text) : null;
  if (wish !== null && (state.at === 'asking' || state.at === 'judged')) {
    return handOver(state, wish, event.text, context);
  }
  return state.at === 'open' && /^(?:send|reply)\s+\S/i.test(event.text.trim())
    ? answerTyped(stay(state, invalidReply([{ input: 'reply', message: notSent }])), event, context)
    : stay(state);
}

const notSent = 'This stayed in the room. To send it to the desk, write “send:” before it.';

/** While a question is open, or something is to be done first, what the requester writes is read for an answer. */
function answered(state: SupportState, event: EventOf<'said'>): { verb: string; inputs: Inputs } | null {
  if (event.person !== state.requester || readConnect(event.text) !== null) {
    return null;
  }
  const { matched, since } = understand(event.text);
  if (state.at === 'asking') {
    const told = since === null ? [] : [['since', since]];
    const inputs = Object.fromEntries([...matched.map(({ key, value }) => [key, String(value)]), ...told]);
    return matched.length > 0 ? { verb: 'triage-continue', inputs } : null;
  }
  const done = state.at === 'judged' ? doneOf(state.verdict.route) : null;
  const isButton = event.text.trim().toLowerCase() === done?.button.toLowerCase();
  const didIt = isButton || matched.some(({ key, value }) => done?.answers[key] === value);
  return didIt ? { verb: 'did-that', inputs: {} } : null;
}

function failed(state: SupportState, event: EventOf<'effect-failed'>, context: Context): Transition {
  if (state.at === 'opening' && event.of === 'open-ticket') {
    const next: SupportAt<'previewing'> = { ...state, at: 'previewing' };
    const problem = `The ticket could not be opened: ${event.because} Nothing is lost; press “Open the ticket” to try again.`;
    return moveTo(next, [previewCard(next, [problem])]);
  }
  if (state.at === 'open' && (event.of === 'send-comment' || event.of === 'change-ticket')) {
    const { id, url } = state.ticket.snapshot;
    const what = event.of === 'send-comment' ? 'What was sent did not reach' : 'I could not change';
    const text = `${what} ticket ${id}: ${event.because} Try it again, or do it in the ticket itself: ${url}`;
    return moveTo(state, [showText(`failed-${context.revision}`, state.place, text, { mention: [state.requester] })]);
  }
  return stay(state);
}

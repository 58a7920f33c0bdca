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
import { linked, showFound, whyNotPrepared, withAutoTicket } from './auto-ticket.ts';
import { endWait, failed, refused, waitForDesk } from './desk-trouble.ts';
import { type Context, stay, type Transition } from './flow.ts';
import type { SupportState, TicketMatter } from './state.ts';
import { firstStep } from './support-ask.ts';
import { supportMessage } from './support-card.ts';
import { addedTo, showSimilar } from './similar.ts';
import { clickSupport, handOver } from './support-click.ts';
import { previewCard } from './support-ticket.ts';
import { keepFiles, keptFiles } from './ticket-files.ts';
import { saidSend } from './ticket-send.ts';
import { advanceTicket, followedUp, opened } from './ticket.ts';
import { answerTyped, matchForm, supportForms, type TypedCommand } from './typed.ts';

/** Starts triage from what was written; `told` is what was said in another way, such as by a button. */
export function beginSupport(
  person: PersonId,
  place: Place,
  words: string,
  context: Context,
  told: Partial<TriageAnswers> = {},
  about?: TicketMatter,
): Transition {
  const { answers, since } = understand(words);
  const begun = firstStep(
    {
      flow: 'support',
      requester: person,
      place,
      words,
      answers: { ...answers, ...told },
      since,
      raisedAt: context.at,
      ...(about === undefined ? {} : { about }),
    },
    context,
  );
  return withAutoTicket(null, begun, context);
}

export function advanceSupport(state: SupportState, event: Event, context: Context): Transition {
  return endWait(state, event, withAutoTicket(state, advance(state, event, context), context));
}

function advance(state: SupportState, event: Event, context: Context): Transition {
  switch (event.type) {
    case 'clicked':
      return clickSupport(state, event, context);
    case 'said':
      return typed(state, event, context);
    case 'ticket-opened':
      return state.at === 'opening' ? opened(state, event, context) : openedLater(state, event, context);
    case 'effect-failed':
      return failed(state, event, context);
    case 'ticket-refused':
      return refused(state, event, context);
    case 'desk-away':
      return waitForDesk(state, event);
    case 'tickets-found':
      return state.at === 'previewing' ? showSimilar(state, event, context) : showFound(state, event, context);
    case 'ticket-read':
      return linked(state, event, context) ?? addedTo(state, event, context) ?? advanceTicket(state, event, context);
    case 'ticket-hinted':
    case 'ticket-looked':
    case 'comment-sent':
    case 'timer':
      return advanceTicket(state, event, context);
    case 'alert-told':
    case 'discovered':
    case 'control-lifted':
    case 'approval-unseen':
    case 'watched':
    case 'draft-taken':
    case 'overrides-listed':
    case 'tickets-listed':
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

function openedLater(state: SupportState, event: EventOf<'ticket-opened'>, context: Context): Transition {
  return state.at === 'open' ? followedUp(state, event, context) : stay(state);
}

/** What was attached is kept first; what was written may send it at once. */
function typed(before: SupportState, event: EventOf<'said'>, context: Context): Transition {
  const state = keepFiles(before, event, context);
  const next = typedWords(state, event, context);
  if (state === before || next.state.flow !== 'support') {
    return next;
  }
  const shown = next.state === state && state.at === 'previewing' ? [previewCard(state, context)] : [];
  return { ...next, effects: [...next.effects, ...shown, ...keptFiles(event, next.state, context)] };
}

/** The files of the words with which a case begins. */
export function withFirstFiles(begun: Transition, event: EventOf<'said'>, context: Context): Transition {
  const { state } = begun;
  if (state.flow !== 'support') {
    return begun;
  }
  const kept = keepFiles(state, event, context);
  return { ...begun, state: kept, effects: [...begun.effects, ...keptFiles(event, kept, context)] };
}

/** A command, an answer to what was asked, or a wish to connect; all else is talk among people. */
function typedWords(state: SupportState, event: EventOf<'said'>, context: Context): Transition {
  const command = commandIn(state, event) ?? answered(state, event);
  if (command !== null) {
    const held = command.verb === 'preview-ticket' || command.verb === 'open-ticket' ? whyNotPrepared(state) : null;
    if (held !== null) {
      return answerTyped(held, event, context);
    }
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
  return stay(state);
}

/** As long as there is no ticket, “send …” is talk among people. */
function commandIn(state: SupportState, event: EventOf<'said'>): TypedCommand | null {
  return matchForm(event.text, supportForms) ?? (state.at === 'open' ? saidSend(event) : null);
}

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

/**
 * A problem, from the first cry to the ticket (STORYBOARD B). A pure state machine:
 *
 *   asking ─ judged ─ previewing ─ opening ─ open (see ticket.ts)
 *               └ put-off, or over to a connection
 *
 * Source: "Support for Mendix on Azure".
 */
import { emptyIntent, readIntent } from '../policy/intent.ts';
import type { PersonId } from '../policy/people.ts';
import { mergeAnswers, triage } from '../policy/triage.ts';
import { understand } from '../policy/understand.ts';
import { beginConnect } from './connect-begin.ts';
import type { Event, EventOf, Place } from './event.ts';
import { type Context, invalidReply, moveTo, nameOf, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import { showCard, showText, whisper } from './message.ts';
import type { SupportAt, SupportState } from './state.ts';
import {
  previewCard,
  requestOf,
  ticketBody,
  ticketSubject,
  triageCard,
  verdictCard,
  supportMessage,
} from './support-card.ts';
import { advanceTicket, clickTicket, opened } from './ticket.ts';
import { matchForm, supportForms } from './typed.ts';

type Click = EventOf<'clicked'>;

/** Starts triage from what was written; asks only what could change the verdict. */
export function beginSupport(person: PersonId, place: Place, words: string, context: Context): Transition {
  const understood = understand(words);
  const base = {
    flow: 'support' as const,
    requester: person,
    place,
    words,
    answers: understood.answers,
    since: understood.since,
    raisedAt: context.at,
  };
  const verdict = triage(base.answers);
  const state: SupportState =
    verdict.ask.length > 0 || verdict.scope === 'unclear'
      ? { ...base, at: 'asking', verdict }
      : { ...base, at: 'judged', verdict };
  return moveTo(state, [state.at === 'asking' ? triageCard(state, []) : verdictCard(state, context)]);
}

export function advanceSupport(state: SupportState, event: Event, context: Context): Transition {
  switch (event.type) {
    case 'clicked':
      return click(state, event, context);
    case 'said':
      return typed(state, event, context);
    case 'ticket-opened':
      return state.at === 'opening' ? opened(state, event, context) : stay(state);
    case 'effect-failed':
      return failed(state, event, context);
    case 'ticket-hinted':
    case 'ticket-read':
    case 'comment-sent':
    case 'timer':
      return advanceTicket(state, event, context);
    case 'discovered':
    case 'settings-changed':
    case 'surveyed':
    case 'verified':
    case 'read-failed':
    case 'step-changed':
    case 'plan-finished':
      return stay(state);
    default: {
      const never: never = event;
      return never;
    }
  }
}

type Action = (state: SupportState, event: Click, context: Context) => Transition | null;

const actions: Readonly<Record<string, Action>> = {
  'triage-continue': continueTriage,
  'change-answers': (state) => ('verdict' in state && beforeTicket(state) ? reask(state) : null),
  back: (state, _event, context) => (state.at === 'previewing' ? judged(state, context) : null),
  'preview-ticket': preview,
  'open-ticket': openTicket,
  'not-now': (state) =>
    state.at === 'judged' || state.at === 'previewing' || state.at === 'asking' ? putOff(state) : null,
  cancel: (state) => (state.at === 'asking' ? putOff(state) : null),
  'start-connect': startConnect,
  'send-reply': clickTicket,
  'mark-solved': clickTicket,
  reopen: clickTicket,
};

/** Before the ticket only whoever asked goes on; once it is open, everybody in the room may answer. */
function click(state: SupportState, event: Click, context: Context): Transition {
  if (state.at !== 'open' && event.person !== state.requester) {
    const asker = nameOf(context.directory, state.requester);
    return stay(
      state,
      refusedReply(
        `${asker} described this problem, so only ${asker} can go on with it. Write to me in a new message about your own.`,
      ),
    );
  }
  return (
    actions[event.verb]?.(state, event, context) ??
    stay(state, staleReply(`This card has moved on: ${whereItStands(state)}`))
  );
}

function typed(state: SupportState, event: EventOf<'said'>, context: Context): Transition {
  const command = matchForm(event.text, supportForms);
  if (command === null) {
    return stay(state);
  }
  const transition = click(state, { ...event, type: 'clicked', message: supportMessage, ...command }, context);
  if (transition.reply.outcome === 'done') {
    return transition;
  }
  const answer = whisper(
    `answer-${context.revision}`,
    event.place,
    event.person,
    'Not done',
    transition.reply.because,
    'Write “help” to see what I understand.',
  );
  return { ...transition, effects: [...transition.effects, answer] };
}

function whereItStands(state: SupportState): string {
  switch (state.at) {
    case 'asking':
      return 'I still need an answer.';
    case 'judged':
      return 'there is a verdict; open the ticket or leave it.';
    case 'previewing':
      return 'the ticket is ready to be sent.';
    case 'opening':
      return 'the ticket is being opened.';
    case 'open':
      return `ticket ${state.ticket.snapshot.id} is open.`;
    case 'put-off':
      return 'it was left for the moment. Write to me again when you need it.';
    default: {
      const never: never = state;
      return never;
    }
  }
}

function beforeTicket(state: SupportState): state is SupportAt<'asking' | 'judged' | 'previewing'> {
  return state.at === 'asking' || state.at === 'judged' || state.at === 'previewing';
}

function reask(state: SupportAt<'asking' | 'judged' | 'previewing'>): Transition {
  const { verdict } = state;
  const next: SupportAt<'asking'> = { ...baseOf(state), at: 'asking', verdict };
  return moveTo(next, [triageCard(next, Object.keys(state.answers))]);
}

function baseOf(
  state: SupportState,
): Pick<SupportState, 'flow' | 'requester' | 'place' | 'words' | 'answers' | 'since' | 'raisedAt'> {
  const { flow, requester, place, words, answers, since, raisedAt } = state;
  return { flow, requester, place, words, answers, since, raisedAt };
}

function continueTriage(state: SupportState, event: Click, context: Context): Transition | null {
  if (state.at !== 'asking') {
    return null;
  }
  const merged = mergeAnswers(state.answers, event.inputs);
  if (merged.kind === 'invalid') {
    return stay(state, invalidReply(merged.errors));
  }
  const verdict = triage(merged.answers);
  const base = { ...baseOf(state), answers: merged.answers };
  if (verdict.scope === 'unclear') {
    const next: SupportAt<'asking'> = { ...base, at: 'asking', verdict };
    return moveTo(next, [triageCard(next, [])]);
  }
  return judged({ ...base, at: 'judged', verdict }, context);
}

function judged(state: SupportAt<'judged' | 'previewing'>, context: Context): Transition {
  const next: SupportAt<'judged'> = { ...baseOf(state), at: 'judged', verdict: state.verdict };
  return moveTo(next, [verdictCard(next, context)]);
}

function preview(state: SupportState, _event: Click, context: Context): Transition | null {
  if (state.at !== 'judged' || state.verdict.scope !== 'supported') {
    return null;
  }
  const next: SupportAt<'previewing'> = {
    ...state,
    at: 'previewing',
    subject: ticketSubject(state),
    body: ticketBody(state, context),
  };
  return moveTo(next, [previewCard(next)]);
}

function openTicket(state: SupportState, event: Click, context: Context): Transition | null {
  if (state.at !== 'previewing') {
    return null;
  }
  const subject = (event.inputs['subject'] ?? state.subject).trim();
  const body = (event.inputs['body'] ?? state.body).trim();
  const errors = [
    ...(subject === ''
      ? [{ input: 'subject', message: 'A ticket needs a subject: one line that says what is wrong.' }]
      : []),
    ...(body === ''
      ? [{ input: 'body', message: 'Describe the problem in a sentence or two, so that the desk can start.' }]
      : []),
  ];
  if (errors.length > 0) {
    return stay(state, invalidReply(errors));
  }
  const next: SupportAt<'opening'> = { ...state, at: 'opening', subject, body };
  const waiting = showCard(supportMessage, state.place, 'Opening the ticket…', {
    name: 'notice',
    data: {
      title: 'Opening the ticket',
      tone: 'default',
      text: `“${subject}” is on its way to the desk.`,
      wayOut: '',
      lines: [],
    },
  });
  return moveTo(
    next,
    [waiting, { kind: 'work', type: 'open-ticket', request: requestOf(next, context) }],
    [{ type: 'ticket-expected' }],
  );
}

function failed(state: SupportState, event: EventOf<'effect-failed'>, context: Context): Transition {
  if (state.at === 'opening' && event.of === 'open-ticket') {
    const next: SupportAt<'previewing'> = { ...state, at: 'previewing' };
    const problem = `The ticket could not be opened: ${event.because} Nothing is lost; press “Open the ticket” to try again.`;
    return moveTo(next, [previewCard(next, [problem])]);
  }
  if (state.at === 'open' && (event.of === 'send-comment' || event.of === 'change-ticket')) {
    const text = `What you sent did not reach ticket ${state.ticket.snapshot.id}: ${event.because} Send it again, or write in the ticket: ${state.ticket.snapshot.url}`;
    return moveTo(state, [showText(`failed-${context.revision}`, state.place, text, { mention: [state.requester] })]);
  }
  return stay(state);
}

function putOff(state: SupportState): Transition {
  const card = showCard(supportMessage, state.place, 'Left for now. No ticket was opened.', {
    name: 'notice',
    data: {
      title: 'Left for now',
      tone: 'default',
      text: 'No ticket was opened.',
      wayOut: 'Describe the problem in a new message when you need it.',
      lines: [],
    },
  });
  return moveTo({ ...baseOf(state), at: 'put-off' }, [card]);
}

/** "Not something the provider changes, but you can": over to the connection, filled in from the same sentence. */
function startConnect(state: SupportState, _event: Click, context: Context): Transition | null {
  if (state.at !== 'judged' && state.at !== 'asking') {
    return null;
  }
  const intent = readIntent(state.words);
  return beginConnect(
    state,
    state.requester,
    state.place,
    intent.job === 'connect' ? intent : emptyIntent,
    state.words,
    context,
  );
}

/** What the buttons of triage, verdict, preview and ticket do; the same words can be typed (`typed.ts`). */
import { type ConnectIntent, emptyIntent } from '../policy/connect-intent.ts';
import { linkTicket, lookAgain, sayNone } from './auto-ticket.ts';
import { beginConnect } from './connect-begin.ts';
import type { EventOf } from './event.ts';
import {
  type Context,
  invalidReply,
  moveTo,
  nameOf,
  type Projection,
  refusedReply,
  staleReply,
  stay,
  type Transition,
  whyOnlyHelp,
} from './flow.ts';
import { showCard } from './message.ts';
import { redact } from './redact.ts';
import type { SupportAt, SupportState } from './state.ts';
import { addToTicket, findSimilar } from './similar.ts';
import { backToVerdict, baseOf, continueTriage, didThat, reask } from './support-ask.ts';
import { supportMessage } from './support-card.ts';
import { differ, override } from './support-override.ts';
import { previewCard, requestOf, ticketBody, ticketSubject } from './support-ticket.ts';
import { clickTicket, ticketActs } from './ticket-click.ts';
import { diagnosticsOf, switchDiagnostics, withConsent } from './ticket-diagnostics.ts';
import { withoutFiles } from './ticket-files.ts';
import { environmentOf } from './ticket-topic.ts';

type Click = EventOf<'clicked'>;
type Action = (state: SupportState, event: Click, context: Context) => Transition | null;
type BeforeTicket = SupportAt<'asking' | 'judged' | 'previewing' | 'differing'>;

/** By verb; null means that the verb makes no sense where the case stands. */
const actions: Readonly<Record<string, Action>> = {
  'triage-continue': continueTriage,
  'change-answers': (state) => (isBeforeTicket(state) ? reask(state) : null),
  'did-that': (state, _event, context) => didThat(state, context),
  differ: (state) => differ(state),
  override,
  back: (state, _event, context) => backToVerdict(state, context),
  'preview-ticket': preview,
  'open-ticket': openTicket,
  'add-to-ticket': addToTicket,
  'not-now': (state) => (isBeforeTicket(state) ? putOff(state) : null),
  cancel: (state) => (isBeforeTicket(state) ? putOff(state) : null),
  'start-connect': (state, _event, context) =>
    state.at === 'judged' || state.at === 'asking' ? handOver(state, emptyIntent, state.words, context) : null,
  'link-ticket': linkTicket,
  'find-ticket': lookAgain,
  'no-auto-ticket': (state, event, context) => {
    const none = sayNone(state);
    return none === null ? null : preview(none, event, context);
  },
  // Before there is a ticket, it is the verdict that is seen differently.
  'change-severity': override,
  'leave-files': (state, _event, context) => leaveFiles(state, context),
  'leave-diagnostics': (state, event, context) =>
    switchDiagnostics(state, event, (next) => [previewCard(next, context)]),
  'send-diagnostics': (state, event, context) =>
    switchDiagnostics(state, event, (next) => [previewCard(next, context)]),
};

/** Before the ticket only whoever asked goes on; once it is open, everybody with a role may answer. */
export function clickSupport(state: SupportState, event: Click, context: Context): Transition {
  const refusal = whyNot(state, event, context);
  if (refusal !== null) {
    return stay(state, refusedReply(refusal));
  }
  // What is said to the desk is the person's own word, whatever the card shows by now.
  const isTicket = state.at === 'open' && ticketActs.has(event.verb);
  const act = isTicket ? clickTicket : Object.hasOwn(actions, event.verb) ? actions[event.verb] : undefined;
  const next = context.stale && state.at !== 'open' ? null : act?.(state, event, context);
  return next ?? stay(state, staleReply(`This card has moved on: ${whereItStands(state)}`));
}

function whyNot(state: SupportState, event: Click, context: Context): string | null {
  if (state.at === 'open') {
    return whyOnlyHelp(context.directory, event.person);
  }
  const asker = nameOf(context.directory, state.requester);
  return event.person === state.requester
    ? null
    : `${asker} described this problem, so only ${asker} can go on with it. Write to me in a new message about your own.`;
}

function whereItStands(state: SupportState): string {
  switch (state.at) {
    case 'asking':
      return 'I still need an answer. Write “continue” to go on without one.';
    case 'judged':
      return `there is a verdict. ${state.verdict.next}`;
    case 'differing':
      return 'say what should be different and why, or write “back”.';
    case 'previewing':
      return 'the ticket is ready to be sent. Write “open the ticket”, or “not now”.';
    case 'opening':
      return 'the ticket is being opened.';
    case 'open':
      return `ticket ${state.ticket.snapshot.id} was opened: ${state.ticket.snapshot.url}`;
    case 'put-off':
      return 'it was left for the moment. Describe the problem again when you need it.';
    default: {
      const never: never = state;
      return never;
    }
  }
}

function isBeforeTicket(state: SupportState): state is BeforeTicket {
  return state.at === 'asking' || state.at === 'judged' || state.at === 'previewing' || state.at === 'differing';
}

/** Only what is supported becomes a ticket; for the rest the verdict says where to go. */
function preview(state: SupportState, _event: Click, context: Context): Transition | null {
  if (state.at !== 'judged') {
    return null;
  }
  if (state.verdict.scope !== 'supported') {
    const way =
      'If I understood it wrongly, write “change answers”; if you see it differently, “I see it differently”.';
    return stay(state, refusedReply(`By the rules this is no case for a ticket. ${state.verdict.next} ${way}`));
  }
  const next: SupportAt<'previewing'> = {
    ...state,
    at: 'previewing',
    subject: ticketSubject(state),
    body: ticketBody(state, context),
    diagnostics: diagnosticsOf(state, context),
  };
  const looked = findSimilar(next, context);
  return moveTo(looked.state, [previewCard(looked.state, context), ...looked.effects]);
}

/** Asked for before the preview, it shows the preview: nobody sends what they have not seen. */
function openTicket(before: SupportState, event: Click, context: Context): Transition | null {
  if (before.at !== 'previewing') {
    return preview(before, event, context);
  }
  const state = withConsent(before, event);
  const subjectSaid = redact((event.inputs['subject'] ?? state.subject).trim());
  const bodySaid = redact((event.inputs['body'] ?? state.body).trim());
  const [subject, body] = [subjectSaid.text, bodySaid.text];
  const errors = [
    ...(subject === ''
      ? [{ input: 'subject', message: 'A ticket needs a subject: one line that says what is wrong.' }]
      : []),
    ...(body === ''
      ? [{ input: 'body', message: 'Describe the problem in a sentence or two, so that the desk can start.' }]
      : []),
  ];
  if (errors.length > 0) {
    return stay(before, invalidReply(errors));
  }
  const { similar: _similar, ...prepared } = state;
  const next: SupportAt<'opening'> = { ...prepared, at: 'opening', subject, body };
  const removed = [...new Set([...subjectSaid.removed, ...bodySaid.removed])];
  const taken = removed.length === 0 ? '' : ` Taken out before it was sent: ${removed.join(', ')}.`;
  const waiting = notice(next, 'Opening the ticket', `“${subject}” is on its way to the desk.${taken}`, '');
  return moveTo(
    next,
    [waiting, { kind: 'work', type: 'open-ticket', request: requestOf(next, context) }],
    [expected(next, context)],
  );
}

function expected(state: SupportAt<'opening'>, context: Context): Projection {
  const { requester, subject } = state;
  const symptom = state.answers.symptom ?? '';
  return { type: 'ticket-expected', subject, requester, environment: environmentOf(state, context), symptom };
}

/** The preview lists what goes along. */
function leaveFiles(state: SupportState, context: Context): Transition {
  const left = withoutFiles(state);
  const next = left.state.flow === 'support' ? left.state : state;
  return next.at === 'previewing' ? moveTo(next, [previewCard(next, context)]) : left;
}

function notice(state: SupportState, title: string, text: string, wayOut: string) {
  return showCard(supportMessage, state.place, `${title}. ${text}`, {
    name: 'notice',
    data: { title, tone: 'default', text, wayOut, lines: [] },
  });
}

function putOff(state: BeforeTicket): Transition {
  const way = 'Describe the problem again when you need it.';
  return moveTo({ ...baseOf(state), at: 'put-off' }, [notice(state, 'Left for now', 'No ticket was opened.', way)]);
}

/** "Not something the provider changes, but you can": over to the connection, in the same thread. */
export function handOver(state: BeforeTicket, intent: ConnectIntent, words: string, context: Context): Transition {
  const begun = beginConnect(state, state.requester, state.place, intent, words, context);
  if (begun.state.flow !== 'connect') {
    return begun;
  }
  const over = notice(state, 'Over to the connection', 'This goes on as a private connection, below.', '');
  return { ...begun, effects: [over, ...begun.effects] };
}

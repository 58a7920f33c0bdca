/** Where an event goes: to the flow of its case, or, for a first message, to the flow that it asks for. */
import { readIntent } from '../policy/intent.ts';
import { beginConnect } from './connect-begin.ts';
import { advanceConnect } from './connect.ts';
import type { Event, EventOf } from './event.ts';
import {
  type Context,
  findPerson,
  moveTo,
  refusedReply,
  staleReply,
  stay,
  type Transition,
  whyOnlyHelp,
} from './flow.ts';
import { helpCard } from './help.ts';
import { whisper } from './message.ts';
import type { CaseState, TalkState } from './state.ts';
import { advanceSupport, beginSupport } from './support.ts';

export function advance(state: CaseState | null, event: Event, context: Context): Transition {
  if (event.type === 'said' && (state === null || state.flow === 'talk' || wantsHelp(event))) {
    return listen(state, event, context);
  }
  if (event.type === 'said' && state !== null && asksAnew(state, event)) {
    return listen(state, event, context);
  }
  if (event.type === 'settings-changed' && state === null) {
    return moveTo({ flow: 'settings' });
  }
  if (state === null) {
    throw new Error(
      `Taking an event of type ${event.type}: no case is known for it. It is kept in the table “event”; look there for what sent it.`,
    );
  }
  switch (state.flow) {
    case 'connect':
      return advanceConnect(state, event, context);
    case 'support':
      return advanceSupport(state, event, context);
    case 'settings':
      return stay(state);
    case 'talk':
      return event.type === 'clicked' ? clickHelp(state, event, context) : stay(state);
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** The bare word: “help, production is down” is a cry, not a question about the bot. */
function wantsHelp(event: EventOf<'said'>): boolean {
  return /^\/?help[\s.!?]*$/i.test(event.text.trim());
}

/** What was cancelled or put off can begin again in its own thread, by whoever began it. */
function asksAnew(state: CaseState, event: EventOf<'said'>): boolean {
  const over =
    (state.flow === 'connect' && state.at === 'cancelled') || (state.flow === 'support' && state.at === 'put-off');
  const { job } = readIntent(event.text);
  return over && event.person === state.requester && (job === 'connect' || job === 'support');
}

function listen(state: CaseState | null, event: EventOf<'said'>, context: Context): Transition {
  const talk: TalkState = { flow: 'talk', person: event.person, place: event.place };
  const person = findPerson(context.directory, event.person);
  if (wantsHelp(event)) {
    return stay(state ?? talk, undefined, [helpCard(`help-${context.revision}`, event.place, person, context)]);
  }
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state ?? talk, refusedReply(because), [
      whisper(
        `refused-${context.revision}`,
        event.place,
        event.person,
        'I may not do this for you',
        because,
        'Write “help” to see what I can do.',
      ),
    ]);
  }
  const intent = readIntent(event.text);
  switch (intent.job) {
    case 'connect':
      return beginConnect(state, event.person, event.place, intent, event.text, context);
    case 'support':
      return beginSupport(event.person, event.place, event.text, context);
    case 'help':
    case 'unknown':
      return moveTo(talk, [helpCard(`help-${context.revision}`, event.place, person, context)]);
    default: {
      const never: never = intent;
      return never;
    }
  }
}

function clickHelp(state: TalkState, event: EventOf<'clicked'>, context: Context): Transition {
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  switch (event.verb) {
    case 'start-connect':
      return listen(
        state,
        { type: 'said', person: event.person, place: state.place, text: 'connect', files: [] },
        context,
      );
    case 'start-support':
      return beginSupport(event.person, state.place, '', context);
    default:
      return stay(state, staleReply('This card has moved on. Write “help” to see what I can do.'));
  }
}

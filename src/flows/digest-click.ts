/**
 * “Take it up” in the digest: the alert, of which nothing stood in the channel until then, gets its own card there, and
 * with it a thread in which it can be triaged. The digest itself belongs to the house; the alert's case is told.
 */
import type { EventOf } from './event.ts';
import { type Context, moveTo, refusedReply, staleReply, stay, type Transition, whyOnlyHelp } from './flow.ts';
import { whisper } from './message.ts';
import type { SettingsState } from './state.ts';

const prefix = 'take-alert-';

/** As the alert's own case knows the press. */
export const takeAlert = 'take-alert';

export function takeVerb(caseId: string): string {
  return `${prefix}${caseId}`;
}

export function clickDigest(state: SettingsState, event: EventOf<'clicked'>, context: Context): Transition {
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const caseId = event.verb.startsWith(prefix) ? event.verb.slice(prefix.length) : '';
  return caseId === ''
    ? stay(state, staleReply('This card has moved on. Write “help” to see what I can do.'))
    : moveTo(state, [{ kind: 'read', type: 'tell-case', caseId, event: { ...event, verb: takeAlert, inputs: {} } }]);
}

/** Below a digest, or another notice of the house, there is no case that could hear anything. */
export function hearBelowNotice(state: SettingsState, event: EventOf<'said'>, context: Context): Transition {
  const because = 'This thread belongs to a notice of mine, and I take nothing in it.';
  const way = 'Use its buttons, or write to me in a new message.';
  return stay(state, refusedReply(because), [
    whisper(`answer-${context.revision}`, event.place, event.person, 'Not here', because, way),
  ]);
}

/**
 * Everything that can be clicked can be typed. `help` lists these forms; each is read into the verb and inputs of the
 * button that does the same.
 */
import type { EventOf, Inputs } from './event.ts';
import type { Context, Transition } from './flow.ts';
import { whisper } from './message.ts';

export interface TypedCommand {
  verb: string;
  inputs: Inputs;
}

export interface Form {
  pattern: RegExp;
  verb: string;
  /** Name of the input that takes what the pattern captured. */
  input?: string;
  /** What the button's card would send along. */
  inputs?: Inputs;
  /** As `help` shows it. */
  shown: string;
  meaning: string;
}

/** In every thread, whatever it is about. */
export const answerForms: readonly Form[] = [
  {
    pattern: /^(?:question|ask)\s*:\s*(?<value>\S[\s\S]*)$/i,
    verb: 'ask',
    input: 'question',
    shown: 'question: who patches the nodes?',
    meaning: 'look it up in the policy, also in the middle of a case',
  },
  {
    pattern: /^overrides[\s.!?]*$/i,
    verb: 'list-overrides',
    shown: 'overrides',
    meaning: 'what people changed about verdicts (roles support and admin)',
  },
  {
    pattern: /^(?:(?:list|show)(?: me)? )?my (?:open )?(?:tickets|cases)[\s.!?]*$/i,
    verb: 'list-my-tickets',
    shown: 'my tickets',
    meaning: 'your tickets, open ones first; for your eyes only',
  },
  {
    pattern:
      /^(?:(?:list|show)(?: me)? )?(?:the )?(?:tickets (?:of|in) (?:this|the) (?:channel|chat|conversation)|channel(?:[’']s)? tickets)[\s.!?]*$/i,
    verb: 'list-channel-tickets',
    shown: 'tickets of this channel',
    meaning: 'the tickets of all threads here; for your eyes only',
  },
];

/** After an answer, as long as nothing else began in its thread. */
export const talkForms: readonly Form[] = [
  {
    pattern: /^get support$/i,
    verb: 'start-support',
    shown: 'get support',
    meaning: 'make a problem out of what you asked',
  },
  {
    pattern: /^ask (?:the )?(?:support )?desk$/i,
    verb: 'ask-desk',
    shown: 'ask the desk',
    meaning: 'put your question to the support desk',
  },
];

export const supportForms: readonly Form[] = [
  {
    pattern: /^(?:continue|next)$/i,
    verb: 'triage-continue',
    shown: 'continue',
    meaning: 'go on with what was understood',
  },
  {
    pattern: /^(?:preview|ticket)$/i,
    verb: 'preview-ticket',
    shown: 'preview',
    meaning: 'see the ticket before it is sent',
  },
  {
    pattern: /^open(?: the| a)? ticket$/i,
    verb: 'open-ticket',
    shown: 'open the ticket',
    meaning: 'send it to the desk',
  },
  {
    pattern: /^add(?: (?:it|this|mine))? to (?:that|the|ticket(?: #?\d{1,12})?)(?: ticket)?(?: instead)?$/i,
    verb: 'add-to-ticket',
    shown: 'add to that ticket',
    meaning: 'where one is open about the same: say it there instead of opening a second one',
  },
  {
    pattern: /^(?:send to support\s*:?|(?:send|reply)\s*:)\s*(?<value>\S[\s\S]*)$/i,
    verb: 'send-reply',
    input: 'reply',
    shown: 'send: …',
    meaning: 'send a reply to the desk',
  },
  {
    pattern: /^send (?:it|this|that)(?: to (?:the )?(?:desk|support))?(?:,? please)?[\s.!]*$/i,
    verb: 'send-asked',
    shown: 'send it',
    meaning: 'what you wrote as “send …”, without a colon, when I have asked whether it is for the desk',
  },
  { pattern: /^(?:mark(?: as)? )?solved$/i, verb: 'mark-solved', shown: 'solved', meaning: 'say that it is solved' },
  { pattern: /^reopen$/i, verb: 'reopen', shown: 'reopen', meaning: 'open a solved ticket again' },
  {
    pattern: /^it helped[\s.!]*$/i,
    verb: 'it-helped',
    shown: 'it helped',
    meaning: 'when it is over: say so, in one click',
  },
  {
    pattern: /^it (?:did not|didn[’']t) help[\s.!]*$/i,
    verb: 'did-not-help',
    shown: 'it did not help',
    meaning: 'the same when it did not',
  },
  {
    pattern: /^follow[ -]?up\s*:\s*(?<value>\S[\s\S]*)$/i,
    verb: 'follow-up',
    input: 'reply',
    shown: 'follow up: …',
    meaning: 'go on from a closed ticket in a new one',
  },
  {
    pattern: /^severity:?\s+(?<severity>critical|high|medium|low)\s*[:,]\s*(?!because\b)(?<reason>\S[\s\S]*)$/i,
    verb: 'change-severity',
    shown: 'severity high: …',
    meaning: 'change the severity of a ticket, with the reason',
  },
  {
    pattern: /^change(?: the)? severity$/i,
    verb: 'severity-form',
    shown: 'change severity',
    meaning: 'the same in a form',
  },
  {
    pattern: /^without(?: the)? files?$/i,
    verb: 'leave-files',
    shown: 'without files',
    meaning: 'leave out what was attached',
  },
  {
    pattern: /^without(?: the)? diagnostics$/i,
    verb: 'leave-diagnostics',
    shown: 'without diagnostics',
    meaning: 'send a ticket without what I looked at; “with diagnostics” takes that back',
  },
  {
    pattern: /^with(?: the)? diagnostics$/i,
    verb: 'send-diagnostics',
    shown: 'with diagnostics',
    meaning: 'send it along after all',
  },
  {
    pattern: /^provider(?:[’']s)? ticket(?: is)?:?\s+(?<value>\S.*)$/i,
    verb: 'provider-number',
    input: 'number',
    shown: 'provider ticket 12345',
    meaning: 'where the desk is your own: the number of the provider’s ticket, which starts the clock',
  },
  {
    pattern: /^provider(?:[’']s)? ticket$/i,
    verb: 'provider-form',
    shown: 'provider ticket',
    meaning: 'the same in a form',
  },
  {
    pattern: /^(?:the )?provider (?:has )?answered$/i,
    verb: 'provider-answered',
    shown: 'provider answered',
    meaning: 'stop that clock',
  },
  {
    pattern: /^change(?: answers)?$/i,
    verb: 'change-answers',
    shown: 'change answers',
    meaning: 'correct what was understood',
  },
  {
    pattern: /^(?:i )?(?:did|tried) (?:that|it)$/i,
    verb: 'did-that',
    shown: 'I did that',
    meaning: 'go on after the recovery, the retry, the checks or the upgrade did not help',
  },
  {
    pattern: /^i see (?:it|this|that) differently$/i,
    verb: 'differ',
    shown: 'I see it differently',
    meaning: 'raise or lower the verdict in a form',
  },
  {
    pattern: /^(?:severity:?\s+)(?<severity>critical|high|medium|low)[,\s]+because\s+(?<reason>\S[\s\S]*)$/i,
    verb: 'override',
    shown: 'severity high because …',
    meaning: 'raise or lower the severity, with the reason',
  },
  {
    pattern: /^(?:open (?:the|a) ticket anyway|supported)[,\s]+because\s+(?<reason>\S[\s\S]*)$/i,
    verb: 'override',
    inputs: { scope: 'supported' },
    shown: 'open the ticket anyway because …',
    meaning: 'have it taken to the desk all the same, with the reason',
  },
  {
    pattern: /^(?:not supported|no case for support)[,\s]+because\s+(?<reason>\S[\s\S]*)$/i,
    verb: 'override',
    inputs: { scope: 'unsupported' },
    shown: 'not supported because …',
    meaning: 'say that it is no case for support, with the reason',
  },
  {
    pattern: /^(?:it is |the )?(?:ticket|number)(?: is)?:? #?(?<value>\d{1,12})$/i,
    verb: 'link-ticket',
    input: 'number',
    shown: 'it is ticket 4711',
    meaning: 'follow the ticket that the provider has opened by itself',
  },
  {
    pattern: /^there is (?:none|no (?:such )?ticket)$/i,
    verb: 'no-auto-ticket',
    shown: 'there is none',
    meaning: 'prepare a ticket, because the provider has opened none',
  },
  {
    pattern: /^look (?:for it )?again$/i,
    verb: 'find-ticket',
    shown: 'look again',
    meaning: 'look once more for the provider’s ticket',
  },
  { pattern: /^back$/i, verb: 'back', shown: 'back', meaning: 'from the ticket back to the verdict' },
  {
    pattern: /^connect$/i,
    verb: 'start-connect',
    shown: 'connect',
    meaning: 'make a connection out of it; name both networks to fill in the form',
  },
  { pattern: /^(?:not now|cancel)$/i, verb: 'not-now', shown: 'not now', meaning: 'leave it for the moment' },
];

export function matchForm(text: string, forms: readonly Form[]): TypedCommand | null {
  const said = text.trim();
  for (const form of forms) {
    const match = form.pattern.exec(said);
    if (match !== null) {
      return { verb: form.verb, inputs: { ...form.inputs, ...captured(match, form.input) } };
    }
  }
  return null;
}

/** The group `value` is for the form's one input; every other group is named like the input it is for. */
function captured(match: RegExpExecArray, input: string | undefined): Inputs {
  const said = Object.entries(match.groups ?? {}).filter((group): group is [string, string] => group[1] !== undefined);
  return Object.fromEntries(said.map(([name, text]) => [name === 'value' && input !== undefined ? input : name, text]));
}

/** A typed command that was not carried out is answered to its writer alone; a button has its reply for that. */
export function answerTyped(transition: Transition, event: EventOf<'said'>, context: Context): Transition {
  const { reply, effects } = transition;
  const isTold = effects.some((effect) => effect.kind === 'message' && effect.onlyFor === event.person);
  if (reply.outcome === 'done' || isTold) {
    return transition;
  }
  const isMissing = reply.outcome === 'invalid';
  const answer = whisper(
    `answer-${context.revision}`,
    event.place,
    event.person,
    isMissing ? 'Not yet' : 'Not done',
    reply.because,
    isMissing
      ? 'What was right is kept. Write “help” to see how to say the rest.'
      : 'Write “help” to see what I understand.',
  );
  return { ...transition, effects: [...effects, answer] };
}

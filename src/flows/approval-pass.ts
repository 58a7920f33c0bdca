/** Somebody else on call is asked: because whoever was asked hands it over, or because nobody decided in time. */
import type { PersonId } from '../policy/people.ts';
import { approvalCards } from './approval-card.ts';
import { besideCopy, withReaders } from './approval-copies.ts';
import { close } from './approval-close.ts';
import { ifOpen } from './approval-decide.ts';
import { decidersFor, freezeNow, needsNow, nextOnCall, termsOf, whoIsAsked } from './approval-terms.ts';
import { listed, zoneOf } from './approval-words.ts';
import { statusCard } from './connect-status.ts';
import { headlineOf, workOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import type { EventOf, TimerName } from './event.ts';
import { type Context, moveTo, nameOf, refusedReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { ConnectAt, ConnectState } from './state.ts';
import { localTime } from './time.ts';

type Waiting = ConnectAt<'awaiting-approval'>;

export function handOver(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition {
  return ifOpen(state, event, context, (waiting) => {
    const to = nextOnCall(waiting, event.person, context);
    if (to === null) {
      return stay(waiting, refusedReply(nobodyElse(waiting, event.person, context)));
    }
    const by = nameOf(context.directory, event.person);
    return pass(waiting, { from: event.person, to }, `${by} handed this decision over to you`, context);
  });
}

function nobodyElse(state: Waiting, person: PersonId, context: Context): string {
  const others = stillAsked(state, context, 'everybody').filter((id) => id !== person);
  const names = listed(others.map((id) => nameOf(context.directory, id)));
  return names === ''
    ? 'Nobody else may decide about this, so there is nobody to hand it over to.'
    : `Nobody else who may decide comes on call next, or they were asked already. Who may decide: ${names}.`;
}

function pass(
  state: Waiting,
  { from, to }: { from: PersonId | null; to: PersonId },
  why: string,
  context: Context,
): Transition {
  const { approval } = state;
  const workId = workOf(state).id;
  const told = [...approval.told.filter((person) => person !== to), to];
  const next: Waiting = {
    ...state,
    approval: {
      ...approval,
      // Whoever hands over is not reminded any more; whoever was too slow still is.
      asked: from === null ? approval.asked : to,
      told: from === null ? told : told.filter((person) => person !== from),
      passedOn: [...approval.passedOn, { from, to, at: context.at }],
      copies: withReaders(approval.copies, workId, [to], context),
    },
  };
  const nudges = nudge(next, `passed-${context.revision}`, [to], why, context);
  return moveTo(next, [...approvalCards(next, context), statusCard(next, context), ...nudges]);
}

/** What a timer of the request brings; quiet as soon as it is decided. */
export function approvalTimer(state: Waiting, name: TimerName, context: Context): Transition {
  if (name === 'approval-reminder') {
    return remind(state, context);
  }
  if (name === 'approval-escalation') {
    return escalate(state, context);
  }
  return name === 'approval-expiry'
    ? close(state, { status: 'expired', by: null, at: context.at, reason: '' }, context)
    : stay(state);
}

/** The card stays as it is, so that its buttons go on working, unless somebody else has come on call meanwhile. */
function remind(state: Waiting, context: Context): Transition {
  const next = withOnCall(state, context);
  const people = stillAsked(next, context, 'asked');
  const cards = next === state ? [] : [...approvalCards(next, context), statusCard(next, context)];
  return moveTo(next, [...cards, ...nudge(next, 'reminder', people, 'Still waiting for a decision', context)]);
}

/** Whoever is on call by now is asked in place of whoever was; what was handed over stays where it is. */
function withOnCall(state: Waiting, context: Context): Waiting {
  const { approval } = state;
  const now = whoIsAsked(state, { needs: approval.needs, rule: termsOf(state, context).rule }, context);
  if (now.asked === null || now.asked === approval.asked || approval.passedOn.length > 0) {
    return state;
  }
  const told = [...approval.told.filter((person) => person !== approval.asked && person !== now.asked), now.asked];
  const copies = withReaders(approval.copies, workOf(state).id, [now.asked], context);
  return { ...state, approval: { ...approval, asked: now.asked, onCall: now.onCall, told, copies } };
}

function escalate(state: Waiting, context: Context): Transition {
  const to = nextOnCall(state, state.approval.asked, context);
  if (to !== null) {
    return pass(state, { from: null, to }, 'Nobody has decided yet, so you are asked as the next on call', context);
  }
  const everybody = stillAsked(state, context, 'everybody');
  return moveTo(
    state,
    nudge(state, 'escalation', everybody, 'Nobody has decided yet, so everybody who may is asked', context),
  );
}

/** Whose yes would still help, out of those who were asked or of all. */
function stillAsked(state: Waiting, context: Context, whom: 'asked' | 'everybody'): PersonId[] {
  const { needs, told, votes } = state.approval;
  const now = needsNow(needs, freezeNow(state, context));
  const may = decidersFor({ state, needs: now, votes: votes.map(({ person }) => person) }, context);
  const asked = may.filter((person) => told.includes(person));
  return whom === 'everybody' || asked.length === 0 ? may : asked;
}

/** A new message, because an edit reaches nobody: in the first channel by mention, and in the private chats. */
function nudge(
  state: Waiting,
  name: string,
  people: readonly PersonId[],
  why: string,
  context: Context,
): ShowMessage[] {
  const work = workOf(state);
  const { asked, copies, expiresAt } = state.approval;
  return copies
    .filter(({ reader }, index) => index === 0 || (reader !== null && people.includes(reader)))
    .map((copy) => {
      const until = localTime(expiresAt, zoneOf(copy.reader ?? people[0] ?? asked, context));
      const text = `${why}: ${headlineOf(work)} for ${work.environment}. It expires ${until}.`;
      return showText(besideCopy(name, copy), copy.place, text, { mention: copy.reader === null ? people : [] });
    });
}

/**
 * The response clock of an open ticket (STORYBOARD B6): a quiet line when three quarters of the office time are over, a
 * louder one when the first answer is due. An answer of the desk stops both.
 */
import { openStretches } from '../policy/office-calendar.ts';
import { officeMinutesBetween } from '../policy/office-clock.ts';
import type { Effect } from './effect.ts';
import { type Context, findPerson } from './flow.ts';
import type { SupportAt } from './state.ts';
import { dueOf } from './support-card.ts';
import { formatSeconds, localTime } from './time.ts';

type Open = SupportAt<'open'>;

const warningShare = 0.75;

/** What is over already when the ticket is opened is not warned about. */
export function clockTimers(state: Open, context: Context): Effect[] {
  const dueAt = dueOf(state, context);
  if (dueAt === null) {
    return [];
  }
  const about = String(state.ticket.snapshot.id);
  const warnAt = warningAt(state, dueAt, context);
  const due: Effect = { kind: 'work', type: 'timer', name: 'response-due', about, dueAt };
  return warnAt > context.at
    ? [{ kind: 'work', type: 'timer', name: 'response-warning', about, dueAt: warnAt }, due]
    : [due];
}

/** The instant at which that share of the office time between raising and due is used up. */
function warningAt(state: Open, dueAt: string, { directory: { calendar } }: Context): string {
  const raised = Temporal.Instant.from(state.raisedAt);
  const budget = officeMinutesBetween(calendar, raised, Temporal.Instant.from(dueAt)) * warningShare;
  let left = BigInt(Math.round(budget * 60_000)) * 1_000_000n;
  for (const stretch of openStretches(calendar, raised)) {
    const length = stretch.to - stretch.from;
    if (length >= left) {
      return new Temporal.Instant(stretch.from + left).toString({ fractionalSecondDigits: 3 });
    }
    left -= length;
  }
  return dueAt;
}

/** Whether nobody has to hear about the clock any more. */
export function isClockOver(state: Open): boolean {
  const { lastWord, snapshot } = state.ticket;
  return (
    lastWord !== null || snapshot.status === 'solved' || snapshot.status === 'closed' || snapshot.status === 'deleted'
  );
}

export function warningText(state: Open, context: Context): string {
  return `Ticket ${state.ticket.snapshot.id} has had no answer yet: ${leftText(state, context, context.directory.calendar.zone)}.`;
}

export function dueText(state: Open, context: Context): string {
  const dueAt = dueOf(state, context);
  const when = dueAt === null ? 'now' : localTime(dueAt, context.directory.calendar.zone);
  return `Ticket ${state.ticket.snapshot.id} has had no answer yet; the first one was due ${when}.`;
}

/** "1 h 12 min of office time left, first answer due Mon 10:42"; an answer stops the clock. */
export function clockText(state: Open, context: Context): string {
  if (state.ticket.lastWord !== null) {
    return 'The desk has answered.';
  }
  return isClockOver(state)
    ? ''
    : leftText(state, context, findPerson(context.directory, state.requester)?.zone ?? 'UTC');
}

function leftText(state: Open, context: Context, zone: string): string {
  const dueAt = dueOf(state, context);
  if (dueAt === null) {
    return 'Reasonable effort, no fixed time.';
  }
  const minutes = officeMinutesBetween(
    context.directory.calendar,
    Temporal.Instant.from(context.at),
    Temporal.Instant.from(dueAt),
  );
  const left = minutes > 0 ? `${formatSeconds(minutes * 60)} of office time left` : 'overdue';
  return `${left}, first answer due ${localTime(dueAt, zone)}`;
}

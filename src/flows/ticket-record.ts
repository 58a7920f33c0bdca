/** One ticket as numbers, for whoever looks at how support is going. */
import { officeMinutesBetween } from '../policy/office-clock.ts';
import { severityNow } from './desk-severity.ts';
import { calendarFor, type Context } from './flow.ts';
import type { SupportAt } from './state.ts';
import { answeredAt, dueAt } from './ticket-clock.ts';
import { environmentOf } from './ticket-topic.ts';

/** Instants are ISO 8601 in UTC; null: not known, or not promised. */
export interface TicketRecord {
  ticket: number;
  caseId: string;
  status: string;
  severity: string | null;
  environment: string;
  symptom: string | null;
  requester: string;
  raisedAt: string;
  firstAnswerDue: string | null;
  firstAnswerAt: string | null;
  /** Office time from the problem to the first answer. */
  firstAnswerOfficeMinutes: number | null;
  /** Null while it is not decided, or where no time is promised. */
  firstAnswerMet: boolean | null;
  /** As whoever asked said it when it was over. */
  helpful: boolean | null;
  /** Changes of the verdict by people, oldest first. */
  overrides: readonly { by: string; at: string; from: string; to: string; reason: string }[];
}

export function ticketRecord(state: SupportAt<'open'>, context: Context): TicketRecord {
  const due = dueAt(state, context);
  const answered = answeredAt(state, context);
  const raised = Temporal.Instant.from(state.raisedAt);
  const calendar = calendarFor(context.directory, state.requester);
  const { helpful, snapshot } = state.ticket;
  return {
    ticket: snapshot.id,
    caseId: context.caseId,
    status: snapshot.status,
    severity: severityNow(state),
    environment: environmentOf(state, context),
    symptom: state.answers.symptom,
    requester: state.requester,
    raisedAt: raised.toString(),
    firstAnswerDue: due?.toString() ?? null,
    firstAnswerAt: answered?.toString() ?? null,
    firstAnswerOfficeMinutes: answered === null ? null : Math.round(officeMinutesBetween(calendar, raised, answered)),
    firstAnswerMet: wasMet(due, answered, Temporal.Instant.from(context.at)),
    helpful: helpful?.yes ?? null,
    overrides: (state.overrides ?? []).map(({ at, by, from, reason, to }) => ({
      by,
      at,
      from: `${from.scope}/${from.severity ?? 'none'}`,
      to: `${to.scope}/${to.severity ?? 'none'}`,
      reason,
    })),
  };
}

function wasMet(
  due: Temporal.Instant | null,
  answered: Temporal.Instant | null,
  now: Temporal.Instant,
): boolean | null {
  if (due === null) {
    return null;
  }
  const isLate = Temporal.Instant.compare(answered ?? now, due) > 0;
  return answered === null && !isLate ? null : !isLate;
}

/** How severe the desk takes an open ticket to be: its priority is our severity, one to one. */
import type { Severity } from '../policy/severity.ts';
import { severityText } from '../policy/verdict-words.ts';
import type { TicketPriority } from './event.ts';
import { type Context, nameOf } from './flow.ts';
import type { SupportAt } from './state.ts';
import { severityLine } from './support-verdict.ts';

type Open = SupportAt<'open'>;

const severityOf: Readonly<Record<TicketPriority, Severity>> = {
  urgent: 'critical',
  high: 'high',
  normal: 'medium',
  low: 'low',
};

export const priorityOf: Readonly<Record<Severity, TicketPriority>> = {
  critical: 'urgent',
  high: 'high',
  medium: 'normal',
  low: 'low',
};

/** Null while the desk has left it as it was sent. */
export function severityAtDesk({ verdict, ticket }: Open): Severity | null {
  const { priority = null } = ticket.snapshot;
  // A ticket whose severity nobody has said is sent with the middle priority.
  const sent = verdict.severity ?? 'medium';
  return priority === null || severityOf[priority] === sent ? null : severityOf[priority];
}

/** As it counts now; null while nobody has said it. */
export function severityNow(state: Open): Severity | null {
  return severityAtDesk(state) ?? state.verdict.severity;
}

/** "High (changed by the desk)", "High (changed by Rosa: …)" */
export function ticketSeverityLine(state: Open, { directory }: Context): string {
  const { severityChange } = state.ticket;
  const changed = severityAtDesk(state);
  if (changed === null) {
    return severityLine(state);
  }
  const isOurs = severityChange !== undefined && severityChange.to === changed;
  const who = isOurs ? `${nameOf(directory, severityChange.by)}: ${severityChange.reason}` : 'the desk';
  return `${severityText(changed)} (changed by ${who})`;
}

/** How severe the desk takes an open ticket to be: its priority is our severity, one to one. */
import type { Severity } from '../policy/severity.ts';
import { severityText } from '../policy/verdict-words.ts';
import type { TicketPriority } from './event.ts';
import type { SupportAt } from './state.ts';
import { severityLine } from './support-verdict.ts';

type Open = SupportAt<'open'>;

const severityOf: Readonly<Record<TicketPriority, Severity>> = {
  urgent: 'critical',
  high: 'high',
  normal: 'medium',
  low: 'low',
};

/** Null while the desk has left it as it was sent. */
export function severityAtDesk({ verdict, ticket }: Open): Severity | null {
  const { priority = null } = ticket.snapshot;
  // A ticket whose severity nobody has said is sent with the middle priority.
  const sent = verdict.severity ?? 'medium';
  return priority === null || severityOf[priority] === sent ? null : severityOf[priority];
}

/** "High (changed by the desk)" */
export function ticketSeverityLine(state: Open): string {
  const changed = severityAtDesk(state);
  return changed === null ? severityLine(state) : `${severityText(changed)} (changed by the desk)`;
}

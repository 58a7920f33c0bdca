/** Statuses that an account made for itself, each in one of the categories that every account has. */
import type { SimRequest } from '../server.ts';
import type { Account } from './account.ts';
import { type Handled, notFound, ok, recordInvalid } from './answers.ts';
import type { CustomStatus, Ticket, TicketStatus } from './records.ts';

/** @throws {Refused} with 422 for a status that there is not. */
export function customStatusOf(account: Account, id: number): CustomStatus {
  const status = account.customStatuses.find((entry) => entry.id === id && entry.active);
  if (status === undefined) {
    throw recordInvalid('custom_status_id', `Custom status: ${id} is not a status of this account`);
  }
  return status;
}

/** Which of the account's own statuses a ticket has after a change; null where there are none. */
export function customStatusFor(account: Account, before: Ticket | null, status: TicketStatus): number | null {
  const present = account.customStatuses.find((entry) => entry.id === before?.custom_status_id);
  if (present !== undefined && present.status_category === category(status)) {
    return present.id;
  }
  const inCategory = account.customStatuses.filter((entry) => entry.status_category === category(status));
  return (inCategory.find((entry) => entry.default) ?? inCategory[0])?.id ?? null;
}

/** A closed ticket keeps the status that it was solved with. */
function category(status: TicketStatus): TicketStatus {
  return status === 'closed' ? 'solved' : status;
}

export function listCustomStatuses(account: Account, request: SimRequest): Handled {
  const categories = request.query.get('status_categories')?.split(',');
  const active = request.query.get('active');
  const found = account.customStatuses.filter(
    (status) =>
      (categories === undefined || categories.includes(status.status_category)) &&
      (active === null || String(status.active) === active),
  );
  return ok({ custom_statuses: found.map(showStatus) });
}

export function getCustomStatus(account: Account, id: number): Handled {
  const status = account.customStatuses.find((entry) => entry.id === id);
  if (status === undefined) {
    throw notFound();
  }
  return ok({ custom_status: showStatus(status) });
}

function showStatus(status: CustomStatus): object {
  const { agent_label, end_user_label } = status;
  return {
    ...status,
    raw_agent_label: agent_label,
    raw_end_user_label: end_user_label,
    description: '',
    raw_description: '',
    end_user_description: '',
    raw_end_user_description: '',
  };
}

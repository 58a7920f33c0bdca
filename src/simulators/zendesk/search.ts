/**
 * `GET /search`: over an index that lags behind. What a minute ago was not there is not found, although lists and
 * look-ups know it; so searching tells nobody whether a ticket exists.
 */
import type { SimRequest } from '../server.ts';
import { type Account, findUserByEmail } from './account.ts';
import { type Handled, ok, recordInvalid } from './answers.ts';
import { page } from './paging.ts';
import type { Ticket } from './records.ts';
import { showTicket } from './show.ts';

const statusOrder: readonly string[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

export function search(account: Account, request: SimRequest): Handled {
  const query = request.query.get('query') ?? '';
  if (query.trim() === '') {
    throw recordInvalid('query', 'Query: cannot be blank', 'BlankValue');
  }
  const terms = [...query.matchAll(/(?:([a-z_]+)([:<>]))?(?:"([^"]*)"|(\S+))/gi)].map(
    ([, field = '', operator = ':', quoted, plain]): Term => ({
      field: field.toLowerCase(),
      operator,
      value: (quoted ?? plain ?? '').toLowerCase(),
    }),
  );
  const indexedUntil = account.now().subtract({ seconds: account.settings.searchDelaySeconds });
  const found = account.tickets.filter(
    (ticket) =>
      ticket.status !== 'deleted' &&
      Temporal.Instant.compare(ticket.created_at, indexedUntil) <= 0 &&
      terms.every((term) => fits(account, ticket, term)),
  );
  return ok(
    page(
      request,
      'results',
      found.map((ticket) => Object.assign(showTicket(account, request, ticket), { result_type: 'ticket' })),
    ),
  );
}

interface Term {
  field: string;
  operator: string;
  value: string;
}

function fits(account: Account, ticket: Ticket, { field, operator, value }: Term): boolean {
  switch (field) {
    case 'type':
      return value === 'ticket' || value === ticket.type;
    case 'external_id':
      return ticket.external_id?.toLowerCase() === value;
    case 'tags':
      return ticket.tags.includes(value);
    case 'priority':
      return ticket.priority === value;
    case 'created':
      return createdFits(ticket, operator, value);
    case 'requester':
      return ticket.requester_id === findUserByEmail(account, value)?.id;
    case 'status':
      return statusFits(ticket, operator, value);
    default:
      return `${ticket.subject} ${ticket.description}`.toLowerCase().includes(value);
  }
}

/** By the day in UTC; an instant is compared as it is. */
function createdFits(ticket: Ticket, operator: string, value: string): boolean {
  const created = ticket.created_at.slice(0, value.length);
  return operator === ':' ? created === value : operator === '<' ? created < value : created > value;
}

function statusFits(ticket: Ticket, operator: string, value: string): boolean {
  const distance = statusOrder.indexOf(ticket.status) - statusOrder.indexOf(value);
  return operator === ':' ? distance === 0 : operator === '<' ? distance < 0 : distance > 0;
}

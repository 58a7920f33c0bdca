/**
 * Placeholders such as `{{ticket.id}}`: expanded in what a trigger sends and in what staff writes into a comment, as
 * Zendesk expands them in both. Text of a stranger that staff's account passes on is expanded as well.
 */
import { type Account, findUser } from './account.ts';
import type { Ticket } from './records.ts';

export function expandPlaceholders(account: Account, ticket: Ticket, text: string): string {
  return text.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_all, name: string) => valueOf(account, ticket, name));
}

function valueOf(account: Account, ticket: Ticket, name: string): string {
  const requester = findUser(account, ticket.requester_id);
  switch (name) {
    case 'ticket.id':
      return String(ticket.id);
    case 'ticket.title':
      return ticket.subject ?? '';
    case 'ticket.status':
      return ticket.status;
    case 'ticket.priority':
      return ticket.priority ?? '';
    case 'ticket.external_id':
      return ticket.external_id ?? '';
    case 'ticket.tags':
      return ticket.tags.join(' ');
    case 'ticket.updated_at_with_timestamp':
      return ticket.updated_at;
    case 'ticket.requester.name':
      return requester?.name ?? '';
    case 'ticket.requester.email':
      return requester?.email ?? '';
    case 'ticket.latest_comment':
      return ticket.comments.at(-1)?.body ?? '';
    case 'ticket.latest_public_comment':
      return ticket.comments.findLast((comment) => comment.public)?.body ?? '';
    case 'ticket.comments_formatted':
      return ticket.comments.map((comment) => comment.body).join('\n----\n');
    default:
      return '';
  }
}

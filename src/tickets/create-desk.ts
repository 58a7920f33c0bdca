/** The desk, with the rights that the settings name at the moment of each call. */
import { agentDesk } from './agent-desk.ts';
import { type Desk, done, type OwnFile, refused, type Rights } from './desk.ts';
import { endUserDesk } from './end-user-desk.ts';
import { deletedTicket, ticketOf, ticketUrl } from './snapshot.ts';
import type { ZendeskClient } from './zendesk.ts';
import { ZendeskError } from './zendesk-error.ts';
import { maxFileBytes } from './zendesk-files.ts';
import type { ZendeskUser } from './zendesk-records.ts';

export interface DeskParts {
  client: ZendeskClient;
  /** Base URL of the API, ending in `/api/v2`. */
  apiUrl: string;
  rights: () => Rights;
  fields: () => Readonly<Record<string, number>>;
  /** Our own row, before the desk is asked. */
  ownTicket: (caseId: string) => Promise<number | null>;
  /** What people asked for goes to the desk in their order; without it, nothing waits for anything. */
  isBehind?: (effectId: string) => Promise<boolean>;
  /** Files that came with messages; without it, there are none. */
  ownFile?: (fileId: string) => Promise<OwnFile | null>;
  now?: () => Temporal.Instant;
}

/** Whatever changes what a card shows; the rest of a ticket's life is the desk's own business. */
const subscriptions = [
  'status_changed',
  'custom_status_changed',
  'priority_changed',
  'comment_added',
  'comment_made_private',
  'comment_redacted',
  'attachment_redacted_from_comment',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
  'permanently_deleted',
].map((name) => `zen:event-type:ticket.${name}`);

export function createDesk(parts: DeskParts): Desk {
  const { client, apiUrl, rights, fields, ownTicket } = parts;
  const { ownFile = () => Promise.resolve(null), now = () => Temporal.Now.instant() } = parts;
  const { isBehind = () => Promise.resolve(false) } = parts;
  const access = { agent: agentDesk(client, apiUrl), 'end-user': endUserDesk(client, apiUrl) };
  let known: ZendeskUser['role'] | null = null;

  async function role(): Promise<ZendeskUser['role']> {
    known ??= (await client.me()).role;
    return known;
  }

  return {
    rights,
    fields,
    ownTicket,
    isBehind,
    ownFile,
    now,
    deletedTicket: (id, at) => deletedTicket(id, at, ticketUrl(apiUrl, id, rights())),
    role,
    open: (opening) => access[rights()].open(opening),
    reply: (reply) => access[rights()].reply(reply),
    change: (id, change, key) => access[rights()].change(id, change, key),
    read: (id) => access[rights()].read(id),
    readMany: (ids) => access[rights()].readMany(ids),
    findTickets: (query) => access[rights()].findTickets(query),
    async readChanges(from) {
      if (rights() !== 'agent' || (await role()) !== 'admin') {
        return null;
      }
      const { tickets, cursor, endOfStream } = await client.readChanges(from);
      return { tickets: tickets.map((ticket) => ticketOf(ticket, apiUrl, { label: null })), cursor, endOfStream };
    },
    async uploadFile(file) {
      if (file.bytes.length > maxFileBytes) {
        return tooLarge(file.name, 'is larger than 50 MB, and the desk takes no larger file');
      }
      try {
        return done(await client.uploadFile(file));
      } catch (error) {
        // Smaller limits of an account, or a kind of file that it does not want.
        if (error instanceof ZendeskError && (error.status === 413 || error.status === 422)) {
          return tooLarge(file.name, 'was not taken by the desk');
        }
        throw error;
      }
    },
    registerWebhook: (endpoint) => client.registerWebhook({ name: 'Causeway', endpoint, subscriptions }),
  };
}

function tooLarge(name: string, what: string) {
  return refused('too-large', `${name} ${what}. Share a link to it instead.`);
}

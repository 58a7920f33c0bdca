/** One Zendesk account in memory: its records, its settings, its clock and its counters. */
import { agent, bot, exampleUsers } from './example-world.ts';
import type { Attachment, CustomStatus, OauthClient, Ticket, Trigger, User, UserRole, Webhook } from './records.ts';
import { type Settings, usualSettings } from './settings.ts';
import { instantText } from './times.ts';
import { readWorldFile } from './world-file.ts';

export interface Files {
  /** Upload token to what was uploaded under it, and until when the token is good. */
  waiting: Map<string, { attachments: Attachment[]; until: Temporal.Instant }>;
  /** By the path of the attachment. */
  contents: Map<string, Buffer>;
}

export interface Account {
  tickets: Ticket[];
  users: User[];
  webhooks: Webhook[];
  triggers: Trigger[];
  /** Empty: the account has only the statuses that every account has. */
  customStatuses: CustomStatus[];
  /** Empty: every client that has a secret is known, and acts for the bot's user. */
  oauthClients: OauthClient[];
  settings: Settings;
  /** Files that wait for a comment, and the bytes of all of them; the world does not hold them. */
  files: Files;
  now(): Temporal.Instant;
  /** The last id given to anything but a ticket; tickets are numbered on their own, as in Zendesk. */
  lastId: number;
}

/** The account as it is without a world: people of both sides, no tickets. */
export function openAccount(now: () => Temporal.Instant, world: unknown): Account {
  const account: Account = {
    tickets: [],
    users: exampleUsers(instantText(now())),
    webhooks: [],
    triggers: [],
    customStatuses: [],
    oauthClients: [],
    settings: { ...usualSettings },
    files: { waiting: new Map(), contents: new Map() },
    now,
    lastId: 100_000,
  };
  replaceWorld(account, world ?? {});
  return account;
}

/** Replaces the parts that the world names. A world that cannot be read replaces nothing. */
export function replaceWorld(account: Account, world: unknown): void {
  const { settings, ...parts } = readWorldFile(world, instantText(account.now()));
  Object.assign(account, parts);
  Object.assign(account.settings, settings);
  account.lastId = highestId(account);
}

export function showWorld(account: Account): object {
  const { tickets, users, webhooks, triggers, customStatuses, oauthClients, settings } = account;
  return { tickets, users, webhooks, triggers, customStatuses, oauthClients, settings };
}

export function nextId(account: Account): number {
  account.lastId += 1;
  return account.lastId;
}

export function nextTicketId(account: Account): number {
  return 1 + Math.max(0, ...account.tickets.map((ticket) => ticket.id));
}

/** A deleted ticket is gone for everybody but `/_sim/world`, the list of deleted tickets and the export. */
export function findTicket(account: Account, id: number): Ticket | undefined {
  return account.tickets.find((ticket) => ticket.id === id && ticket.status !== 'deleted');
}

export function findUser(account: Account, id: number): User | undefined {
  return account.users.find((user) => user.id === id);
}

export function findUserByEmail(account: Account, email: string): User | undefined {
  return account.users.find((user) => user.email.toLowerCase() === email.toLowerCase());
}

export function isStaff(user: User | undefined): boolean {
  return user !== undefined && user.role !== 'end-user';
}

/** Whom requests act for when their credential names no person. */
export function botUser(account: Account): User {
  return findUserByEmail(account, bot.email) ?? addUser(account, bot);
}

/** Who makes the moves of `/_sim/agent`. */
export function deskAgent(account: Account): User {
  return findUserByEmail(account, agent.email) ?? addUser(account, agent);
}

export function addUser(
  account: Account,
  user: { name: string; email: string; role?: UserRole; external_id?: string | null },
): User {
  const at = instantText(account.now());
  const added: User = {
    id: nextId(account),
    role: 'end-user',
    external_id: null,
    active: true,
    verified: false,
    time_zone: 'UTC',
    created_at: at,
    updated_at: at,
    ...user,
  };
  account.users.push(added);
  return added;
}

function highestId(account: Account): number {
  const comments = account.tickets.flatMap((ticket) =>
    ticket.comments.flatMap(({ id, audit_id, attachments }) => [id, audit_id, ...attachments.map((file) => file.id)]),
  );
  const audits = account.tickets.flatMap((ticket) =>
    ticket.audits.flatMap(({ id, events }) => [id, ...events.map((event) => event.id)]),
  );
  const others = [...account.users, ...account.triggers, ...account.customStatuses].map(({ id }) => id);
  return [...comments, ...audits, ...others].reduce((highest, id) => Math.max(highest, id), account.lastId);
}

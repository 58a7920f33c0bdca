/** What the desk is like, and what the bot's account may do there: what it may not is said, and no button is shown. */
import type { DeskFacts, Directory } from './flow.ts';
import type { SupportAt } from './state.ts';

const usual: DeskFacts = { whose: 'provider', rights: 'agent', tells: true };

export function deskOf({ desk = usual }: Pick<Directory, 'desk'>): DeskFacts {
  return desk;
}

/** How the provider is reached where the desk is our own. Source: "Support for Mendix on Azure", Raising Support Tickets. */
export const portalWay =
  'in the Mendix on Azure portal: on the cluster’s overview, choose Support Center, then Open a Ticket';

/** Where logs go along with a ticket. Source: the same section. */
export const portalUrl = 'https://mendixonazure.mendix.com';

type Open = SupportAt<'open'>;

/** Null when it can be marked as solved from here. */
export function whyNotSolved({ ticket }: Open, { rights }: DeskFacts): string | null {
  const { id, status } = ticket.snapshot;
  return rights === 'end-user' && status === 'new'
    ? `Ticket ${id} can be marked as solved once somebody at the desk has taken it. Write “send: …” to say that it is solved.`
    : null;
}

/** Null when it can be opened again from here. */
export function whyNotReopened({ ticket }: Open, { rights }: DeskFacts): string | null {
  return rights === 'end-user' && ticket.snapshot.status === 'solved'
    ? `Ticket ${ticket.snapshot.id} is opened again by an answer. Write “send: …” with what is still wrong.`
    : null;
}

/** Null when the severity can be changed from here. */
export function whyNoOtherSeverity({ ticket }: Open, { rights }: DeskFacts): string | null {
  return rights === 'end-user'
    ? `Only the desk can change how severe ticket ${ticket.snapshot.id} is. Write “send: …” to ask for it, with the reason.`
    : null;
}

/**
 * What is done at the desk, each as durable steps that look before they write: a kill between the desk's answer and our
 * commit makes one run again, and still there is one ticket and one comment.
 */
import type { Durable } from '../engine/engine.ts';
import type { EffectOf, Stored } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { customFieldsOf, factsOf } from './custom-fields.ts';
import type { Desk, DeskOutcome, DeskTicket } from './desk.ts';
import { insist, type Waiting } from './insist.ts';

export type { Desk } from './desk.ts';

/**
 * A requester's requests cannot be told apart while one may still be on its way: longer than any request lives. An
 * agent's carry a key, or hold only for the ticket as it was looked at.
 */
const quietSeconds = { agent: 0, 'end-user': 60 } as const;

/** Our row first, then the desk's look-up by our own id, and only then a new ticket. */
export async function openTicket(
  desk: Desk,
  stored: Stored<EffectOf<'open-ticket'>>,
  durable: Durable,
  waiting?: Waiting,
): Promise<Event> {
  const { request } = stored.effect;
  const outcome = await doing(desk, durable, 'create', waiting, async () => {
    const own = await ownTicket(desk, stored);
    const opened: DeskOutcome<DeskTicket> =
      own === null
        ? await desk.open({
            externalId: stored.caseId,
            key: stored.id,
            askedAt: stored.at,
            request,
            customFields: customFieldsOf(desk.fields(), factsOf(stored.caseId, request)),
            uploads: [],
            followUpOf: null,
          })
        : { ok: true, value: own };
    return opened;
  });
  return outcome.ok ? { type: 'ticket-opened', ticket: outcome.value } : failed(stored, outcome.refusal.because);
}

/** One that was opened and is gone since is still the ticket of this case; another one is for people to ask for. */
async function ownTicket(desk: Desk, { caseId, at }: Stored): Promise<DeskTicket | null> {
  const id = await desk.ownTicket(caseId);
  return id === null ? null : ((await desk.read(id))?.ticket ?? desk.deletedTicket(id, at));
}

/** Adds a public comment in the name of whoever wrote it; a ticket that waited for it is open again. */
export async function sendComment(
  desk: Desk,
  stored: Stored<EffectOf<'send-comment'>>,
  durable: Durable,
  waiting?: Waiting,
): Promise<Event> {
  const { ticketId, commentKey, body, author } = stored.effect;
  const outcome = await doing(desk, durable, 'comment', waiting, () =>
    desk.reply({ ticketId, key: commentKey, body, author, uploads: [] }),
  );
  return outcome.ok
    ? { type: 'comment-sent', ticket: outcome.value, commentKey }
    : failed(stored, outcome.refusal.because);
}

export async function changeTicket(
  desk: Desk,
  stored: Stored<EffectOf<'change-ticket'>>,
  durable: Durable,
  waiting?: Waiting,
): Promise<Event> {
  const { ticketId, status } = stored.effect;
  const outcome = await doing(desk, durable, 'change', waiting, () => desk.change(ticketId, { status }));
  return outcome.ok
    ? { type: 'ticket-read', ticket: outcome.value, comments: [] }
    : failed(stored, outcome.refusal.because);
}

/** The ticket as it stands, with its public comments. A ticket that is gone reads as deleted. */
export async function readTicket(desk: Desk, stored: Stored<EffectOf<'read-ticket'>>): Promise<Event> {
  const { ticketId } = stored.effect;
  const read = await desk.read(ticketId);
  return read === null
    ? { type: 'ticket-read', ticket: desk.deletedTicket(ticketId, stored.at), comments: [] }
    : { type: 'ticket-read', ticket: read.ticket, comments: read.comments };
}

/** The rights are asked for at each call: a change of the settings counts from the next try on. */
function doing(
  desk: Desk,
  durable: Durable,
  name: string,
  waiting: Waiting | undefined,
  work: () => Promise<DeskOutcome<DeskTicket>>,
): Promise<DeskOutcome<DeskTicket>> {
  return insist(durable, { name, quietSeconds: quietSeconds[desk.rights()], waiting }, work);
}

/** A refusal is final: it is told like an error that will not pass, in its own words. */
function failed({ id, effect }: Stored, because: string): Event {
  return { type: 'effect-failed', effect: id, of: effect.type, because };
}

/**
 * What is done at the desk, each as durable steps that look before they write: a kill between the desk's answer and our
 * commit makes one run again, and still there is one ticket and one comment.
 */
import type { Durable } from '../engine/engine.ts';
import type { EffectOf, Stored, TicketRequest } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { redact } from '../flows/redact.ts';
import { customFieldsOf, factsOf } from './custom-fields.ts';
import type { Desk, DeskOutcome, DeskTicket } from './desk.ts';
import { insist, type Waiting } from './insist.ts';
import { freshTokens, uploadFiles, type Uploads } from './upload.ts';

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
  const request = cleaned(stored.effect.request);
  const { files = [], followUpOf = null } = request;
  const uploads = await uploadFiles(desk, durable, files, waiting);
  const outcome = await doing(desk, durable, 'create', waiting, async () => {
    const own = await ownTicket(desk, stored, followUpOf);
    const opened: DeskOutcome<DeskTicket> =
      own === null
        ? await desk.open({
            externalId: followUpOf === null ? stored.caseId : `${stored.caseId}/after-${followUpOf}`,
            key: stored.id,
            askedAt: stored.at,
            request,
            customFields: customFieldsOf(desk.fields(), factsOf(stored.caseId, request)),
            uploads: await freshTokens(desk, files, uploads),
            followUpOf,
          })
        : { ok: true, value: own };
    return opened;
  });
  return outcome.ok
    ? { type: 'ticket-opened', ticket: outcome.value, ...leftOutOf(uploads) }
    : refused(stored, outcome.refusal.because);
}

/** What leaves was redacted when it was previewed; this is the last door, and it costs nothing to look again. */
function cleaned(request: TicketRequest): TicketRequest {
  const { subject, body, facts = {} } = request;
  const told = Object.entries(facts).map(([name, value]) => [name, redact(value).text]);
  return { ...request, subject: redact(subject).text, body: redact(body).text, facts: Object.fromEntries(told) };
}

function leftOutOf({ leftOut }: Uploads): { leftOut?: readonly string[] } {
  return leftOut.length === 0 ? {} : { leftOut };
}

/**
 * One that was opened and is gone since is still the ticket of this case; another one is for people to ask for. A
 * follow-up is there when the case goes on in another ticket than the one that it follows.
 */
async function ownTicket(desk: Desk, { caseId, at }: Stored, followUpOf: number | null): Promise<DeskTicket | null> {
  const id = await desk.ownTicket(caseId);
  return id === null || id === followUpOf ? null : ((await desk.read(id))?.ticket ?? desk.deletedTicket(id, at));
}

/** Adds a public comment in the name of whoever wrote it; a ticket that waited for it is open again. */
export async function sendComment(
  desk: Desk,
  stored: Stored<EffectOf<'send-comment'>>,
  durable: Durable,
  waiting?: Waiting,
): Promise<Event> {
  const { ticketId, commentKey, author, files = [] } = stored.effect;
  const body = redact(stored.effect.body).text;
  const uploads = await uploadFiles(desk, durable, files, waiting);
  const outcome = await inTurn(desk, stored, durable, 'comment', waiting, async () =>
    desk.reply({ ticketId, key: commentKey, body, author, uploads: await freshTokens(desk, files, uploads) }),
  );
  return outcome.ok
    ? { type: 'comment-sent', ticket: outcome.value, commentKey, ...leftOutOf(uploads) }
    : refused(stored, outcome.refusal.because);
}

export async function changeTicket(
  desk: Desk,
  stored: Stored<EffectOf<'change-ticket'>>,
  durable: Durable,
  waiting?: Waiting,
): Promise<Event> {
  const { effect } = stored;
  const change = 'status' in effect ? { status: effect.status } : { priority: effect.priority };
  const outcome = await inTurn(desk, stored, durable, 'change', waiting, () =>
    desk.change(effect.ticketId, change, `${stored.id}/change`),
  );
  return outcome.ok
    ? { type: 'ticket-read', ticket: outcome.value, comments: [] }
    : refused(stored, outcome.refusal.because);
}

/** The ticket as it stands, with its public comments. A ticket that is gone reads as deleted. */
export async function readTicket(desk: Desk, stored: Stored<EffectOf<'read-ticket'>>): Promise<Event> {
  const { ticketId } = stored.effect;
  const read = await desk.read(ticketId);
  return read === null
    ? { type: 'ticket-read', ticket: desk.deletedTicket(ticketId, stored.at), comments: [] }
    : { type: 'ticket-read', ticket: read.ticket, comments: read.comments, complete: true };
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

/** What a case wants of its ticket is done in the order in which people asked for it: the last word stays the last. */
function inTurn(
  desk: Desk,
  { id }: Stored,
  durable: Durable,
  name: string,
  waiting: Waiting | undefined,
  work: () => Promise<DeskOutcome<DeskTicket>>,
): Promise<DeskOutcome<DeskTicket>> {
  const insistence = { name, quietSeconds: quietSeconds[desk.rights()], waiting };
  return insist(durable, { ...insistence, isBehind: () => desk.isBehind(id) }, work);
}

/** Of these, none begins before the one that was asked for before it is over. */
export const doneInTurn: ('send-comment' | 'change-ticket')[] = ['send-comment', 'change-ticket'];

/** A refusal is final, and nothing is wrong. */
function refused({ id, effect }: Stored, because: string): Event {
  return { type: 'ticket-refused', effect: id, of: effect.type, because };
}

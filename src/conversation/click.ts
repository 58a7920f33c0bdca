/**
 * Reads a click: whose button it was, from which revision of the card, and whether its inputs fit the card. Authority
 * is not decided here; that is the flow's, with the roles of the person who clicked.
 */
import { checkInputs } from '../cards/check.ts';
import { fillCard } from '../cards/fill.ts';
import { readToken } from '../cards/token.ts';
import type { Event } from '../flows/event.ts';
import { invalidReply, refusedReply, staleReply } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { findEvent, readEventBody } from '../store/events.ts';
import { readMessage } from '../store/messages.ts';
import type { Tx } from '../store/store.ts';
import { findClick, insertClick, readToken as readTokenRow } from '../store/tokens.ts';
import type { ClickedButton } from './inbox.ts';

export type ReadClick =
  | { kind: 'answered'; reply: Reply }
  | { kind: 'event'; event: Event; caseId: string; stale: boolean };

const unknownButton = refusedReply('I do not know this button. Reload the conversation and use the newest card.');

export async function readClick(tx: Tx, clicked: ClickedButton, tokenKey: string): Promise<ReadClick> {
  const { token, person, verb } = clicked;
  const read = readToken({ key: tokenKey, token, person, verb });
  if (read === 'not-yours') {
    return {
      kind: 'answered',
      reply: refusedReply('This button was shown to somebody else. Use the card in your own view.'),
    };
  }
  const row = read === 'unknown' ? null : await readTokenRow(tx, read.tokenId);
  const message = row === null ? null : await readMessage(tx, row.messageKey);
  if (row === null || message === null || !row.verbs.includes(verb)) {
    return { kind: 'answered', reply: unknownButton };
  }
  const before = await repeated(tx, clicked);
  if (before !== null) {
    return { kind: 'answered', reply: before };
  }
  const stale = message.revision !== row.revision;
  const checked =
    stale || message.content.card === null ? null : checkInputs(fillCard(message.content.card), verb, clicked.inputs);
  if (checked !== null && checked.errors.length > 0) {
    return { kind: 'answered', reply: invalidReply(checked.errors) };
  }
  const inputs = checked?.inputs ?? clicked.inputs;
  const event: Event = { type: 'clicked', person, place: clicked.place, message: message.key, verb, inputs };
  return { kind: 'event', event, caseId: row.caseId, stale };
}

/** The same button with the same inputs gets the recorded answer; with other inputs nothing is sent twice unseen. */
async function repeated(tx: Tx, clicked: ClickedButton): Promise<Reply | null> {
  const click = await findClick(tx, clicked.token);
  if (click === null) {
    return null;
  }
  const { eventId } = click;
  const body = await readEventBody(tx, eventId);
  const same = body?.type === 'clicked' && JSON.stringify(body.inputs) === JSON.stringify(clicked.inputs);
  if (!same) {
    return staleReply(
      'This button was used already, and the card has moved on. What you wrote was not sent; use the newest card.',
    );
  }
  return (await findEvent(tx, eventId))?.reply ?? null;
}

export async function rememberClick(tx: Tx, clicked: ClickedButton): Promise<void> {
  await insertClick(tx, { token: clicked.token, person: clicked.person, eventId: clicked.id });
}

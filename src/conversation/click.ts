/**
 * Reads a click: whose button it was, from which revision of the card, and whether its inputs fit the card. Authority
 * is not decided here; that is the flow's, with the roles of the person who clicked.
 */
import { type CheckedInputs, checkInputs } from '../cards/check.ts';
import { fillCard } from '../cards/fill.ts';
import { readToken } from '../cards/token.ts';
import type { Event, Inputs } from '../flows/event.ts';
import { invalidReply, refusedReply, staleReply } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { findEvent, readEventBody } from '../store/events.ts';
import { lockFlow } from '../store/flows.ts';
import { type Message, readMessage } from '../store/messages.ts';
import { contentAt } from '../store/shown-content.ts';
import type { Tx } from '../store/store.ts';
import { findClick, insertClick, readToken as readTokenRow, type Token } from '../store/tokens.ts';
import type { ClickedButton } from './inbox.ts';

export type ReadClick =
  | { kind: 'answered'; reply: Reply }
  | { kind: 'event'; event: Event; caseId: string; stale: boolean };

const unknownButton = refusedReply('I do not know this button. Reload the conversation and use the newest card.');
const foreignButton = refusedReply('This button was shown to somebody else. Use the card in your own view.');
const usedButton = staleReply(
  'This button was used already, and the card has moved on. What you wrote was not sent; use the newest card.',
);
export const renewedCard = staleReply('This card was renewed while you looked at it. Use the newest one.');

/** A press, whatever it sends along. */
type Pressed = Pick<ClickedButton, 'person' | 'token' | 'verb'>;

/** `answered`: it is no button of this person's. */
type FoundButton = { kind: 'answered'; reply: Reply } | { kind: 'found'; token: Token; message: Message };

export async function readClick(tx: Tx, clicked: ClickedButton, tokenKey: string): Promise<ReadClick> {
  const found = await findButton(tx, clicked, tokenKey);
  return found.kind === 'answered' ? found : judge(tx, clicked, found.token, found.message);
}

/** Holds the case: nobody else changes it before this transaction ends. */
export async function findButton(tx: Tx, pressed: Pressed, tokenKey: string): Promise<FoundButton> {
  const { token, person, verb } = pressed;
  const read = readToken({ key: tokenKey, token, person, verb });
  if (read === 'not-yours') {
    return answered(foreignButton);
  }
  const row = read === 'unknown' ? null : await readTokenRow(tx, read.tokenId);
  if (row === null || !row.verbs.includes(verb)) {
    return answered(unknownButton);
  }
  // Held before anything is compared: of one button pressed twice at two replicas, the second sees the first.
  await lockFlow(tx, row.caseId);
  const message = await readMessage(tx, row.messageKey);
  return message === null ? answered(unknownButton) : { kind: 'found', token: row, message };
}

async function judge(tx: Tx, clicked: ClickedButton, token: Token, message: Message): Promise<ReadClick> {
  const { person, place, verb } = clicked;
  const { inputs, errors } = await checkedInputs(tx, clicked, token, message);
  const before = await repeated(tx, clicked, inputs);
  if (before !== null) {
    return answered(before);
  }
  const stale = message.revision !== token.revision;
  if (errors.length > 0) {
    return answered(stale ? renewedCard : invalidReply(errors));
  }
  const event: Event = { type: 'clicked', person, place, message: message.key, verb, inputs };
  return { kind: 'event', event, caseId: token.caseId, stale };
}

function answered(reply: Reply): { kind: 'answered'; reply: Reply } {
  return { kind: 'answered', reply };
}

/** By the rules of the card that the person saw, which may have been edited since; some platforms show all choices. */
async function checkedInputs(tx: Tx, clicked: ClickedButton, token: Token, message: Message): Promise<CheckedInputs> {
  const { card = null } = (await contentAt(tx, message, token.revision)) ?? {};
  return card === null
    ? { inputs: {}, errors: [] }
    : checkInputs(fillCard(card, { allChoices: true }), clicked.verb, clicked.inputs);
}

/** The same button with the same inputs gets the recorded answer; with other inputs nothing is sent twice unseen. */
async function repeated(tx: Tx, clicked: ClickedButton, inputs: Inputs): Promise<Reply | null> {
  const click = await findClick(tx, clicked.token);
  if (click === null) {
    return null;
  }
  const { eventId } = click;
  const body = await readEventBody(tx, eventId);
  const same =
    eventId === clicked.id || (body?.type === 'clicked' && JSON.stringify(body.inputs) === JSON.stringify(inputs));
  return same ? ((await findEvent(tx, eventId))?.reply ?? null) : usedButton;
}

export async function rememberClick(tx: Tx, clicked: ClickedButton): Promise<void> {
  await insertClick(tx, { token: clicked.token, person: clicked.person, eventId: clicked.id });
}

/**
 * A button was pressed. It says which revision of which message it belongs to; who pressed it is said by the verified
 * payload, and whether they may is decided behind the inbox, whatever they were shown. A button that sends what stands
 * in a form opens the form first.
 */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { opensForm } from '../../cards/block-kit/form.ts';
import { deriveToken, readToken } from '../../cards/token.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Reply } from '../../flows/reply.ts';
import { type Message, readMessage } from '../../store/messages.ts';
import { contentAt } from '../../store/shown-content.ts';
import { readToken as readTokenRow, type Token } from '../../store/tokens.ts';
import type { Installation, SlackOptions } from './deps.ts';
import { refusalFor, type Who } from './identity.ts';
import { meet } from './meet.ts';
import { placeOfAction, slackPlace } from './place.ts';
import { nothing, note, type Outcome, type Room } from './room.ts';
import { deedId } from './say.ts';
import type { PayloadOf } from './schema.ts';
import { begin } from './shortcut.ts';
import { everybody, filled } from './views.ts';

interface Button {
  verb: string;
  /** As the house knows it: the button of whoever pressed it. */
  token: string;
  /** What it belongs to; null for a button that is not ours, or somebody else's. */
  found: { row: Token; message: Message } | null;
}

/** On a card that all see, the button is nobody's; it becomes the one of whoever pressed it. */
export async function ownButton(
  { store, tokenKey }: Pick<SlackOptions, 'store' | 'tokenKey'>,
  person: PersonId,
  { token, verb }: { token: string; verb: string },
): Promise<Button> {
  for (const holder of [person, everybody]) {
    const read = readToken({ key: tokenKey, token, verb, person: holder });
    if (typeof read === 'object') {
      const row = await readTokenRow(store.read, read.tokenId);
      const message = row === null ? null : await readMessage(store.read, row.messageKey);
      const own = deriveToken({ key: tokenKey, tokenId: read.tokenId, verb, person });
      return { verb, token: own, found: row === null || message === null ? null : { row, message } };
    }
  }
  return { verb, token, found: null };
}

/** The card as the person saw it, which may have been edited since. */
export async function cardSeen(
  { store }: Pick<SlackOptions, 'store'>,
  { found }: Pick<Button, 'found'>,
): Promise<AdaptiveCard | null> {
  const content = found === null ? null : await contentAt(store.read, found.message, found.row.revision);
  const card = content?.card ?? null;
  return card === null ? null : filled(card);
}

export async function takeAction(
  room: Room,
  payload: PayloadOf<'action'>,
  installation: Installation,
): Promise<Outcome> {
  const [action] = payload.actions;
  const isLink = action?.url !== null && action?.url !== undefined;
  if (action?.type !== 'button' || isLink) {
    // A link has opened by itself, and choices count when they are sent.
    return nothing;
  }
  const who = await meet(room, payload, installation);
  const verb = verbOf(action.action_id);
  if (who === null || who.kind === 'stranger') {
    const words = who === null ? unknownButton : refusalFor(who, room.deps.people());
    const token = action.value ?? '';
    const place = placeOfAction(payload);
    if (who !== null && place !== null) {
      const id = deedId('click', payload);
      await room.deps.inbox.refuse({ id, person: who.id, place, verb, token, because: words });
    }
    return { words };
  }
  const job = payload.view?.type === 'home' && (action.value ?? '') === '' ? homeJobs[verb] : undefined;
  return job === undefined
    ? press(room, payload, who, { verb, token: action.value ?? '' })
    : begin(room, { id: deedId('home', payload), text: job, who });
}

const unknownButton = 'I do not know this button. Use the newest card.';

/** Buttons of the App Home that begin something, by verb; they belong to no message. */
const homeJobs: Readonly<Record<string, string | undefined>> = {
  'start-connect': 'connect',
  'start-support': 'support',
};

/** The same verb twice in one message has a number behind it. */
function verbOf(actionId: string): string {
  return actionId.replace(/~\d+$/, '');
}

async function press(
  room: Room,
  payload: PayloadOf<'action'>,
  { person, userId }: Extract<Who, { kind: 'known' }>,
  pressed: { token: string; verb: string },
): Promise<Outcome> {
  const { inbox } = room.deps;
  const button = await ownButton(room.deps, person.id, pressed);
  const { found, token, verb } = button;
  const id = deedId('click', payload);
  const place = placeOfAction(payload) ?? found?.message.place ?? slackPlace(userId, null);
  const click = { id, person: person.id, place, verb, token };
  const isForm = isFormFirst(button);
  const triggerId = payload.trigger_id;
  if (isForm && triggerId === null) {
    return { words: 'Slack did not let me open the form. Press the button once more.' };
  }
  const reply =
    isForm && triggerId !== null
      ? await inbox.open({ ...click, userId, triggerId })
      : await inbox.click({ ...click, inputs: {} });
  if (found !== null) {
    noteCopy(room, payload, found.message.key);
  }
  return { words: wordsOf(reply) };
}

/** As the card stands now: that is what the form shows, and an older card may be on its way out only. */
function isFormFirst({ found, verb }: Button): boolean {
  const card = found?.message.content.card ?? null;
  return card !== null && found !== null && found.message.verbs.includes(verb) && opensForm(filled(card), verb);
}

/** Slack may have taken a post whose answer was lost; a press tells where the copy stands. */
function noteCopy(room: Room, { channel, container, message }: PayloadOf<'action'>, messageKey: string): void {
  const spot = {
    channel: container?.channel_id ?? channel?.id ?? null,
    ts: container?.message_ts ?? message?.ts ?? null,
  };
  if (spot.channel !== null && spot.ts !== null && container?.is_ephemeral !== true) {
    const { channel: where, ts } = spot;
    note(room, 'Bringing a copy of a card up to date', room.out.copySeen(messageKey, { channel: where, ts }));
  }
}

/** Null when the card itself says what came of it. */
export function wordsOf({ because, outcome }: Reply): string | null {
  return outcome === 'done' ? null : because || 'This was not done. Use the newest card.';
}

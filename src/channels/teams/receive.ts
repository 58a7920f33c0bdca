/** The receiving half: what a verified activity says becomes a call of the inbox, and its reply an answer. */
import { createHash } from 'node:crypto';
import type { Background } from '../background.ts';
import { click, tokenIdOf } from './click.ts';
import { copySeen } from './copies.ts';
import type { TeamsDeps } from './deps.ts';
import { offerFile, takeConsent } from './files.ts';
import { greet, isInstallation } from './greet.ts';
import { idOf, refusalFor, whoIs, type Who } from './identity.ts';
import { cardAnswer, outcomeAnswer, wordsAnswer } from './invoke-answer.ts';
import { fileVerb } from './long-text.ts';
import { layoutOf, placeOf } from './place.ts';
import { remember } from './remember.ts';
import type { Answer, TurnHandlers } from './router.ts';
import { type Activity, CardAction, Pressed } from './schema.ts';
import { isFileAlone, spokenText } from './spoken.ts';
import { placeOfSaid } from './talk.ts';
import { tell } from './tell.ts';
import { whileTyping } from './typing.ts';
import { refreshVerb } from './views.ts';

const ok: Answer = { status: 200 };
const maxText = 8_000;
/** Teams gives up on a button after some ten seconds, and people before. */
const patienceMs = 2_500;

interface Room {
  deps: TeamsDeps;
  background: Background;
}

export function createHandlers(deps: TeamsDeps, background: Background): TurnHandlers {
  const room = { deps, background };
  return {
    said: (activity) => takeWords(room, activity),
    submitted: (activity) => takeSubmit(room, activity),
    pressed: (activity) => takePress(room, activity),
    async consented(activity) {
      const who = await meet(deps, activity);
      if (who.kind === 'known') {
        takeConsent(deps, background, who.person, activity);
      }
      return ok;
    },
    async installed(activity) {
      await meet(deps, activity);
      if (isInstallation(activity)) {
        background.run('Greeting in Teams', () => greet(deps, activity));
      }
      return ok;
    },
  };
}

async function meet(deps: TeamsDeps, activity: Activity): Promise<Who> {
  const who = whoIs(activity, deps.people());
  await remember(deps, activity, who);
  return who;
}

async function takeWords(room: Room, activity: Activity): Promise<Answer> {
  const { background, deps } = room;
  const who = await meet(deps, activity);
  const text = spokenText(activity) || 'help';
  if (who.kind === 'stranger' && who.why !== 'unknown') {
    return answerInWords(room, activity, who, refusalFor(who, deps.people()));
  }
  if (isFileAlone(activity)) {
    return answerInWords(room, activity, who, noFiles);
  }
  if (text.length > maxText) {
    const because = `I read messages of at most ${maxText} characters, and this one has ${text.length}. Send the important part.`;
    return answerInWords(room, activity, who, because);
  }
  await whileTyping(deps, background, activity, say(deps, activity, who, text));
  return ok;
}

/** Older clients: nothing can be shown in the answer, so what is to be said is said in a message. */
async function takeSubmit(room: Room, activity: Activity): Promise<Answer> {
  const { background, deps } = room;
  const who = await meet(deps, activity);
  const pressed = Pressed.safeParse(activity.value);
  if (who.kind === 'stranger') {
    return answerInWords(room, activity, who, refusalFor(who, deps.people()));
  }
  if (!pressed.success) {
    return answerInWords(room, activity, who, unknownButton);
  }
  if (pressed.data.verb === refreshVerb) {
    return ok;
  }
  if (pressed.data.verb === fileVerb) {
    const text = await offerFile(deps, background, who.person, pressed.data.token, activity);
    return answerInWords(room, activity, who, text);
  }
  const { message, reply } = await click(deps, who.person, activity, pressed.data, eventId('click', activity));
  await copySeen(deps, background, message, activity, reply.outcome !== 'done');
  return reply.outcome === 'done' ? ok : answerInWords(room, activity, who, reply.because);
}

async function takePress(room: Room, activity: Activity): Promise<Answer> {
  const who = await meet(room.deps, activity);
  const invoked = CardAction.safeParse(activity.value);
  if (!invoked.success) {
    return wordsAnswer(unknownButton);
  }
  const { data, verb } = invoked.data.action;
  return press(room, activity, who, Pressed.parse({ ...data, verb }));
}

function answerInWords({ background, deps }: Room, activity: Activity, who: Who, text: string): Answer {
  background.run('Answering in Teams', () => tell(deps, activity, who, text));
  return ok;
}

const noFiles =
  'I cannot read files in Teams yet. Write what they show; when a ticket is open, its card leads to the desk, where files can be attached.';
const unknownButton = 'I do not know this button. Use the newest card.';

async function say(deps: TeamsDeps, activity: Activity, who: Who, text: string): Promise<void> {
  const id = eventId('said', activity);
  const { conversation } = activity;
  const person = idOf(who);
  const place = await placeOfSaid(deps, {
    conversation: conversation.id,
    layout: layoutOf(conversation),
    id: activity.id ?? id,
    person,
    text,
  });
  await deps.inbox.say({ id, person, place: placeOf(place), text, files: [] });
}

/** Ids of Teams are unique within a conversation; what was done is part of it, so that only a repetition counts as one. */
function eventId(kind: string, { conversation, from, id, text, value }: Activity): string {
  const deed = createHash('sha256').update(JSON.stringify([from.id, text, value]));
  return `teams/${kind}/${conversation.id}/${id ?? ''}/${deed.digest('base64url').slice(0, deedLength)}`;
}

const deedLength = 16;

async function press(room: Room, activity: Activity, who: Who, pressed: Pressed): Promise<Answer> {
  const { background, deps } = room;
  const viewer = who.kind === 'known' ? who.person : 'stranger';
  if (pressed.verb === refreshVerb) {
    return cardAnswer(deps, activity, viewer, tokenIdOf(deps, pressed, idOf(who)));
  }
  if (who.kind === 'stranger') {
    return wordsAnswer(refusalFor(who, deps.people()));
  }
  if (pressed.verb === fileVerb) {
    return wordsAnswer(await offerFile(deps, background, who.person, pressed.token, activity));
  }
  const working = click(deps, who.person, activity, pressed, eventId('click', activity));
  const clicked = await within(patienceMs, working);
  if (clicked === null) {
    background.run('Taking a click', () => working);
    return wordsAnswer('I am working on it; this card changes in a moment.');
  }
  await copySeen(deps, background, clicked.message, activity, false);
  return outcomeAnswer(deps, activity, who.person, clicked);
}

/** Null when it takes longer; it goes on all the same. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

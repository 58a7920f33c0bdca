/** The receiving half: what a verified activity says becomes a call of the inbox, and its reply an answer. */
import { createHash } from 'node:crypto';
import type { Background } from '../background.ts';
import { attachedFiles } from '../incoming-file.ts';
import { click, refuse, tokenIdOf } from './click.ts';
import { copySeen } from './copies.ts';
import type { TeamsDeps } from './deps.ts';
import { offerFile, takeConsent } from './files.ts';
import { greet, isInstallation } from './greet.ts';
import { idOf, refusalFor, whoIs, type Who } from './identity.ts';
import { cardAnswer, outcomeAnswer, wordsAnswer } from './invoke-answer.ts';
import { fileVerb } from './long-text.ts';
import { offerAction, takeAction } from './message-action.ts';
import { layoutOf, placeOf } from './place.ts';
import { remember } from './remember.ts';
import type { Answer, TurnHandlers } from './router.ts';
import { type Activity, CardAction, Pressed } from './schema.ts';
import { isFileAlone, spokenText } from './spoken.ts';
import { takeFiles } from './take-files.ts';
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
    actionChosen: (activity) => offerAction(deps, activity),
    actionSent: (activity) => takeAction(deps, activity),
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
    return answerInWords(room, activity, who, filesAlone);
  }
  if (text.length > maxText) {
    const because = `I read messages of at most ${maxText} characters, and this one has ${text.length}. Send the important part.`;
    return answerInWords(room, activity, who, because);
  }
  await whileTyping(deps, background, activity, say(room, activity, who, text));
  return ok;
}

/** Older clients: nothing can be shown in the answer, so what is to be said is said in a message. */
async function takeSubmit(room: Room, activity: Activity): Promise<Answer> {
  const { background, deps } = room;
  const who = await meet(deps, activity);
  const pressed = Pressed.safeParse(activity.value);
  if (who.kind === 'stranger') {
    const because = pressed.success
      ? await turnAway(deps, who, activity, pressed.data)
      : refusalFor(who, deps.people());
    return answerInWords(room, activity, who, because);
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

const filesAlone =
  'Say with it what it is about, such as “send: here is the log”. Teams gives me files in our private chat only; elsewhere, attach them in the ticket at the desk.';
const unknownButton = 'I do not know this button. Use the newest card.';

async function say({ background, deps }: Room, activity: Activity, who: Who, text: string): Promise<void> {
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
  const attached = who.kind === 'known' ? takeFiles(deps, background, activity) : [];
  const files = attached.map((file) => file.id);
  await deps.inbox.say({ id, person, place: placeOf(place), text, files, ...attachedFiles(attached) });
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
    return wordsAnswer(await turnAway(deps, who, activity, pressed));
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

/** Cards ask for a fresh view of themselves, too; that is no press of anybody's. */
async function turnAway(
  deps: TeamsDeps,
  who: Extract<Who, { kind: 'stranger' }>,
  activity: Activity,
  pressed: Pressed,
): Promise<string> {
  const because = refusalFor(who, deps.people());
  if (pressed.verb !== refreshVerb) {
    await refuse(deps, who.id, activity, pressed, { id: eventId('click', activity), because });
  }
  return because;
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

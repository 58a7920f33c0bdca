/**
 * The receiving half: what Slack sends becomes a call of the inbox, stored before Slack gets its answer, and what came
 * of it becomes that answer. Slack waits three seconds; nothing ever takes longer than it can wait.
 */
import { escapeMrkdwn } from '../../cards/block-kit/slack-text.ts';
import { takeAction } from './click.ts';
import { takeCommand } from './command.ts';
import type { Installation } from './deps.ts';
import { isForUs } from './identity.ts';
import { within } from './in-flight.ts';
import { installationNow } from './meet.ts';
import { takeMessageShortcut } from './message-shortcut.ts';
import { noticeView } from './notice-view.ts';
import { noOptions, takeSuggestion } from './options.ts';
import { listenerOf } from './place.ts';
import { takeEvent } from './receive-event.ts';
import { nothing, note, type Outcome, type Room } from './room.ts';
import type { Answer, Receive } from './router.ts';
import type { Payload } from './schema.ts';
import { takeShortcut } from './shortcut.ts';
import { takeClosed, takeSubmission } from './submit.ts';

const patienceMs = 2_300;

type Settled = { kind: 'came-of-it'; outcome: Outcome } | Extract<Answer, { kind: 'again' | 'refused' }>;

export function createReceive(room: Room): Receive {
  return async (payload) => {
    const working = room.inFlight.track(settle(room, payload));
    const settled = await within(patienceMs, working);
    if (settled !== null) {
      return answerTo(room, payload, settled);
    }
    note(room, 'Telling what came of something that took long', tellLater(room, payload, working));
    return meanwhile(payload);
  };
}

/** Never throws. */
async function settle(room: Room, payload: Payload): Promise<Settled> {
  try {
    const installation = await installationNow(room);
    return isForUs(payload, installation)
      ? { kind: 'came-of-it', outcome: await handle(room, payload, installation) }
      : turnAway(payload);
  } catch (error) {
    return failed(room, payload, error);
  }
}

const notHere = 'I am not installed in this workspace, so I cannot do anything here.';

/** From another workspace, in which nothing of ours can be said but in the answer itself. */
function turnAway(payload: Payload): Settled {
  const body = bodyFor(payload, notHere);
  return body === null ? { kind: 'refused', because: notHere } : { kind: 'came-of-it', outcome: { words: null, body } };
}

function handle(room: Room, payload: Payload, installation: Installation): Promise<Outcome> {
  switch (payload.kind) {
    case 'event':
      return takeEvent(room, payload, installation);
    case 'command':
      return takeCommand(room, payload, installation);
    case 'action':
      return takeAction(room, payload, installation);
    case 'submission':
      return takeSubmission(room, payload, installation);
    case 'closed':
      return takeClosed(room, payload);
    case 'message-shortcut':
      return takeMessageShortcut(room, payload, installation);
    case 'shortcut':
      return takeShortcut(room, payload, installation);
    case 'suggestion':
      return takeSuggestion(room, payload, installation);
    default: {
      const never: never = payload;
      return never;
    }
  }
}

const busyWords = 'I am busy at this moment, so I could not take this. Nothing was changed; try it again.';
const troubleWords =
  'Something went wrong on my side, so I could not take this. It is recorded for the administrator; try it again in a moment.';

/** Slack repeats events by itself; everything else is the person's to repeat. */
function failed({ deps }: Room, payload: Payload, error: unknown): Settled {
  const isBusy = error instanceof Error && error.name === 'Busy';
  if (isBusy && payload.kind === 'event') {
    return { kind: 'again' };
  }
  deps.log('Something from Slack could not be taken', { kind: payload.kind, reason: String(error) });
  return { kind: 'came-of-it', outcome: { words: isBusy ? busyWords : troubleWords } };
}

function answerTo(room: Room, payload: Payload, settled: Settled): Answer {
  if (settled.kind !== 'came-of-it') {
    return settled;
  }
  const { body, words } = settled.outcome;
  const answer = body ?? (words === null ? null : bodyFor(payload, words));
  if (answer === null && words !== null) {
    tell(room, payload, words);
  }
  return { kind: 'taken', body: answer ?? (payload.kind === 'suggestion' ? noOptions : null) };
}

/** Where the answer itself can carry words for the person alone. */
function bodyFor({ kind }: Payload, words: string): object | null {
  if (kind === 'command') {
    return { response_type: 'ephemeral', text: escapeMrkdwn(words) };
  }
  return kind === 'submission' ? noticeView({ title: 'Not done', words }) : null;
}

const stillWorking = 'I am working on it. You see what came of it in a moment.';

/** The answer to what takes longer than Slack waits. */
function meanwhile(payload: Payload): Answer {
  if (payload.kind === 'event') {
    return { kind: 'again' };
  }
  if (payload.kind === 'suggestion') {
    return { kind: 'taken', body: noOptions };
  }
  const isForm = payload.kind === 'submission';
  const body = isForm ? noticeView({ title: 'One moment', words: stillWorking }) : bodyFor(payload, stillWorking);
  return { kind: 'taken', body };
}

async function tellLater(room: Room, payload: Payload, working: Promise<Settled>): Promise<void> {
  const settled = await working;
  const { words } = settled.kind === 'came-of-it' ? settled.outcome : nothing;
  if (words !== null) {
    tell(room, payload, words);
  }
}

function tell(room: Room, payload: Payload, words: string): void {
  const listener = listenerOf(payload);
  if (listener !== null) {
    note(room, 'Telling somebody in Slack', room.out.tell(listener, words));
  }
}

/**
 * A person in Microsoft Teams, by the control calls of the fake Teams only. What people do there goes to the bot as a
 * signed activity; what they see is what the bot wrote into the fake, or answered to them alone.
 */
import { type Card, fieldLabels, inputValues, linesOf } from './card.ts';
import { type Chat, type ChatMessage, type Outcome, tokenFor, waitFor } from './chat.ts';
import { readAs, splitThread, type TeamsWorld } from './teams-reading.ts';

/** The local page's names of the conversations, and those of the channels in the fake Teams. */
export const channelNames: Readonly<Record<string, string>> = {
  team: 'general',
  'on-call': 'on-call',
  support: 'support',
};

/** As `say` and `act` of the fake tell it; status 0: the bot gave no answer. */
interface BotAnswer {
  status: number;
  body: { type?: string; value?: string | Card } | null;
  because?: string;
}

export function openTeamsChat(origin: string): Chat {
  async function read(person: string, conversation: string): Promise<ChatMessage[]> {
    const world = await readTeamsWorld(origin);
    const place = placeOf(world, conversation);
    if (!place.members.includes(person)) {
      throw new Error(`Reading “${conversation}” as ${person}: they are not in it. This is a fault of the demo.`);
    }
    return Object.entries(world.conversations)
      .filter(([id]) => splitThread(id).place === place.id)
      .flatMap(([id, activities]) =>
        activities.filter(({ deleted }) => deleted !== true).map((activity) => readAs(person, world, id, activity)),
      )
      .toSorted((left, right) => left.seq - right.seq);
  }

  async function press(
    person: string,
    message: ChatMessage,
    verb: string,
    inputs: Record<string, string>,
  ): Promise<Outcome> {
    const data = { token: tokenFor(person, message, verb) };
    const answer = await control(origin, 'act', {
      kind: 'execute',
      as: person,
      message: message.id,
      verb,
      data,
      inputs,
    });
    return outcomeOf(answer as BotAnswer, message);
  }

  return {
    async say(person, conversation, text, thread) {
      const place = placeOf(await readTeamsWorld(origin), conversation).id;
      const said = { as: person, in: place, text, ...(thread === undefined ? {} : { thread }) };
      const { because, status } = (await control(origin, 'say', said)) as BotAnswer;
      if (status !== 200) {
        throw new Error(
          `Saying “${text}” in “${conversation}” as ${person}: the bot answered ${because ?? `HTTP ${status}`}. See its log above.`,
        );
      }
    },
    read,
    press: (person, _conversation, message, verb, inputs = {}) =>
      press(person, message, verb, { ...inputValues(message.card), ...inputs }),
    pressForeign: (person, _conversation, message, verb) => press(person, message, verb, {}),
    waitFor: waitFor(read),
  };
}

export async function readTeamsWorld(origin: string): Promise<TeamsWorld> {
  return (await control(origin, 'world')) as TeamsWorld;
}

/** One control call; with a body it is a POST. */
export async function control(origin: string, name: string, body?: unknown): Promise<unknown> {
  const url = `${origin}/_sim/${name}`;
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(
      `Asking the fake Teams ${url}: HTTP ${response.status} ${await response.text()}. Is it still running?`,
    );
  }
  return response.json();
}

function placeOf({ places }: TeamsWorld, conversation: string): TeamsWorld['places'][number] {
  const person = /^dm-(.+)$/.exec(conversation)?.[1];
  const place = places.find((known) =>
    person === undefined
      ? known.kind === 'channel' && known.name === channelNames[conversation]
      : known.kind === 'personal' && known.members[0] === person,
  );
  if (place === undefined) {
    throw new Error(
      `Looking for “${conversation}” in the fake Teams: it is not there. The demo needs its example world.`,
    );
  }
  return place;
}

/** What the person is shown says how it went: Teams knows no outcomes. */
function outcomeOf({ because, body, status }: BotAnswer, message: ChatMessage): Outcome {
  if (status >= 400 && status < 500) {
    return { outcome: 'refused', because: `HTTP ${status}` };
  }
  const value = body?.value;
  if (status !== 200 || value === undefined) {
    throw new Error(
      `Pressing a button of “${message.text}”: the bot answered ${because ?? `HTTP ${status}`}. See its log above.`,
    );
  }
  return typeof value === 'string' ? outcomeOfWords(value, message) : outcomeOfCard(value);
}

/** Words below the card: the click was taken, or a field is wrong, or it was refused. */
function outcomeOfWords(words: string, message: ChatMessage): Outcome {
  if (words === 'Done.' || words.startsWith('I am working on it')) {
    return { outcome: 'done' };
  }
  const labels = fieldLabels(message.card);
  const errors = words.split('\n').flatMap((line) => {
    const field = labels.find(({ label }) => line.startsWith(`${label}: `));
    return field === undefined ? [] : [{ input: field.id, message: line.slice(field.label.length + 2) }];
  });
  return errors.length > 0 ? { outcome: 'invalid', because: words, errors } : { outcome: 'refused', because: words };
}

/** A card in the answer is the present state; a note on top of it says why the click changed nothing. */
function outcomeOfCard(card: Card): Outcome {
  const [first] = (card['body'] as Card[] | undefined) ?? [];
  if (first?.type !== 'Container' || first['style'] !== 'warning') {
    return { outcome: 'done' };
  }
  const because = linesOf(first).join(' ');
  return { outcome: because.startsWith('Decided') ? 'already-decided' : 'stale', because };
}

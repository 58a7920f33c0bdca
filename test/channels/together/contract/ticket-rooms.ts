/** The same thread of a ticket on each platform, as whoever asked sees it. */
import { buttonsOf, hasButton } from '../../../../src/demo/card.ts';
import type { ChatMessage } from '../../../../src/demo/chat.ts';
import {
  offersIn as offersInSlack,
  verbsOf as slackVerbs,
  waitFor,
  wordsOf as slackWords,
} from '../../slack/contract/slack-client.ts';
import {
  cardOf,
  offersIn as offersInTeams,
  verbsOf as teamsVerbs,
  wordsOf,
} from '../../teams/contract/teams-client.ts';
import { type House, slackTeam, teamsGeneral } from './house.ts';

const requester = 'requester';

export interface Shown {
  words: string;
  verbs: readonly string[];
}

export interface Room {
  /** The requester presses the newest card that offers this, and fills in the rest. */
  press(verb: string, inputs?: Record<string, string>): Promise<void>;
  /** The requester says it to the bot, in this thread. */
  say(text: string): Promise<void>;
  /** Everything that the bot wrote in this thread, and to whoever asked alone, oldest first, as it stands there now. */
  shown(): Promise<Shown[]>;
}

export type Platform = 'the page' | 'Slack' | 'Teams';

export const openers: Readonly<Record<Platform, (house: House, cry: string) => Promise<Room>>> = {
  'the page': askOnPage,
  Slack: askInSlack,
  Teams: askInTeams,
};

async function askOnPage({ page }: House, cry: string): Promise<Room> {
  const place = 'team';
  await page.say(requester, place, cry);
  // What nobody can see of it does not stand there.
  const begins = cry.slice(0, 60);
  const own = await page.waitFor(
    requester,
    place,
    'the cry',
    ({ from, text }) => from === requester && text.startsWith(begins),
  );
  const thread = own.thread ?? own.id;
  function isHere(message: ChatMessage): boolean {
    return message.thread === thread;
  }
  return {
    async press(verb, inputs) {
      const card = await page.waitFor(
        requester,
        place,
        verb,
        (message) => isHere(message) && hasButton(message.card, verb),
      );
      const { because, outcome } = await page.press(requester, place, card, verb, inputs);
      if (outcome !== 'done') {
        throw new Error(`Pressing “${verb}” on the page: ${outcome}. ${because ?? ''}`);
      }
    },
    say: (text) => page.say(requester, place, text, thread),
    async shown() {
      const all = (await page.read(requester, place)).filter(
        (message) => isHere(message) && message.from !== requester,
      );
      return all.map(({ card, text, ...rest }) => ({
        words: `${text} ${JSON.stringify({ card, ...rest })}`,
        verbs: buttonsOf(card).map(({ verb }) => verb),
      }));
    },
  };
}

async function askInSlack({ slack }: House, cry: string): Promise<Room> {
  const { ts: thread } = await slack.say(requester, cry, { channel: slackTeam });
  return {
    async press(verb, inputs) {
      const card = await slack.heard(verb, offersInSlack(slackTeam, verb, thread));
      const moved = await slack.fill(requester, card, verb, inputs);
      if (moved.status !== 200 || moved.errors !== undefined) {
        throw new Error(`Pressing “${verb}” in Slack: ${JSON.stringify(moved)}`);
      }
    },
    say: async (text) => void (await slack.say(requester, text, { channel: slackTeam, thread })),
    async shown() {
      const here = (await slack.written(slackTeam)).filter((message) => message.thread_ts === thread);
      const whispers = (await slack.whispers(requester)).filter((message) => message.thread_ts === thread);
      return [...here, ...whispers].map((message) => ({ words: slackWords(message), verbs: slackVerbs(message) }));
    },
  };
}

async function askInTeams({ teams }: House, cry: string): Promise<Room> {
  const { conversation } = await teams.say(requester, cry, { in: teamsGeneral });
  const own = await teams.chatOf(requester);
  return {
    async press(verb, inputs) {
      const card = await teams.heard(verb, offersInTeams(conversation, verb));
      const { body, status } = await teams.press(requester, card, verb, inputs);
      if (status !== 200 || (body?.statusCode ?? 200) !== 200) {
        throw new Error(`Pressing “${verb}” in Teams: ${JSON.stringify(body)}`);
      }
    },
    say: async (text) => void (await teams.say(requester, text, { in: conversation })),
    async shown() {
      const here = (await teams.written()).filter(({ conversation: { id } }) => id === conversation || id === own);
      return here.map((message) => ({
        words: wordsOf(message),
        verbs: message.attachments === undefined ? [] : teamsVerbs(cardOf(message)),
      }));
    },
  };
}

/** Waits until something in this thread says so; the newest. */
export function says(room: Room, what: RegExp): Promise<Shown> {
  return waitFor(what.source, async () => (await room.shown()).findLast(({ words }) => what.test(words)));
}

/** A request for approval, made on one platform, and its card as it stands on every other. */
import { askForApproval } from '../../slack/contract/connection.ts';
import { type Message as SlackMessage, waitFor, wordsOf as slackWords } from '../../slack/contract/slack-client.ts';
import {
  type Message as TeamsMessage,
  offers,
  offersIn,
  wordsOf as teamsWords,
} from '../../teams/contract/teams-client.ts';
import type { ChatMessage } from '../../../../src/demo/chat.ts';
import { type House, pageOnCall, slackOnCall, slackTeam, teamsGeneral, teamsOnCall } from './house.ts';

/** One request, by its copies in the channels; the plan's hash, which people read on each, tells that they are. */
export interface Request {
  hash: string;
  /** Where it was asked: its thread in Slack, its conversation in Teams. */
  thread: string;
  slack: SlackMessage;
  teams: TeamsMessage;
}

export async function askInSlack(house: House, text: string, as = 'requester'): Promise<Request> {
  const { approval, thread } = await askForApproval(house, slackTeam, text, as);
  const hash = hashIn(slackWords(approval));
  return { hash, thread: thread ?? '', slack: approval, teams: await copyInTeams(house, hash) };
}

export async function askInTeams({ teams, slack }: House, text: string, as = 'requester'): Promise<Request> {
  const before = new Set((await teams.written(teamsOnCall)).map(({ id }) => id));
  const { conversation } = await teams.say(as, text, { in: teamsGeneral });
  const form = await teams.heard('the form', offersIn(conversation, 'connect-continue'));
  await teams.press(as, form, 'connect-continue');
  const method = await teams.heard('the method', offersIn(conversation, 'use-peering'));
  await teams.press(as, method, 'use-peering');
  const plan = await teams.heard('the plan', offersIn(conversation, 'ask-approval'));
  await teams.press(as, plan, 'ask-approval');
  const approval = await waitFor('the request in Teams', async () =>
    (await teams.written(teamsOnCall)).find((message) => !before.has(message.id) && offers('approve')(message)),
  );
  const hash = hashIn(teamsWords(approval));
  const copy = await slack.heard(
    'the copy in Slack',
    (message) => message.channel === slackOnCall && slackWords(message).includes(hash),
  );
  return { hash, thread: conversation, slack: copy, teams: approval };
}

/** Also in a thread of it, which Teams takes for a conversation of its own. */
export function isIn(conversation: string, message: TeamsMessage): boolean {
  return message.conversation.id.split(';')[0] === conversation;
}

/** In the channel, or in somebody's own chat. */
export function copyInTeams({ teams }: House, hash: string, conversation = teamsOnCall): Promise<TeamsMessage> {
  return teams.heard(
    `the copy in ${conversation}`,
    (message) => isIn(conversation, message) && teamsWords(message).includes(hash),
  );
}

export function copyInSlack({ slack }: House, hash: string, channel: string): Promise<SlackMessage> {
  return slack.heard(
    `the copy in ${channel}`,
    (message) => message.channel === channel && slackWords(message).includes(hash),
  );
}

export function copyOnPage(
  { page }: House,
  hash: string,
  conversation = pageOnCall,
  reader = 'admin',
): Promise<ChatMessage> {
  return page.waitFor(reader, conversation, 'the copy on the page', ({ card }) => JSON.stringify(card).includes(hash));
}

/** Somebody of the workspace whom the settings do not name, in the channel of the people on call. */
export async function joinInSlack({ slack }: House, id: string): Promise<void> {
  await slack.addPerson(id);
  const { rooms } = await slack.world();
  const joined = rooms.map((room) => (room.id === slackOnCall ? withMember(room, id) : room));
  await slack.control('world', { slack: { rooms: joined } });
}

function withMember<Room extends { members: string[] }>(room: Room, id: string): Room {
  return { ...room, members: [...room.members, id] };
}

/** Somebody of another directory, in the channel of the people on call. */
export async function joinInTeams({ teams }: House, id: string, tenantId: string): Promise<void> {
  const { people, places } = await teams.world();
  const guest = { id, name: `${id} of another company`, objectId: 'a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e99', tenantId };
  const joined = places.map((place) => (place.id === teamsOnCall ? withMember(place, id) : place));
  await teams.control('world', { teams: { people: [...people, guest], places: joined } });
}

/** Waits until a copy of the request says these words, wherever it stands. */
export function teamsSays({ teams }: House, { id }: TeamsMessage, words: string): Promise<TeamsMessage> {
  return teams.heard(`“${words}” in Teams`, (message) => message.id === id && teamsWords(message).includes(words));
}

export function slackSays({ slack }: House, { ts }: SlackMessage, words: string): Promise<SlackMessage> {
  return slack.heard(`“${words}” in Slack`, (message) => message.ts === ts && slackWords(message).includes(words));
}

export function pageSays(
  { page }: House,
  { id }: ChatMessage,
  words: string,
  conversation = pageOnCall,
  reader = 'admin',
): Promise<ChatMessage> {
  return page.waitFor(
    reader,
    conversation,
    `“${words}” on the page`,
    (message) => message.id === id && JSON.stringify(message.card).includes(words),
  );
}

function hashIn(words: string): string {
  const hash = /exactly this plan, ([0-9a-f]{12})/.exec(words)?.[1];
  if (hash === undefined) {
    throw new Error(`This card does not say of which plan it is: ${words}`);
  }
  return hash;
}

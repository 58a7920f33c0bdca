/** Activities as Teams sends them when a person does something. */
import { BadControlRequest } from '../server.ts';
import {
  type Account,
  botId,
  botName,
  findMessage,
  type Json,
  type Person,
  personMri,
  type Place,
  splitConversationId,
} from './records.ts';

export interface Scene {
  person: Person;
  place: Place;
  /** With the thread, in a channel. */
  conversationId: string;
}

const conversationTypes = { personal: 'personal', group: 'groupChat', channel: 'channel' } as const;

/** @throws {BadControlRequest} when there is no such person or conversation */
export function setScene(account: Account, as: string, conversationId: string): Scene {
  const { world } = account;
  const person = world.people.find((entry) => entry.id === as);
  if (person === undefined) {
    throw new BadControlRequest(`There is nobody “${as}”; known: ${world.people.map(({ id }) => id).join(', ')}.`);
  }
  const { placeId } = splitConversationId(conversationId);
  const place = placeId === 'personal' ? ownChat(account, person) : world.places.find((entry) => entry.id === placeId);
  if (place === undefined) {
    const known = ['personal', ...world.places.map(({ id }) => id)].join(', ');
    throw new BadControlRequest(`There is no conversation “${conversationId}”; known: ${known}.`);
  }
  return { person, place, conversationId: placeId === 'personal' ? place.id : conversationId };
}

/** Where a person sees a message. @throws {BadControlRequest} */
export function sceneOfMessage(account: Account, as: string, message: string, conversationId?: string): Scene {
  const found = conversationId ?? findMessage(account.world, message)?.conversationId;
  if (found === undefined) {
    throw new BadControlRequest(`There is no message “${message}”; name the conversation with "in" to invent one.`);
  }
  return setScene(account, as, found);
}

function ownChat({ world }: Account, person: Person): Place | undefined {
  return world.places.find((place) => place.kind === 'personal' && place.members[0] === person.id);
}

export function activity(account: Account, { person, place, conversationId }: Scene, more: Json): Json {
  // A chat with one person belongs to that person's tenant; everything else to the tenant of the team.
  const tenantId = place.kind === 'personal' ? person.tenantId : account.tenantId;
  const { root } = splitConversationId(conversationId);
  return {
    id: account.nextId(),
    timestamp: account.now().toString({ fractionalSecondDigits: 3 }),
    channelId: 'msteams',
    serviceUrl: account.serviceUrl(),
    from: { id: personMri(person), name: person.name, aadObjectId: person.objectId },
    recipient: { id: botId(account), name: botName },
    conversation: {
      id: conversationId,
      conversationType: conversationTypes[place.kind],
      tenantId,
      ...(place.kind !== 'personal' && { isGroup: true }),
      ...(place.kind === 'channel' && root === null && { name: place.name }),
    },
    channelData: {
      tenant: { id: tenantId },
      ...(place.kind === 'channel' && { channel: { id: place.id }, teamsChannelId: place.id }),
      ...(place.team !== null && { team: place.team, teamsTeamId: place.team.id }),
    },
    locale: 'en-US',
    entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web' }],
    ...more,
  };
}

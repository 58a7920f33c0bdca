/** What a bot writes: new conversations, messages, edits, deletions. */
import { z } from 'zod/v4';
import type { SimResponse } from '../server.ts';
import { badSyntax, failure, noSuchConversation, notInstalled } from './answers.ts';
import { checkContent, type SentActivity } from './content-rules.ts';
import {
  type Account,
  type Activity,
  append,
  botId,
  botName,
  findMessage,
  findPerson,
  type Json,
  type Place,
  splitConversationId,
} from './records.ts';

const NewConversation = z.looseObject({
  isGroup: z.boolean().default(false),
  members: z.array(z.looseObject({ id: z.string() })).default([]),
  tenantId: z.string().optional(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).optional(),
      channel: z.looseObject({ id: z.string() }).optional(),
    })
    .default({}),
  activity: z.unknown(),
});

/** The place of a conversation id. @throws {Refused} when there is none such, or the bot is not in it. */
export function openPlace({ world }: Account, conversationId: string): Place {
  const { placeId, root } = splitConversationId(conversationId);
  const place = world.places.find((entry) => entry.id === placeId);
  if (place === undefined || (root !== null && !world.conversations.has(conversationId))) {
    throw noSuchConversation();
  }
  if (!place.installed) {
    throw notInstalled();
  }
  return place;
}

/** A chat with one person, which is always the same one, or a new thread in a channel. */
export function createConversation(account: Account, body: unknown): SimResponse {
  const wanted = NewConversation.safeParse(body);
  if (!wanted.success) {
    throw badSyntax(`The conversation cannot be read: ${z.prettifyError(wanted.error)}`);
  }
  const { channelData, members, isGroup, activity, tenantId } = wanted.data;
  if (channelData.channel !== undefined) {
    const sent = checkContent(activity);
    const place = openPlace(account, channelData.channel.id);
    const posted = store(account, place.id, sent);
    return created(account, { id: posted.conversationId, activityId: posted.id });
  }
  if (isGroup || members.length !== 1) {
    throw badSyntax('A bot cannot create a group chat or a channel.');
  }
  const person = findPerson(account.world, members[0]?.id ?? '');
  const place = account.world.places.find((entry) => entry.kind === 'personal' && entry.members[0] === person?.id);
  if (person === undefined || place === undefined || !place.installed) {
    throw notInstalled();
  }
  if ((channelData.tenant?.id ?? tenantId) !== person.tenantId) {
    throw badSyntax('The tenant of the person is missing or another one.');
  }
  const posted = activity === undefined || activity === null ? null : store(account, place.id, checkContent(activity));
  return created(account, { id: place.id, ...(posted !== null && { activityId: posted.id }) });
}

function created(account: Account, body: Json): SimResponse {
  return { status: 201, body: { ...body, serviceUrl: account.serviceUrl() } };
}

/** @param replyToId what the path names, when it names a message to answer */
export function post(account: Account, conversationId: string, replyToId: string | null, body: unknown): SimResponse {
  openPlace(account, conversationId);
  const sent = checkContent(body);
  // A typing sign passes by; only messages stay.
  const id =
    sent.type === 'typing'
      ? account.nextId()
      : store(account, conversationId, { ...sent, ...(replyToId !== null && { replyToId }) }).id;
  return { status: 201, body: { id } };
}

function store(account: Account, target: string, sent: SentActivity): { id: string; conversationId: string } {
  const id = account.nextId();
  const { placeId, root } = splitConversationId(target);
  const isChannel = account.world.places.some((place) => place.id === placeId && place.kind === 'channel');
  // In a channel every message stands in a thread; one that names none begins its own.
  const conversationId = isChannel && root === null ? `${placeId};messageid=${id}` : target;
  append(account.world, conversationId, {
    ...sent,
    id,
    timestamp: account.now().toString({ fractionalSecondDigits: 3 }),
    from: { id: botId(account), name: botName },
    conversation: { id: conversationId },
  });
  return { id, conversationId };
}

export function edit(account: Account, conversationId: string, id: string, body: unknown): SimResponse {
  openPlace(account, conversationId);
  const sent = checkContent(body);
  const message = ownMessage(account, conversationId, id);
  const { timestamp, from, conversation } = message;
  const edits = (typeof message['edits'] === 'number' ? message['edits'] : 0) + 1;
  for (const key of Object.keys(message)) {
    delete message[key];
  }
  Object.assign(message, sent, { id, timestamp, from, conversation, edits });
  account.world.views = account.world.views.filter((view) => view.message !== id);
  return { status: 200, body: { id } };
}

export function remove(account: Account, conversationId: string, id: string): SimResponse {
  openPlace(account, conversationId);
  const message = ownMessage(account, conversationId, id);
  for (const key of ['text', 'attachments', 'entities', 'summary']) {
    delete message[key];
  }
  message['deleted'] = true;
  return { status: 200 };
}

/** @throws {Refused} */
function ownMessage(account: Account, conversationId: string, id: string): Activity {
  const found = findMessage(account.world, id);
  const samePlace =
    found !== undefined &&
    splitConversationId(found.conversationId).placeId === splitConversationId(conversationId).placeId;
  if (found === undefined || !samePlace || found.activity['deleted'] === true) {
    throw failure(404, 'ActivityNotFoundInConversation', 'The activity is not in this conversation.');
  }
  if ((found.activity['from'] as { id?: unknown } | undefined)?.id !== botId(account)) {
    throw failure(403, 'Forbidden', 'A bot may change its own messages only.');
  }
  return found.activity;
}

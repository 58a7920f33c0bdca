/** What Teams takes as a message of a bot: its size, the version of its cards, and mentions that the text really has. */
import { z } from 'zod/v4';
import { badSyntax, failure } from './answers.ts';
import type { Json } from './records.ts';

const maxBytes = 100 * 1024;
const newestCard = [1, 5] as const;
const mostRefreshed = 60;
const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

const Sent = z.looseObject({
  type: z.enum(['message', 'typing']),
  text: z.string().nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown() })).nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  replyToId: z.string().nullish(),
});

export type SentActivity = z.output<typeof Sent>;

/** @throws {Refused} */
export function checkContent(body: unknown): SentActivity {
  const read = Sent.safeParse(body);
  if (!read.success) {
    throw badSyntax(`The activity cannot be read: ${z.prettifyError(read.error)}`);
  }
  // Teams counts two bytes for each character.
  if (JSON.stringify(body).length * 2 > maxBytes) {
    throw failure(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  const cards = cardsOf(read.data);
  cards.forEach(checkCard);
  checkMentions(read.data.text ?? '', read.data.entities ?? []);
  for (const card of cards) {
    checkMentions(JSON.stringify(card['body'] ?? []), mentionsOfCard(card));
  }
  return read.data;
}

/** The Adaptive Cards of a message. */
export function cardsOf({ attachments }: Pick<SentActivity, 'attachments'>): Json[] {
  return (attachments ?? [])
    .filter((attachment) => attachment.contentType === adaptiveCard)
    .map((attachment) => (typeof attachment.content === 'object' ? (attachment.content as Json | null) : null) ?? {});
}

function checkCard(card: Json): void {
  const version = /^(\d+)\.(\d+)$/.exec(typeof card['version'] === 'string' ? card['version'] : '');
  if (card['type'] !== 'AdaptiveCard' || version === null) {
    throw badSyntax('An attachment is no Adaptive Card with a version.');
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major > newestCard[0] || (major === newestCard[0] && minor > newestCard[1])) {
    throw badSyntax(`A card of version ${version[0]} is not shown to people; bots may send 1.5 at most.`);
  }
  const userIds = (card['refresh'] as { userIds?: unknown } | undefined)?.userIds;
  if (Array.isArray(userIds) && userIds.length > mostRefreshed) {
    throw badSyntax(`A card is refreshed for ${mostRefreshed} people at most.`);
  }
}

function checkMentions(text: string, entities: readonly Json[]): void {
  for (const entity of entities) {
    if (entity['type'] === 'mention' && (typeof entity['text'] !== 'string' || !text.includes(entity['text']))) {
      throw failure(400, 'BadArgument', 'The text of a mention does not stand in the message.');
    }
  }
}

function mentionsOfCard(card: Json): Json[] {
  const entities = (card['msteams'] as { entities?: unknown } | undefined)?.entities;
  return Array.isArray(entities) ? (entities as Json[]) : [];
}

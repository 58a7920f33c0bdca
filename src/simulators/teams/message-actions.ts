/**
 * An action of the app on a message: what Teams sends for it, and what it takes as an answer.
 * Source: "Create and send dialogs" (initial invoke request from a message), "Respond to the dialog submit action".
 */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Scene } from './activities.ts';
import type { BotAnswer } from './deliver.ts';
import { type Account, findMessage, type Json, personMri, splitConversationId } from './records.ts';

type Name = 'composeExtension/fetchTask' | 'composeExtension/submitAction';

/** @throws {BadControlRequest} when there is no such message */
export function messageAction(
  account: Account,
  { conversationId }: Scene,
  { command, message }: { command: string; message: string },
  name: Name,
  more: Json,
): Json {
  const found = findMessage(account.world, message);
  if (found === undefined) {
    throw new BadControlRequest(`There is no message “${message}” on which something could be done.`);
  }
  return {
    type: 'invoke',
    name,
    value: {
      commandId: command,
      commandContext: 'message',
      requestId: account.nextId(),
      messagePayload: payloadOf(account, conversationId, found.activity),
      context: { theme: 'default' },
      ...more,
    },
  };
}

function payloadOf(account: Account, conversationId: string, activity: Json & { id: string }): Json {
  const { placeId, root } = splitConversationId(conversationId);
  const from = activity['from'] as { id?: string; name?: string } | undefined;
  const author = account.world.people.find((person) => personMri(person) === from?.id);
  return {
    linkToMessage: `https://teams.microsoft.com/l/message/${placeId}/${activity.id}`,
    id: activity.id,
    replyToId: root === null || root === activity.id ? null : root,
    createdDateTime: activity['timestamp'],
    lastModifiedDateTime: null,
    deleted: false,
    subject: null,
    summary: null,
    importance: 'normal',
    locale: 'en-us',
    body: { contentType: 'html', content: `<div><div>${asHtml(activity)}</div>\n</div>` },
    from: {
      device: null,
      conversation: null,
      user:
        author === undefined ? null : { userIdentityType: 'aadUser', id: author.objectId, displayName: author.name },
      application:
        author === undefined ? { applicationIdentityType: 'bot', id: account.appId, displayName: from?.name } : null,
    },
    reactions: [],
    mentions: [],
    attachments: [],
  };
}

/** What people write is kept as plain text here; Teams hands it over as HTML, with mentions as `at`. */
function asHtml({ text, textFormat }: Json): string {
  const words = typeof text === 'string' ? text : '';
  if (textFormat === 'xml') {
    return words;
  }
  return words
    .split(/(<at>[^<]*<\/at>)/)
    .map((part) => (part.startsWith('<at>') ? part.replace('<at>', '<at id="0">') : escaped(part)))
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}

const Dialog = z.looseObject({
  title: z.string().max(64),
  card: z.looseObject({
    contentType: z.literal('application/vnd.microsoft.card.adaptive'),
    content: z.looseObject({
      type: z.literal('AdaptiveCard'),
      version: z.enum(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5']),
      body: z.array(z.unknown()),
      // A dialog sends by Action.Submit alone.
      actions: z
        .array(z.looseObject({ type: z.enum(['Action.Submit', 'Action.OpenUrl']) }))
        .max(6)
        .optional(),
    }),
  }),
});

const Answer = z.strictObject({
  task: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('message'), value: z.string().min(1).max(1_024) }),
    z.strictObject({ type: z.literal('continue'), value: Dialog }),
  ]),
});

/** What the client cannot read is an error to the person, whatever the status was. */
export function asDialog(answer: BotAnswer, needsDialog: boolean): BotAnswer {
  const { body, status } = answer;
  const isNothing = !needsDialog && (body === null || body === '' || JSON.stringify(body) === '{}');
  if (status === 200 && (isNothing || Answer.safeParse(body).success)) {
    return answer;
  }
  return { ...answer, delivered: false, because: 'Unable to reach app. Please try again.' };
}

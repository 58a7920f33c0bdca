/**
 * Files go to one person, in their private conversation, and only after they said yes to the card that asks. Teams then
 * names an address of their OneDrive, and the bytes go there.
 * Source: "Send and receive files through the bot".
 */
import { isLoopback } from '../../config/address.ts';
import type { Message } from '../../store/messages.ts';
import { readMessage } from '../../store/messages.ts';
import type { Background } from '../background.ts';
import type { TeamsDeps } from './deps.ts';
import { visibleText } from '../../cards/text.ts';
import type { TeamsPerson } from './identity.ts';
import { fileToken, readFileToken } from './long-text.ts';
import { activityOf } from './message.ts';
import { decodeConversation } from './place.ts';
import { reachPlace, reachPrivately } from './reach.ts';
import { type Activity, FileConsent, type UploadInfo } from './schema.ts';
import { everybody } from './views.ts';

const patienceMs = 30_000;

/** Asks in the private conversation, after the answer. @returns what the person reads below the button. */
export async function offerFile(
  deps: TeamsDeps,
  background: Background,
  person: TeamsPerson,
  token: string,
  activity: Activity,
): Promise<string> {
  const key = readFileToken(deps, token, everybody);
  const message = key === null ? null : await readMessage(deps.store.read, key);
  const { conversation } = decodeConversation(activity.conversation.id);
  if (message === null || message.place.conversation !== conversation) {
    return 'I do not have this file any more.';
  }
  background.run('Asking whether a file may be sent', async () => {
    const { target } = await reachPrivately(deps, person.id, message.place);
    await deps.connector.post(target, consentCard(message, fileToken(deps, message.key, person.id)));
  });
  return 'I ask you in our private chat whether I may send the file.';
}

function consentCard(message: Message, token: string): object {
  const context = { token };
  return {
    type: 'message',
    summary: 'May I send you this file?',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: nameOf(message),
        content: {
          description: 'The whole text of the message, for your OneDrive.',
          sizeInBytes: bytesOf(message).byteLength,
          acceptContext: context,
          declineContext: context,
        },
      },
    ],
  };
}

/** Answered at once; the bytes go out afterwards. */
export function takeConsent(deps: TeamsDeps, background: Background, person: TeamsPerson, activity: Activity): void {
  const consent = FileConsent.safeParse(activity.value);
  if (!consent.success) {
    return;
  }
  const { action, context, uploadInfo } = consent.data;
  background.run('Sending a file to Teams', async () => {
    const key = readFileToken(deps, context.token, person.id);
    const message = key === null ? null : await readMessage(deps.store.read, key);
    if (message === null) {
      return;
    }
    if (action === 'accept' && uploadInfo !== null && uploadInfo !== undefined) {
      await upload(deps, uploadInfo.uploadUrl, bytesOf(message));
      await answerWithFile(deps, activity, uploadInfo);
    }
    await settle(deps, activity, action === 'accept' ? 'Sent to your OneDrive.' : 'Not sent, as you wished.');
  });
}

async function answerWithFile(deps: TeamsDeps, activity: Activity, info: UploadInfo): Promise<void> {
  const { target } = await here(deps, activity);
  const { contentUrl, fileType, name, uniqueId } = info;
  const contentType = 'application/vnd.microsoft.teams.card.file.info';
  await deps.connector.post(target, {
    type: 'message',
    summary: `Here is ${name}`,
    attachments: [{ contentType, contentUrl, name, content: { uniqueId, fileType } }],
  });
}

/** The question is answered, so its buttons go. */
async function settle(deps: TeamsDeps, activity: Activity, text: string): Promise<void> {
  const { replyToId } = activity;
  if (replyToId !== null && replyToId !== undefined) {
    const { target } = await here(deps, activity);
    await deps.connector.edit(target, replyToId, activityOf({ speaker: null, text }, null, []));
  }
}

function here(deps: TeamsDeps, { conversation }: Activity): ReturnType<typeof reachPlace> {
  return reachPlace(deps, { platform: 'teams', ...decodeConversation(conversation.id) });
}

async function upload(deps: TeamsDeps, address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const url = new URL(address);
  if (!mayUploadTo(deps, url)) {
    throw new Error(
      `Sending a file to ${url.host}: this is no address of OneDrive or SharePoint, so nothing was sent.`,
    );
  }
  const response = await fetch(url, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes 0-${bytes.byteLength - 1}/${bytes.byteLength}`,
    },
    body: bytes,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  await response.body?.cancel();
  if (!response.ok) {
    throw new Error(`Sending a file to ${url.host}: refused (status ${response.status}). Press the button again.`);
  }
}

/** The address comes in a verified request, and still nothing of ours goes to a host that is not Microsoft's. */
function mayUploadTo({ bot }: Pick<TeamsDeps, 'bot'>, url: URL): boolean {
  const isStandIn = bot.kind === 'local' || bot.openIdMetadataUrl !== null;
  const isSharePoint = /(?:^|\.)sharepoint(?:-mil)?\.(?:com|us)$/.test(url.hostname);
  return (url.protocol === 'https:' && isSharePoint) || (isStandIn && isLoopback(url.hostname));
}

function nameOf({ content, key }: Pick<Message, 'content' | 'key'>): string {
  return content.document?.name ?? `causeway-${key.replaceAll(/[^\w-]+/g, '-').slice(-60)}.txt`;
}

function bytesOf({ content }: Pick<Message, 'content'>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${visibleText(content.text)}\n`);
}

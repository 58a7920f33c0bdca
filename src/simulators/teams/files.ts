/** Files that a bot sends with a person's consent: the card that asks, the place for the bytes, and what arrived there. */
import { z } from 'zod/v4';
import { BadControlRequest, type SimRequest, type SimResponse } from '../server.ts';
import { type Account, findMessage, type Json, type World } from './records.ts';

const uploadPath = '/upload/';

const Consent = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.consent'),
  name: z.string().default('file'),
  content: z.object({ acceptContext: z.unknown(), declineContext: z.unknown() }),
});

/** @throws {BadControlRequest} when the message does not ask for consent */
export function readConsent(
  world: World,
  message: string,
): { name: string; acceptContext: unknown; declineContext: unknown } {
  const attachments = findMessage(world, message)?.activity['attachments'];
  for (const attachment of Array.isArray(attachments) ? attachments : []) {
    const card = Consent.safeParse(attachment);
    if (card.success) {
      return { name: card.data.name, ...card.data.content };
    }
  }
  throw new BadControlRequest(`Message ${message} does not ask whether a file may be sent.`);
}

export function offerUpload(account: Account, name: string): Json {
  const id = account.nextId();
  const origin = new URL(account.serviceUrl()).origin;
  account.world.files.push({ id, name, bytes: 0, text: '' });
  return {
    contentUrl: `${origin}/files/${id}/${encodeURIComponent(name)}`,
    name,
    uploadUrl: `${origin}${uploadPath}${id}`,
    uniqueId: id,
    fileType: /\.(\w+)$/.exec(name)?.[1] ?? '',
  };
}

/** Takes the bytes at an address that was offered; undefined when the path is another one. */
export function answerUpload({ world }: Account, request: SimRequest): SimResponse | undefined {
  if (request.method !== 'PUT' || !request.path.startsWith(uploadPath)) {
    return undefined;
  }
  const file = world.files.find(({ id }) => id === request.path.slice(uploadPath.length));
  if (file === undefined) {
    return { status: 404, body: { error: { code: 'itemNotFound', message: 'The upload was not offered.' } } };
  }
  file.bytes = request.body.length;
  file.text = request.body.toString('utf8');
  return { status: 201, body: { id: file.id, name: file.name, size: file.bytes } };
}

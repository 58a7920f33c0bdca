/** Files of a message in Slack: read with the bot's token, from Slack's own host and from no other. */
import { isLoopback } from '../../config/address.ts';
import type { SaidFile } from '../../flows/event.ts';
import { type IncomingFile, keepFile, maxFileBytes, plainName } from '../incoming-file.ts';
import { note, type Room } from './room.ts';
import type { Happened } from './schema.ts';

interface TakenFiles {
  attached: SaidFile[];
  /** Those that cannot come along. */
  isSomeLeft: boolean;
}

export const noFiles: TakenFiles = { attached: [], isSomeLeft: false };

/** In the background, after the answer to Slack. */
export function takeFiles(room: Room, { files }: Happened): TakenFiles {
  const { deps } = room;
  const found = files.map((file) => incoming(room, file));
  const taken = found.filter((file) => file !== null);
  const at = deps.now().toString({ fractionalSecondDigits: 3 });
  for (const file of taken) {
    note(room, 'Reading a file from Slack', keepFile(deps.store, file, at));
  }
  const attached = taken.map(({ id, name, size }) => ({ id, name, size }));
  return { attached, isSomeLeft: taken.length < files.length };
}

function incoming({ deps }: Room, file: Happened['files'][number]): IncomingFile | null {
  const url = URL.parse(file.url_private_download ?? '');
  const isTooLarge = (file.size ?? 0) > maxFileBytes;
  if (url === null || file.id === null || isTooLarge || !mayAsk(url, deps.bot.apiUrl !== null)) {
    return null;
  }
  const headers = { authorization: `Bearer ${deps.bot.botToken}` };
  return { id: `slack/${file.id}`, name: plainName(file.name), size: file.size, url, headers };
}

/** The token goes there, so it is Slack's host for files, and in the stand-in's case this machine. */
function mayAsk(url: URL, isStandIn: boolean): boolean {
  const isSlack = url.protocol === 'https:' && /^files\.slack(?:-gov)?\.com$/.test(url.hostname);
  return isSlack || (isStandIn && isLoopback(url.hostname));
}

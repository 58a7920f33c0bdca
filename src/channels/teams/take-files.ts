/**
 * Files of a message in a personal chat with the bot; Teams hands over none elsewhere. The address stands for the right
 * to read, and lives for some minutes.
 * Source: "Send and receive files through the bot".
 */
import { isLoopback } from '../../config/address.ts';
import type { SaidFile } from '../../flows/event.ts';
import type { Background } from '../background.ts';
import { type IncomingFile, keepFile, plainName } from '../incoming-file.ts';
import type { TeamsDeps } from './deps.ts';
import type { Activity } from './schema.ts';

/** In the background, after the answer to Teams. */
export function takeFiles(deps: TeamsDeps, background: Background, activity: Activity): SaidFile[] {
  const found = activity.files.flatMap((file) => incoming(deps, activity, file));
  const at = deps.now().toString({ fractionalSecondDigits: 3 });
  for (const file of found) {
    background.run('Reading a file from Teams', () => keepFile(deps.store, file, at));
  }
  return found.map(({ id, name, size }) => ({ id, name, size }));
}

/** A file that is sent again has the same id there, and may say something else by now: so the message is part of ours. */
function incoming(
  deps: TeamsDeps,
  { id }: Activity,
  { downloadUrl, name, uniqueId }: Activity['files'][number],
): IncomingFile[] {
  const url = URL.parse(downloadUrl);
  return url === null || !mayAsk(deps, url)
    ? []
    : [{ id: `teams/${uniqueId}/${id ?? ''}`, name: plainName(name), size: null, url, headers: {} }];
}

/** The address comes in a verified request, and still nothing is read from a host that is not Microsoft's. */
function mayAsk({ bot }: Pick<TeamsDeps, 'bot'>, url: URL): boolean {
  const isStandIn = bot.kind === 'local' || bot.openIdMetadataUrl !== null;
  const isMicrosoft = /(?:^|\.)(?:sharepoint(?:-mil)?\.(?:com|us)|svc\.ms)$/.test(url.hostname);
  return (url.protocol === 'https:' && isMicrosoft) || (isStandIn && isLoopback(url.hostname));
}

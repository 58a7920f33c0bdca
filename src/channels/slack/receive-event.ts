/** Events: what people write to the bot, links to tickets, and a look at its home. All else that Slack tells is let pass. */
import { leftBehindText } from '../incoming-file.ts';
import type { Installation } from './deps.ts';
import { meet } from './meet.ts';
import { nothing, note, type Outcome, type Room } from './room.ts';
import { say, sayAtTopLevel } from './say.ts';
import type { Happened, PayloadOf } from './schema.ts';
import { spokenText } from './spoken.ts';
import { noFiles, takeFiles } from './take-files.ts';
import { showLinks } from './ticket-links.ts';

export async function takeEvent(room: Room, payload: PayloadOf<'event'>, installation: Installation): Promise<Outcome> {
  const { event } = payload;
  if (event.type === 'app_home_opened') {
    note(room, 'Showing the App Home', showHome(room, payload, installation));
    return nothing;
  }
  if (event.type === 'link_shared') {
    note(room, 'Showing what a link stands for', showLinks(room, payload, installation));
    return nothing;
  }
  if (event.type === 'app_uninstalled' || event.type === 'tokens_revoked') {
    room.deps.log('Slack says that the app was removed or its token withdrawn; nothing can be sent there any more', {
      event: event.type,
    });
    return nothing;
  }
  return isSaidToUs(event, installation) ? takeWords(room, payload, installation) : nothing;
}

async function showHome(room: Room, payload: PayloadOf<'event'>, installation: Installation): Promise<void> {
  const { channel, tab, user } = payload.event;
  if (user === null) {
    return;
  }
  if (channel !== null) {
    await rememberDirect(room, user, channel);
  }
  if (tab !== 'messages') {
    const who = await meet(room, payload, installation);
    await room.out.showHome(user, who?.kind === 'known' ? who.person : null);
  }
}

/** A global shortcut names no conversation; this is the one to answer it in. */
async function rememberDirect({ memory }: Room, user: string, channel: string): Promise<void> {
  if (channel.startsWith('D') && (await memory.direct(user)) !== channel) {
    await memory.rememberDirect(user, channel);
  }
}

/** Edits, deletions, joins and the like are messages to Slack, too. */
const spokenSubtypes: ReadonlySet<string | null> = new Set([null, 'file_share', 'thread_broadcast', 'me_message']);

/** Slack's own helper, who writes to people in their direct messages. */
const slackbot = 'USLACKBOT';

function isSaidToUs(event: Happened, { botUserId }: Installation): boolean {
  const { bot_id: bot, channel, channel_type: channelType, hidden, subtype, ts, type, user } = event;
  const isToUs = type === 'app_mention' || (type === 'message' && channelType === 'im');
  const isByPerson = user !== null && user !== botUserId && user !== slackbot && bot === null;
  return isToUs && isByPerson && !hidden && spokenSubtypes.has(subtype) && channel !== null && ts !== null;
}

const filesAlone =
  'Say with it what it is about, or send it in the thread of a problem: then it goes along with the ticket.';

async function takeWords(room: Room, payload: PayloadOf<'event'>, installation: Installation): Promise<Outcome> {
  const { event } = payload;
  const { channel, thread_ts: thread, ts, user } = event;
  const who = await meet(room, payload, installation);
  if (who === null || channel === null || ts === null || user === null) {
    return nothing;
  }
  const text = spokenText(event.text, { botUserId: installation.botUserId, people: room.deps.people() });
  if (text === '' && event.files.length > 0 && thread === null) {
    return { words: filesAlone };
  }
  const { attached, isSomeLeft } = who.kind === 'known' ? takeFiles(room, event) : noFiles;
  note(room, 'Remembering where a person is reached', rememberDirect(room, user, channel));
  // Not the event's own id: a mention can be told twice, when a message is edited, and it was said once.
  const id = `slack/said/${channel}/${ts}`;
  const said = { id, who, conversation: channel, text: text || (attached.length > 0 ? '' : 'help'), attached };
  const outcome =
    thread === null ? await sayAtTopLevel(room, { ...said, thread: ts }) : await say(room, { ...said, thread });
  return isSomeLeft && outcome.words === null ? { words: leftBehindText } : outcome;
}

/**
 * Reads what Slack says when it does not do what it was asked. Only its own short words get into an error: the rest of
 * an answer may repeat what was sent.
 * Source: the error lists of Slack's Web API methods.
 */
import { z } from 'zod/v4';
import { BadBlocks, Gone, MissingScope, NoThread, Refused, Unreachable } from './errors.ts';

/** Not what Slack said, but that it did not do it. */
export type Failure =
  | { kind: 'throttled'; askedMs: number | null }
  | { kind: 'final'; error: Refused }
  | { kind: 'again'; error: Error };

const Thrown = z.object({
  code: z.string().catch(''),
  retryAfter: z.number().optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  data: z
    .object({ error: z.string().catch(''), needed: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

type Kind = (text: string, code: string) => Refused;

function refused(text: string, code: string): Refused {
  return new Refused(text, code);
}
function unreachable(text: string, code: string): Refused {
  return new Unreachable(text, code);
}
function noThread(text: string, code: string): Refused {
  return new NoThread(text, code);
}
function gone(text: string, code: string): Refused {
  return new Gone(text, code);
}
function badBlocks(text: string, code: string): Refused {
  return new BadBlocks(text, code);
}

const inviteIt = 'Invite the bot there with /invite, or correct the id of the channel in the settings.';
const otherChannel = 'Change the rules of the channel, or choose another one in the settings.';
const otherPerson = 'Check the Slack id of this person in the settings.';
const badToken = 'Install the app again and put its new token into SLACK_BOT_TOKEN.';
const ours = 'This is a bug; report it.';
const newTrigger = 'Press the button once more.';

/** What makes no sense to be tried again, with what to do instead. */
const finals: Readonly<Record<string, readonly [Kind, string]>> = {
  cannot_find_channel: [unreachable, inviteIt],
  cannot_find_message: [gone, 'Somebody deleted it.'],
  cannot_find_service: [refused, 'Name the desk in “unfurl_domains” of the app, then install the app again.'],
  cannot_parse_attachment: [refused, ours],
  cannot_unfurl_message: [gone, 'Somebody took the link out of it.'],
  cannot_unfurl_url: [refused, 'The workspace may have blocked links of this domain.'],
  channel_not_found: [unreachable, inviteIt],
  not_in_channel: [unreachable, inviteIt],
  is_archived: [unreachable, 'Bring the channel back from the archive, or choose another one in the settings.'],
  restricted_action: [unreachable, otherChannel],
  restricted_action_read_only_channel: [unreachable, otherChannel],
  restricted_action_thread_only_channel: [unreachable, otherChannel],
  restricted_action_non_threadable_channel: [unreachable, otherChannel],
  restricted_action_thread_locked: [unreachable, 'Unlock the thread, or begin a new one.'],
  thread_not_found: [noThread, 'Somebody deleted the thread; begin a new one.'],
  cannot_reply_to_message: [noThread, 'Somebody deleted the thread; begin a new one.'],
  messages_tab_disabled: [unreachable, 'Switch on the Messages tab under “App Home” of the app.'],
  user_not_in_channel: [unreachable, otherPerson],
  user_not_found: [unreachable, otherPerson],
  users_not_found: [unreachable, otherPerson],
  user_not_visible: [unreachable, otherPerson],
  user_disabled: [unreachable, otherPerson],
  cannot_dm_bot: [unreachable, otherPerson],
  access_denied: [unreachable, otherChannel],
  message_not_found: [gone, 'Somebody deleted it.'],
  cant_update_message: [gone, 'It is not ours any more.'],
  edit_window_closed: [gone, 'The workspace lets nobody edit messages that old.'],
  invalid_blocks: [badBlocks, ours],
  invalid_blocks_format: [refused, ours],
  msg_blocks_too_long: [refused, ours],
  msg_too_long: [refused, ours],
  no_text: [refused, ours],
  invalid_arguments: [refused, ours],
  metadata_too_large: [refused, ours],
  view_too_large: [refused, ours],
  account_inactive: [refused, badToken],
  invalid_auth: [refused, badToken],
  not_authed: [refused, badToken],
  token_revoked: [refused, badToken],
  token_expired: [refused, badToken],
  org_login_required: [refused, 'The workspace is being moved; wait, or ask its administrators.'],
  ekm_access_denied: [refused, 'Ask the administrators of the workspace, who have suspended the app.'],
  expired_trigger_id: [refused, newTrigger],
  exchanged_trigger_id: [refused, newTrigger],
  invalid_trigger_id: [refused, newTrigger],
  not_found: [gone, 'It is closed.'],
  hash_conflict: [refused, 'Somebody else changed it meanwhile.'],
};

/** @param what was being done, such as “Writing to Slack (chat.postMessage)” */
export function readFailure(thrown: unknown, what: string): Failure {
  const parsed = Thrown.safeParse(thrown);
  const { code = '', retryAfter, statusCode, data } = parsed.success ? parsed.data : {};
  if (code === 'slack_webapi_rate_limited_error') {
    return { kind: 'throttled', askedMs: retryAfter === undefined ? null : retryAfter * 1000 };
  }
  if (code === 'slack_webapi_platform_error') {
    return readRefusal(data?.error ?? '', data?.needed ?? '', what);
  }
  if (code === 'slack_webapi_http_error') {
    return { kind: 'again', error: new Error(`${what}: it failed (status ${statusCode ?? 0}). It is tried again.`) };
  }
  return {
    kind: 'again',
    error: new Error(`${what}: no answer. It may have arrived, and is tried again.`, { cause: thrown }),
  };
}

function readRefusal(said: string, needed: string, what: string): Failure {
  if (said === 'ratelimited' || said === 'rate_limited') {
    return { kind: 'throttled', askedMs: null };
  }
  // A page about maintenance arrives here as well, as the text of an error.
  const word = /^\w{1,60}$/.test(said) ? said : 'an answer that is none of Slack';
  if (said === 'missing_scope') {
    const scopes = /^[\w:.,\- ]{1,120}$/.test(needed) ? ` ${needed}` : '';
    const text = `${what}: the app lacks the right${scopes}. Add it to the app, then install the app again.`;
    return { kind: 'final', error: new MissingScope(text, said) };
  }
  const known = Object.hasOwn(finals, said) ? finals[said] : undefined;
  if (known === undefined) {
    return { kind: 'again', error: new Error(`${what}: it failed (${word}). It is tried again.`) };
  }
  const [kind, wayOut] = known;
  return { kind: 'final', error: kind(`${what}: Slack says ${word}. ${wayOut}`, said) };
}

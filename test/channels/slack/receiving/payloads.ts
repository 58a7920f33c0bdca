/** What Slack sends, in the shapes of its own examples; each is another one, as ids of Slack are. */
import { randomUUID } from 'node:crypto';
import { channel, direct, team, ts } from './house.ts';

const base = { token: 'legacy', api_app_id: 'A0CAUSEWAY' };

export function trigger(): string {
  return `trigger.${randomUUID()}`;
}

export function event(inner: Record<string, unknown>, around: Record<string, unknown> = {}) {
  return {
    ...base,
    type: 'event_callback',
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    authorizations: [{ enterprise_id: null, team_id: team, user_id: 'U0CAUSEWAY', is_bot: true }],
    is_ext_shared_channel: false,
    event_id: `Ev${randomUUID()}`,
    event_time: 1_790_000_000,
    event: inner,
    ...around,
  };
}

export function mention(text: string, more: Record<string, unknown> = {}, around: Record<string, unknown> = {}) {
  const at = ts();
  const said = `<@U0CAUSEWAY> ${text}`;
  const inner = { type: 'app_mention', user: 'U0REQUESTER', text: said, ts: at, event_ts: at, channel, team, ...more };
  return event(inner, around);
}

export function directMessage(text: string, more: Record<string, unknown> = {}, around: Record<string, unknown> = {}) {
  const at = ts();
  return event(
    {
      type: 'message',
      channel_type: 'im',
      user: 'U0REQUESTER',
      text,
      ts: at,
      event_ts: at,
      channel: direct,
      team,
      ...more,
    },
    around,
  );
}

export function command(text: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...base,
    command: '/causeway',
    text,
    user_id: 'U0REQUESTER',
    user_name: 'rosa',
    team_id: team,
    team_domain: 'causeway',
    channel_id: channel,
    channel_name: 'team',
    response_url: 'https://hooks.slack.com/commands/x',
    trigger_id: trigger(),
    ...more,
  };
}

function interaction(type: string, user: string) {
  return {
    ...base,
    type,
    team: { id: team, domain: 'causeway' },
    enterprise: null,
    user: { id: user, username: user.toLowerCase(), team_id: team },
    is_enterprise_install: false,
  };
}

export interface Pressed {
  user?: string;
  verb: string;
  value?: string;
  at?: string;
  thread?: string | null;
  more?: Record<string, unknown>;
  action?: Record<string, unknown>;
}

export function press({
  action = {},
  at = ts(),
  more = {},
  thread = null,
  user = 'U0REQUESTER',
  value,
  verb,
}: Pressed) {
  const where = thread === null ? {} : { thread_ts: thread };
  return {
    ...interaction('block_actions', user),
    trigger_id: trigger(),
    container: { type: 'message', message_ts: at, channel_id: channel, is_ephemeral: false, ...where },
    channel: { id: channel, name: 'team' },
    message: { type: 'message', user: 'U0CAUSEWAY', bot_id: 'B0CAUSEWAY', team, ts: at, text: '', ...where },
    response_url: 'https://hooks.slack.com/actions/x',
    actions: [
      {
        type: 'button',
        action_id: verb,
        block_id: 'r1.0',
        text: { type: 'plain_text', text: verb },
        ...(value === undefined ? {} : { value }),
        action_ts: '1790000000.1',
        ...action,
      },
    ],
    ...more,
  };
}

export interface Filled {
  user?: string;
  verb: string;
  token: string;
  /** By field, as Slack has them. */
  values: Record<string, Record<string, unknown>>;
  more?: Record<string, unknown>;
}

function view({ token, values, verb }: Filled): object {
  const state = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { [name]: value }]));
  return {
    id: `V${verb.length}FORM`,
    type: 'modal',
    team_id: team,
    app_installed_team_id: team,
    callback_id: verb,
    private_metadata: token,
    state: { values: state },
    hash: '1790000000.abc',
    blocks: [],
  };
}

export function submission(filled: Filled) {
  return {
    ...interaction('view_submission', filled.user ?? 'U0REQUESTER'),
    trigger_id: trigger(),
    view: view(filled),
    response_urls: [],
    ...filled.more,
  };
}

export function closed(filled: Filled) {
  return { ...interaction('view_closed', filled.user ?? 'U0REQUESTER'), view: view(filled), is_cleared: false };
}

export function suggestion(filled: Filled, field: string, typed: string) {
  const from = interaction('block_suggestion', filled.user ?? 'U0REQUESTER');
  return { ...from, action_id: field, block_id: field, value: typed, view: view(filled) };
}

export function messageShortcut(text: string, more: Record<string, unknown> = {}) {
  return {
    ...interaction('message_action', 'U0REQUESTER'),
    callback_id: 'turn-into-ticket',
    trigger_id: trigger(),
    channel: { id: channel, name: 'team' },
    message: { type: 'message', user: 'U0APPROVER1', ts: ts(), text },
    message_ts: '1790000000.1',
    response_url: 'https://hooks.slack.com/app/x',
    ...more,
  };
}

export function shortcut(name: string, more: Record<string, unknown> = {}) {
  const from = interaction('shortcut', 'U0REQUESTER');
  return { ...from, callback_id: name, trigger_id: trigger(), action_ts: '1790000000.1', ...more };
}

/** Somebody of another company, in a channel that is shared with it. */
export const outside = { id: 'U0FOREIGN', username: 'mallory', team_id: 'T0OTHER' };

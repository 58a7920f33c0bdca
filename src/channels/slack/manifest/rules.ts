/**
 * What Slack takes as an app manifest, as far as this app uses it, and what this bot needs of it. An unknown key is
 * refused, as there.
 * Source: "App manifest reference" of Slack's documentation, schema version 1.
 */
import { z } from 'zod/v4';

const url = z
  .string()
  .max(3_000)
  .regex(/^https:\/\/[^\s/]+\/\S+$/, 'write an address that begins with https:// and has a path');
const scope = z.string().regex(/^[a-z_]+(?::[a-z_]+(?:\.[a-z]+)?)?$/);

/** Without a scheme and a path; Slack takes the hosts below it along. */
const domain = z
  .string()
  .max(255)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    'write a host alone, in small letters, such as yourdesk.example.com',
  );

const Shortcut = z.strictObject({
  name: z.string().min(1).max(24),
  type: z.enum(['message', 'global']),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});

const SlashCommand = z.strictObject({
  command: z
    .string()
    .max(32)
    .regex(/^\/[a-z0-9_-]+$/),
  /** Absent in Socket Mode. */
  url: url.optional(),
  description: z.string().min(1).max(2_000),
  usage_hint: z.string().min(1).max(1_000),
  // People and channels then arrive by id, so that no name has to be guessed.
  should_escape: z.literal(true),
});

export const SlackManifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(175).max(4_000),
    background_color: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    shortcuts: z.array(Shortcut).min(1).max(10),
    slash_commands: z.array(SlashCommand).length(1),
    /** Hosts whose links the app hears of; absent: of none. */
    unfurl_domains: z.array(domain).min(1).max(5).optional(),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(scope).min(1).max(255), bot_optional: z.array(scope).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: url.optional(), bot_events: z.array(z.string().max(50)) }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: url.optional(),
      message_menu_options_url: url.optional(),
    }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

export type SlackManifest = z.infer<typeof SlackManifest>;

/** What is wrong with a manifest, one sentence each; empty when Slack will take it and the bot will work with it. */
export function problemsOf(manifest: unknown): string[] {
  const parsed = SlackManifest.safeParse(manifest);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'as a whole'}: ${issue.message}.`);
  }
  return [...scopeProblems(parsed.data), ...linkProblems(parsed.data), ...addressProblems(parsed.data)];
}

function scopeProblems({ oauth_config: { scopes } }: SlackManifest): string[] {
  return scopes.bot_optional
    .filter((name) => !scopes.bot.includes(name))
    .map((name) => `oauth_config.scopes.bot_optional: ${name} is not among the scopes of the bot.`);
}

/** Rights and events of links are asked for together with the hosts that they are for, or not at all. */
export const linkScopes = ['links:read', 'links:write'] as const;
export const linkEvent = 'link_shared';

function linkProblems({ features, oauth_config: { scopes }, settings }: SlackManifest): string[] {
  const wanted = features.unfurl_domains !== undefined;
  const asked = [
    ...linkScopes.map((name) => scopes.bot.includes(name)),
    settings.event_subscriptions.bot_events.includes(linkEvent),
  ];
  return asked.every((isAsked) => isAsked === wanted)
    ? []
    : [`features.unfurl_domains: ${linkScopes.join(', ')} and the event ${linkEvent} go with it, all or none.`];
}

/** Socket Mode has no address, and all else needs the same one in four places. */
function addressProblems({ features, settings }: SlackManifest): string[] {
  const addresses = [
    features.slash_commands[0]?.url,
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
  ];
  const wanted = settings.socket_mode_enabled ? undefined : addresses[0];
  const ok = addresses.every((address) => address === wanted) && (settings.socket_mode_enabled || wanted !== undefined);
  return ok
    ? []
    : [
        settings.socket_mode_enabled
          ? 'settings: in Socket Mode there is no address to call.'
          : 'settings: the command, the events, the buttons and the menus have to go to one address.',
      ];
}

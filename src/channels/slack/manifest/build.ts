/** Fills the app manifest with the address of this installation, and judges it before anybody pastes it into Slack. */
import { readFile } from 'node:fs/promises';
import { linkEvent, linkScopes, problemsOf, SlackManifest } from './rules.ts';

export interface SlackManifestOptions {
  /** Where Slack reaches the bot, such as `https://causeway.example.com`; null: Socket Mode, nobody calls us. */
  publicUrl: string | null;
  /** How the app is called in the workspace; null: as in the file. */
  name: string | null;
  /** Host of the desk, whose links to tickets are shown with how they stand; null: none are. */
  deskHost: string | null;
}

const file = new URL('../../../../manifest/slack/manifest.json', import.meta.url);

/** @throws {Error} which lists everything that Slack would refuse */
export async function buildSlackManifest(options: SlackManifestOptions): Promise<SlackManifest> {
  const template = SlackManifest.parse(JSON.parse(await readFile(file, 'utf8')));
  const manifest = withName(withAddress(withDesk(template, options.deskHost), options.publicUrl), options.name);
  const problems = problemsOf(manifest);
  if (problems.length > 0) {
    throw new Error(
      `Building the Slack manifest: Slack would refuse it.\n${problems.map((problem) => `  ${problem}`).join('\n')}\nMend every line above, then build again.`,
    );
  }
  // JSON has no undefined: what is left out in Socket Mode is gone.
  return manifest;
}

/** Without a desk the app asks for no right to see links. */
function withDesk(manifest: SlackManifest, host: string | null): SlackManifest {
  const { features, oauth_config: oauth, settings } = manifest;
  if (host !== null) {
    return { ...manifest, features: { ...features, unfurl_domains: [host] } };
  }
  const { unfurl_domains: _domains, ...rest } = features;
  const isAboutLinks: ReadonlySet<string> = new Set([...linkScopes, linkEvent]);
  const { event_subscriptions: events } = settings;
  return {
    ...manifest,
    features: rest,
    oauth_config: {
      scopes: { ...oauth.scopes, bot: oauth.scopes.bot.filter((scope) => !isAboutLinks.has(scope)) },
    },
    settings: {
      ...settings,
      event_subscriptions: {
        ...events,
        bot_events: events.bot_events.filter((event) => !isAboutLinks.has(event)),
      },
    },
  };
}

function withAddress(manifest: SlackManifest, publicUrl: string | null): SlackManifest {
  const address = publicUrl === null ? undefined : `${publicUrl.replace(/\/+$/, '')}/slack/events`;
  const { features, settings } = manifest;
  return {
    ...manifest,
    features: { ...features, slash_commands: features.slash_commands.map((command) => withUrl(command, address)) },
    settings: {
      ...settings,
      event_subscriptions: { ...settings.event_subscriptions, request_url: address },
      interactivity: {
        ...settings.interactivity,
        request_url: address,
        message_menu_options_url: address,
      },
      socket_mode_enabled: publicUrl === null,
    },
  };
}

function withUrl<Command extends object>(
  command: Command,
  url: string | undefined,
): Command & { url: string | undefined } {
  return { ...command, url };
}

function withName(manifest: SlackManifest, name: string | null): SlackManifest {
  return name === null
    ? manifest
    : {
        ...manifest,
        display_information: { ...manifest.display_information, name },
        features: { ...manifest.features, bot_user: { ...manifest.features.bot_user, display_name: name } },
      };
}

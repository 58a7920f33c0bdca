/** Where the demo is played: on the local page, in a fake Teams or in a fake Slack. */
import { type Chat, openChat } from './chat.ts';
import { type SlackApp, slackVariables, tellSlackAddress, testApp } from './slack-bot.ts';
import { openSlackChat } from './slack-chat.ts';
import { openRegistration, type Registration, simulateTeams, teamsVariables, tellBotAddress } from './teams-bot.ts';
import { openTeamsChat } from './teams-chat.ts';

/** What was asked for. `running`: a fake that runs already; null for one of the demo's own. */
export type Via =
  | { kind: 'web' }
  | { kind: 'teams'; running: Registration | null }
  | { kind: 'slack'; running: SlackApp | null };

/** What is there. */
export type Platform =
  | { kind: 'web' }
  | { kind: 'teams'; registration: Registration }
  | { kind: 'slack'; app: SlackApp };

/** Null when a fake has to be started. */
export function runningPlatform(via: Via): Platform | null {
  switch (via.kind) {
    case 'web':
      return via;
    case 'teams':
      return via.running === null ? null : { kind: 'teams', registration: via.running };
    case 'slack':
      return via.running === null ? null : { kind: 'slack', app: via.running };
    default: {
      const never: never = via;
      return never;
    }
  }
}

/** Arguments of `causeway simulate` for a fake of our own, and what is there once it listens on these ports. */
export function ownPlatform(kind: Exclude<Via['kind'], 'web'>): {
  args: string[];
  listening(ports: { teams?: number; slack: number }): Platform;
} {
  if (kind === 'slack') {
    return {
      args: [],
      listening: ({ slack }) => ({ kind, app: { ...testApp, origin: `http://127.0.0.1:${slack}` } }),
    };
  }
  const registration = openRegistration();
  return {
    args: simulateTeams(registration),
    listening: ({ teams }) => ({ kind, registration: { ...registration, origin: `http://127.0.0.1:${teams}` } }),
  };
}

/** The bot's variables; files that they name are written into `directory`. */
export async function platformVariables(platform: Platform, directory: string): Promise<Record<string, string>> {
  return {
    ...(await teamsVariables(platform.kind === 'teams' ? platform.registration : null, directory)),
    ...(await slackVariables(platform.kind === 'slack' ? platform.app : null, directory)),
  };
}

export async function tellAddress(platform: Platform, botUrl: string): Promise<void> {
  if (platform.kind === 'teams') {
    await tellBotAddress(platform.registration, botUrl);
  } else if (platform.kind === 'slack') {
    await tellSlackAddress(platform.app, botUrl);
  }
}

export function openPlatform(platform: Platform, botUrl: string): Chat {
  switch (platform.kind) {
    case 'web':
      return openChat(botUrl);
    case 'teams':
      return openTeamsChat(platform.registration.origin);
    case 'slack':
      return openSlackChat(platform.app.origin);
    default: {
      const never: never = platform;
      return never;
    }
  }
}

/**
 * What the bot needs for its place in the fake Slack: the credentials of its app, and settings that name the people and
 * channels that are there.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { channelNames, control, readSlackWorld } from './slack-chat.ts';

export interface SlackApp {
  /** Of the fake Slack; empty until it listens. */
  origin: string;
  botToken: string;
  signingSecret: string;
}

/** As every fake Slack of ours has it that was told nothing else. */
export const testApp: SlackApp = {
  origin: '',
  botToken: 'xoxb-causeway-test',
  signingSecret: 'causeway-test-signing-secret',
};

/** Nobody's real app may get into a demo, so every variable of Slack is set, or emptied. */
const nothingOfSlack = {
  SLACK_API_URL: '',
  SLACK_APP_TOKEN: '',
  SLACK_BOT_TOKEN: '',
  SLACK_SIGNING_SECRET: '',
};

/** The bot's variables for Slack; with an app they name a settings file, which is written into `directory`. */
export async function slackVariables(app: SlackApp | null, directory: string): Promise<Record<string, string>> {
  if (app === null) {
    return nothingOfSlack;
  }
  const { botToken, origin, signingSecret } = app;
  return {
    ...nothingOfSlack,
    SLACK_API_URL: `${origin}/api/`,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SETTINGS_FILE: await writeSettings(origin, directory),
  };
}

const tries = 100;
const pauseMs = 100;

/** Slack takes an address only from a bot that answers, and sends nothing before. */
export async function tellSlackAddress({ origin }: SlackApp, botUrl: string): Promise<void> {
  for (let attempt = 1; !(await fetch(`${botUrl}/readyz`)).ok; attempt += 1) {
    if (attempt === tries) {
      throw new Error('Waiting for the bot to know its place in Slack: it does not. See its log above.');
    }
    await wait(pauseMs);
  }
  await control(origin, 'settings', { eventsUrl: `${botUrl}/slack/events` });
}

interface Settings {
  people: { id: string; slack: { team: string; user: string } | null }[];
  channels: { platform: string; id: string; for: string[] }[];
}

const example = new URL('../../manifest/settings.example.json', import.meta.url);

/** In the workspace, but not in the settings: nobody whom the bot knows. */
const stranger = 'outsider';

/** The example settings, with the ids that people and channels have in the fake Slack. */
async function writeSettings(origin: string, directory: string): Promise<string> {
  const { rooms, users } = await readSlackWorld(origin);
  const { $schema: _schema, ...settings } = JSON.parse(await readFile(example, 'utf8')) as Settings & {
    $schema?: string;
  };
  const known = settings.people.filter(({ id }) => id !== stranger);
  for (const person of known) {
    const user = users.find(({ name }) => name === person.id);
    person.slack = user === undefined ? null : { team: user.team_id, user: user.id };
  }
  const channels = settings.channels.flatMap((channel) => {
    const room = rooms.find(({ kind, name }) => kind === 'channel' && name === channelNames[channel.id]);
    return room === undefined ? [] : [{ ...channel, platform: 'slack', id: room.id }];
  });
  const file = join(directory, 'settings-of-the-demo.json');
  await writeFile(file, JSON.stringify({ ...settings, people: known, channels }));
  return file;
}

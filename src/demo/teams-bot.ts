/**
 * What the bot needs for its place in the fake Teams: a registration, and settings that name the people and channels
 * that are there.
 */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { channelNames, control, readTeamsWorld } from './teams-chat.ts';

export interface Registration {
  /** Of the fake Teams, which is its login as well; empty until it listens. */
  origin: string;
  /** Null: where the fake has it by itself. */
  metadataUrl: string | null;
  appId: string;
  tenantId: string;
  password: string;
}

/** Made up anew each time, so that nothing works because an id stands in the code. */
export function openRegistration(): Registration {
  return { origin: '', metadataUrl: null, appId: randomUUID(), tenantId: randomUUID(), password: randomUUID() };
}

/** Arguments of `causeway simulate`. */
export function simulateTeams({ appId, tenantId }: Registration): string[] {
  return ['--teams-port', '0', '--teams-app-id', appId, '--teams-tenant-id', tenantId];
}

/** Nobody's real registration may get into a demo, so every variable of Teams is set, or emptied. */
const nothingOfTeams = {
  MICROSOFT_APP_ID: '',
  MICROSOFT_APP_TYPE: '',
  MICROSOFT_APP_TENANT_ID: '',
  MICROSOFT_APP_PASSWORD: '',
  TEAMS_SERVICE_HOSTS: '',
  TEAMS_OPENID_METADATA_URL: '',
  TEAMS_LOGIN_URL: '',
  TEAMS_LOCAL: '',
};

/** The bot's variables for Teams; with a registration they name a settings file, which is written into `directory`. */
export async function teamsVariables(
  registration: Registration | null,
  directory: string,
): Promise<Record<string, string>> {
  if (registration === null) {
    return nothingOfTeams;
  }
  const { appId, metadataUrl, origin, password, tenantId } = registration;
  return {
    ...nothingOfTeams,
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_PASSWORD: password,
    TEAMS_OPENID_METADATA_URL: metadataUrl ?? `${origin}/v1/.well-known/openidconfiguration`,
    TEAMS_LOGIN_URL: origin,
    SETTINGS_FILE: await writeSettings(origin, directory),
  };
}

export async function tellBotAddress({ origin }: Registration, botUrl: string): Promise<void> {
  await control(origin, 'bot', { url: `${botUrl}/api/messages` });
}

interface Settings {
  people: { id: string; entra: { tenant: string; objectId: string } | null }[];
  channels: { platform: string; id: string; for: string[] }[];
}

const example = new URL('../../manifest/settings.example.json', import.meta.url);

/** In the team, but not in the settings: nobody whom the bot knows. */
const stranger = 'outsider';

/** The example settings, with the ids that people and channels have in the fake Teams. */
async function writeSettings(origin: string, directory: string): Promise<string> {
  const { people, places } = await readTeamsWorld(origin);
  const { $schema: _schema, ...settings } = JSON.parse(await readFile(example, 'utf8')) as Settings & {
    $schema?: string;
  };
  const there = new Map(people.map(({ id, objectId, tenantId }) => [id, { tenant: tenantId, objectId }]));
  const known = settings.people.filter(({ id }) => id !== stranger);
  const channels = settings.channels.flatMap((channel) => {
    const place = places.find(({ kind, name }) => kind === 'channel' && name === channelNames[channel.id]);
    return place === undefined ? [] : [{ ...channel, platform: 'teams', id: place.id }];
  });
  for (const person of known) {
    person.entra = there.get(person.id) ?? null;
  }
  const file = join(directory, 'settings-of-the-demo.json');
  await writeFile(file, JSON.stringify({ ...settings, people: known, channels }));
  return file;
}

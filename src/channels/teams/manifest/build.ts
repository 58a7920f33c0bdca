/**
 * Builds the app package that an administrator uploads to Teams: the manifest with the ids of this installation and two
 * icons. What was written is read again and judged, so a package that Teams would refuse is never left behind.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFiles, problemsOf } from './rules.ts';
import { readZip, writeZip } from './zip.ts';

export interface Publisher {
  /** At most 32 characters; people read it in the app store of their organisation. */
  name: string;
  websiteUrl: string;
  privacyUrl: string;
  termsOfUseUrl: string;
}

export interface TeamsManifestOptions {
  /** Of the bot's registration (MICROSOFT_APP_ID). */
  appId: string;
  /** Of the app in Teams; null: the same as the bot's. */
  teamsAppId: string | null;
  /** Three numbers; Teams takes an update only when it grows. */
  version: string;
  publisher: Publisher;
  /** Where the zip is written. */
  out: string;
}

export interface TeamsPackage {
  file: string;
  bytes: number;
}

const source = new URL('../../../../manifest/teams/', import.meta.url);

/** @throws {Error} which lists everything that Teams would refuse */
export async function buildTeamsManifest(options: TeamsManifestOptions): Promise<TeamsPackage> {
  const files = new Map<string, Uint8Array>();
  for (const name of packageFiles) {
    const bytes = await readFile(new URL(name, source));
    files.set(name, name === 'manifest.json' ? fill(bytes.toString('utf8'), options) : bytes);
  }
  const zip = writeZip(files);
  const problems = problemsOf(readZip(zip));
  if (problems.length > 0) {
    throw new Error(
      `Building the Teams app package: Teams would refuse it.\n${problems.map((problem) => `  ${problem}`).join('\n')}\nMend every line above, then build again.`,
    );
  }
  await mkdir(dirname(options.out), { recursive: true });
  await writeFile(options.out, zip);
  return { file: options.out, bytes: zip.byteLength };
}

/** Where the zip goes when nobody says otherwise; not a part of the repository. */
export const defaultPackageFile = fileURLToPath(new URL('../../../../dist/causeway-teams.zip', import.meta.url));

function fill(template: string, { appId, publisher, teamsAppId, version }: TeamsManifestOptions): Uint8Array {
  const values: Readonly<Record<string, string>> = {
    APP_VERSION: version,
    MICROSOFT_APP_ID: appId,
    TEAMS_APP_ID: teamsAppId ?? appId,
    PUBLISHER_NAME: publisher.name,
    PUBLISHER_WEBSITE: publisher.websiteUrl,
    PUBLISHER_PRIVACY: publisher.privacyUrl,
    PUBLISHER_TERMS: publisher.termsOfUseUrl,
  };
  const filled = template.replaceAll(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    const value = values[name];
    // Inside a JSON string: what somebody configured must not end it.
    return value === undefined ? placeholder : JSON.stringify(value).slice(1, -1);
  });
  return new TextEncoder().encode(filled);
}

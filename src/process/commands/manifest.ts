/** `causeway manifest`: what an administrator uploads to Teams, or pastes into Slack. */
import { parseArgs } from 'node:util';
import { buildSlackManifest } from '../../channels/slack/manifest/build.ts';
import { buildTeamsManifest, defaultPackageFile } from '../../channels/teams/manifest/build.ts';
import { readEnvironment } from '../../config/environment.ts';

const manifestUsage =
  'manifest teams [--version X.Y.Z] [--publisher NAME] [--website URL] [--privacy URL] [--terms URL] [--out FILE], or manifest slack --url URL|--socket [--name NAME] [--desk-host HOST]';

export async function manifestCommand([target, ...args]: string[]): Promise<number> {
  switch (target) {
    case 'teams':
      process.stdout.write(`${await buildTeamsPackage(readTeamsArgs(args))}\n`);
      return 0;
    case 'slack':
      process.stdout.write(`${await printSlackManifest(args)}\n`);
      return 0;
    case undefined:
    default:
      process.stderr.write(`Usage: causeway ${manifestUsage}\n`);
      return 2;
  }
}

function readTeamsArgs(args: string[]): PackageRequest {
  const text = { type: 'string' } as const;
  const options = { version: text, publisher: text, website: text, privacy: text, terms: text, out: text } as const;
  return parseArgs({ args, options }).values;
}

/** @throws {Error} which says what to write, or lists what Slack would refuse */
async function printSlackManifest(args: string[]): Promise<string> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { url: text, name: text, 'desk-host': text, socket: { type: 'boolean' } },
  });
  const url = values.url ?? readEnvironment().PUBLIC_URL;
  if (values.socket !== true && url === undefined) {
    throw new Error(
      'Building the Slack manifest: nobody said where Slack reaches the bot. Write --url https://…, set PUBLIC_URL, or write --socket for Socket Mode.',
    );
  }
  const publicUrl = values.socket === true ? null : (url ?? null);
  return JSON.stringify(
    await buildSlackManifest({ publicUrl, name: values.name ?? null, deskHost: values['desk-host'] ?? null }),
    null,
    2,
  );
}

interface PackageRequest {
  version?: string | undefined;
  publisher?: string | undefined;
  website?: string | undefined;
  privacy?: string | undefined;
  terms?: string | undefined;
  out?: string | undefined;
}

/** @returns one line for the person. @throws {Error} which lists what is missing, or what Teams would refuse */
async function buildTeamsPackage(request: PackageRequest): Promise<string> {
  const environment = readEnvironment();
  const appId = environment.MICROSOFT_APP_ID;
  const website = request.website ?? environment.PUBLIC_URL;
  if (appId === undefined || website === undefined) {
    const missing = [
      ...(appId === undefined ? ['MICROSOFT_APP_ID (the id of the bot’s registration)'] : []),
      ...(website === undefined ? ['PUBLIC_URL or --website (where people read about the bot)'] : []),
    ];
    throw new Error(
      `Building the Teams app package: ${missing.join(' and ')} is not set. docs/teams.md tells where it comes from.`,
    );
  }
  const built = await buildTeamsManifest({
    appId,
    teamsAppId: null,
    version: request.version ?? '1.0.0',
    publisher: {
      name: request.publisher ?? 'Causeway',
      websiteUrl: website,
      privacyUrl: request.privacy ?? website,
      termsOfUseUrl: request.terms ?? website,
    },
    out: request.out ?? defaultPackageFile,
  });
  return `Wrote ${built.file} (${built.bytes} bytes). Upload it in the Teams admin center under “Manage apps”.`;
}

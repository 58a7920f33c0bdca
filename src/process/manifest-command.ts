/** `causeway manifest teams`: the app package that an administrator uploads to Teams. */
import { buildTeamsManifest, defaultPackageFile } from '../channels/teams/manifest/build.ts';
import { readEnvironment } from '../config/environment.ts';

export interface PackageRequest {
  version?: string | undefined;
  publisher?: string | undefined;
  website?: string | undefined;
  privacy?: string | undefined;
  terms?: string | undefined;
  out?: string | undefined;
}

/** @returns one line for the person. @throws {Error} which lists what is missing, or what Teams would refuse */
export async function buildTeamsPackage(request: PackageRequest): Promise<string> {
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

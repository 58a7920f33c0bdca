/**
 * What Teams takes as an app package, as far as this bot uses it: the manifest by the rules of schema 1.25, the two
 * icons, and nothing left to fill in. An unknown key is refused, as there.
 * Source: "App manifest schema for Teams", version 1.25.
 */
import { z } from 'zod/v4';

const guid = z.string().regex(/^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/);
const httpsUrl = z
  .string()
  .max(2_048)
  .regex(/^https:\/\/[^/\s]+/);
const scope = z.enum(['personal', 'team', 'groupChat']);

const Command = z.strictObject({
  // The schema takes 128; the documentation says 32, and longer ones are cut where they are shown.
  title: z.string().min(1).max(32),
  description: z.string().min(1).max(128),
});

const Bot = z.strictObject({
  botId: guid,
  scopes: z.array(scope).min(1).max(4),
  isNotificationOnly: z.boolean(),
  supportsFiles: z.boolean(),
  commandLists: z.array(z.strictObject({ scopes: z.array(scope).min(1), commands: z.array(Command).max(10) })).max(3),
});

/** Actions on messages. They come with the one message on which they are used; no right to read goes with them. */
const MessageExtension = z.strictObject({
  botId: guid,
  commands: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        type: z.literal('action'),
        title: z.string().min(1).max(32),
        description: z.string().min(1).max(128),
        context: z.tuple([z.literal('message')]),
        fetchTask: z.literal(true),
      }),
    )
    .min(1)
    .max(10),
});

const Manifest = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.25'),
  version: z.string().regex(/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/),
  id: guid,
  developer: z.strictObject({
    name: z.string().min(1).max(32),
    websiteUrl: httpsUrl,
    privacyUrl: httpsUrl,
    termsOfUseUrl: httpsUrl,
  }),
  name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
  description: z.strictObject({ short: z.string().min(1).max(80), full: z.string().min(1).max(4_000) }),
  icons: z.strictObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  bots: z.array(Bot).length(1),
  composeExtensions: z.array(MessageExtension).length(1),
  // The bot reads its mentions only and acts for nobody, so it asks for nothing.
  permissions: z.array(z.never()),
  validDomains: z.array(z.never()),
});

export const packageFiles = ['manifest.json', 'color.png', 'outline.png'] as const;

/** What is wrong with the package, one sentence each; empty when Teams will take it. */
export function problemsOf(files: ReadonlyMap<string, Uint8Array>): string[] {
  const missing = packageFiles.filter((name) => !files.has(name));
  const foreign = [...files.keys()].filter((name) => !packageFiles.some((known) => known === name));
  return [
    ...missing.map((name) => `${name} is missing.`),
    ...foreign.map((name) => `${name} does not belong into the package.`),
    ...manifestProblems(files.get('manifest.json')),
    ...iconProblems('color.png', files.get('color.png'), 192),
    ...iconProblems('outline.png', files.get('outline.png'), 32),
  ];
}

function manifestProblems(bytes: Uint8Array | undefined): string[] {
  if (bytes === undefined) {
    return [];
  }
  const text = new TextDecoder().decode(bytes);
  const left = [...new Set(text.match(/\$\{\{[^}]*\}?\}?/g) ?? [])];
  const parsed = Manifest.safeParse(parse(text));
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `manifest.json, ${issue.path.join('.') || 'as a whole'}: ${issue.message}.`);
  return [...left.map((name) => `manifest.json still has the placeholder ${name}.`), ...wrong];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const pngMark = '89504e470d0a1a0a';
/** Colour types of PNG that have an alpha channel. */
const withAlpha: ReadonlySet<number> = new Set([4, 6]);

function iconProblems(name: string, bytes: Uint8Array | undefined, size: number): string[] {
  if (bytes === undefined) {
    return [];
  }
  const png = Buffer.from(bytes);
  if (png.length < 26 || png.toString('hex', 0, 8) !== pngMark) {
    return [`${name} is no PNG.`];
  }
  const [width, height, colourType] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(25)];
  return [
    ...(width === size && height === size ? [] : [`${name} is ${width} × ${height}, and has to be ${size} × ${size}.`]),
    ...(name === 'outline.png' && !withAlpha.has(colourType) ? [`${name} has no transparent ground.`] : []),
  ];
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTeamsManifest, type TeamsManifestOptions } from '../../../../src/channels/teams/manifest/build.ts';
import { problemsOf } from '../../../../src/channels/teams/manifest/rules.ts';
import { readZip } from '../../../../src/channels/teams/manifest/zip.ts';
import { readIntent } from '../../../../src/policy/intent.ts';

const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causeway-manifest-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const publisher = {
  name: 'Example "Corp"',
  websiteUrl: 'https://example.com',
  privacyUrl: 'https://example.com/privacy',
  termsOfUseUrl: 'https://example.com/terms',
};

function options(more: Partial<TeamsManifestOptions> = {}): TeamsManifestOptions {
  return { appId, teamsAppId: null, version: '1.2.3', publisher, out: join(folder, 'new', 'app.zip'), ...more };
}

interface Manifest {
  id: string;
  version: string;
  developer: { name: string };
  bots: { botId: string; scopes: string[]; commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
  permissions: string[];
}

async function build(more: Partial<TeamsManifestOptions> = {}): Promise<Map<string, Uint8Array>> {
  const { file } = await buildTeamsManifest(options(more));
  return readZip(await readFile(file));
}

function manifestIn(files: Map<string, Uint8Array>): Manifest {
  return JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as Manifest;
}

describe('the app package', () => {
  it('holds the manifest with the ids of this installation, and both icons, at its root', async () => {
    const files = await build();

    const manifest = manifestIn(files);
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(manifest).toMatchObject({ id: appId, version: '1.2.3', developer: { name: 'Example "Corp"' } });
    expect(manifest.bots[0]).toMatchObject({ botId: appId, scopes: ['personal', 'team', 'groupChat'] });
  });

  it('gives the app an id of its own when there is one', async () => {
    const teamsAppId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00002';

    const manifest = manifestIn(await build({ teamsAppId }));

    expect([manifest.id, manifest.bots[0]?.botId]).toEqual([teamsAppId, appId]);
  });

  it('asks for no permission', async () => {
    const manifest = manifestIn(await build());

    expect(manifest.permissions).toEqual([]);
    expect(manifest).not.toHaveProperty('authorization');
  });

  it('lists commands that the bot understands, for each scope', async () => {
    const lists = manifestIn(await build()).bots[0]?.commandLists ?? [];

    const titles = new Set(lists.flatMap((list) => list.commands.map((command) => command.title)));
    expect(lists.flatMap((list) => list.scopes)).toEqual(['personal', 'team', 'groupChat']);
    expect([...titles].map((title) => readIntent(title).job)).toEqual(['connect', 'support', 'help']);
  });

  it.each([
    ['an app id that is none', { appId: 'causeway' }, /bots\.0\.botId/],
    ['a version of two numbers', { version: '1.2' }, /version/],
    [
      'a publisher without a secure page',
      { publisher: { ...publisher, websiteUrl: 'http://example.com' } },
      /websiteUrl/,
    ],
    ['a publisher with a long name', { publisher: { ...publisher, name: 'x'.repeat(33) } }, /developer\.name/],
  ])('is not written with %s', async (_what, more, problem) => {
    await expect(build(more)).rejects.toThrow(problem);
    await expect(readFile(options().out)).rejects.toThrow();
  });
});

describe('a package that was put together by hand', () => {
  it.each([
    ['a placeholder', { 'manifest.json': '{"id":"${{TEAMS_APP_ID}}"}' }, /placeholder \$\{\{TEAMS_APP_ID\}\}/],
    ['an unknown key', { 'manifest.json': '{"webApplicationInfo":{}}' }, /Unrecognized key/],
    ['no manifest', { 'manifest.json': null }, /manifest\.json is missing/],
    ['a foreign file', { 'notes.txt': 'x' }, /notes\.txt does not belong/],
    ['an icon that is no PNG', { 'color.png': 'GIF89a' }, /color\.png is no PNG/],
  ])('is refused with %s', async (_what, changes, problem) => {
    const files = await build();
    for (const [name, text] of Object.entries(changes)) {
      if (text === null) {
        files.delete(name);
      } else {
        files.set(name, new TextEncoder().encode(text));
      }
    }

    expect(problemsOf(files).join('\n')).toMatch(problem);
  });

  it('is refused with icons of the wrong size or without a transparent ground', async () => {
    const files = await build();
    const [color, outline] = [files.get('color.png'), files.get('outline.png')];
    files.set('color.png', outline ?? new Uint8Array());
    files.set('outline.png', color ?? new Uint8Array());

    expect(problemsOf(files)).toEqual([
      'color.png is 32 × 32, and has to be 192 × 192.',
      'outline.png is 192 × 192, and has to be 32 × 32.',
      'outline.png has no transparent ground.',
    ]);
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { buildSlackManifest } from '../../../../src/channels/slack/manifest/build.ts';
import { problemsOf } from '../../../../src/channels/slack/manifest/rules.ts';

const shipped: unknown = JSON.parse(
  await readFile(new URL('../../../../manifest/slack/manifest.json', import.meta.url), 'utf8'),
);

function changed(change: (manifest: Record<string, Record<string, unknown>>) => void): unknown {
  const copy = structuredClone(shipped) as Record<string, Record<string, unknown>>;
  change(copy);
  return copy;
}

describe('the Slack manifest', () => {
  it('is valid as it is shipped', () => {
    expect(problemsOf(shipped)).toEqual([]);
  });

  it('sends everything to the address of this installation', async () => {
    const { features, settings } = await buildSlackManifest({
      publicUrl: 'https://bot.example.com/',
      name: null,
      deskHost: null,
    });

    const address = 'https://bot.example.com/slack/events';
    expect(features.slash_commands).toMatchObject([{ command: '/causeway', url: address, should_escape: true }]);
    expect(settings).toMatchObject({
      event_subscriptions: { request_url: address },
      interactivity: { request_url: address, message_menu_options_url: address },
      socket_mode_enabled: false,
    });
  });

  it('names no address in Socket Mode', async () => {
    const manifest = JSON.stringify(await buildSlackManifest({ publicUrl: null, name: 'Bridge', deskHost: null }));

    expect(manifest).not.toContain('http');
    expect(manifest).toContain('"socket_mode_enabled":true');
    expect(manifest).toContain('"display_name":"Bridge"');
  });

  it('asks for the right to read channels as an option only', async () => {
    const { oauth_config: oauth } = await buildSlackManifest({
      publicUrl: 'https://bot.example.com',
      name: null,
      deskHost: null,
    });

    const reading = oauth.scopes.bot.filter((scope) => /^(?:channels|groups|mpim):history$/.test(scope));
    expect(oauth.scopes.bot_optional).toEqual(expect.arrayContaining(reading));
  });

  it('hears of links of the desk that is named, and asks for no such right without one', async () => {
    const base = { publicUrl: 'https://bot.example.com', name: null };
    const named = await buildSlackManifest({ ...base, deskHost: 'desk.example.com' });
    const none = JSON.stringify(await buildSlackManifest({ ...base, deskHost: null }));

    expect(named.features.unfurl_domains).toEqual(['desk.example.com']);
    expect(named.oauth_config.scopes.bot).toEqual(expect.arrayContaining(['links:read', 'links:write']));
    expect(named.settings.event_subscriptions.bot_events).toContain('link_shared');
    expect(none).not.toMatch(/links:|link_shared|unfurl_domains/);
  });

  it.each(['https://desk.example.com', 'desk.example.com/agent', 'Desk.example.com', 'localhost', '*.example.com', ''])(
    'refuses “%s” as the host of a desk',
    async (deskHost) => {
      const building = buildSlackManifest({ publicUrl: 'https://bot.example.com', name: null, deskHost });

      await expect(building).rejects.toThrow('features.unfurl_domains');
    },
  );

  it.each([
    ['an address without https', 'http://bot.example.com', null, 'https://'],
    ['a name that is too long', 'https://bot.example.com', 'x'.repeat(36), 'display_information.name'],
  ])('refuses %s', async (_what, publicUrl, name, part) => {
    await expect(buildSlackManifest({ publicUrl, name, deskHost: null })).rejects.toThrow(part);
  });

  it.each<[string, (manifest: Record<string, Record<string, unknown>>) => void, string]>([
    ['a key that Slack does not know', (manifest) => Object.assign(manifest['settings'] ?? {}, { other: 1 }), 'other'],
    [
      'an optional scope that is not asked for',
      (manifest) =>
        Object.assign(manifest['oauth_config'] ?? {}, { scopes: { bot: ['commands'], bot_optional: ['x'] } }),
      'bot_optional',
    ],
    [
      'hosts of links without the right to hear of them',
      (manifest) => Object.assign(manifest['settings']?.['event_subscriptions'] ?? {}, { bot_events: ['app_mention'] }),
      'link_shared',
    ],
    [
      'rights for links without a host that they are for',
      (manifest) => Object.assign(manifest['features'] ?? {}, { unfurl_domains: undefined }),
      'all or none',
    ],
    [
      'addresses that differ',
      (manifest) =>
        Object.assign(manifest['settings']?.['event_subscriptions'] ?? {}, { request_url: 'https://other.example/a' }),
      'one address',
    ],
    [
      'Socket Mode with an address',
      (manifest) => Object.assign(manifest['settings'] ?? {}, { socket_mode_enabled: true }),
      'Socket Mode',
    ],
  ])('finds %s', (_what, change, part) => {
    expect(problemsOf(changed(change)).join(' ')).toContain(part);
  });
});

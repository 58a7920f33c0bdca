/** `causeway demo`: plays both jobs, prints the conversation and the proof. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inheritedEnvironment, type RawEnvironment, readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { runDemo } from '../../demo/demo.ts';
import type { Via } from '../../demo/platform.ts';
import { type SlackApp, testApp } from '../../demo/slack-bot.ts';
import type { Registration } from '../../demo/teams-bot.ts';

const cli = fileURLToPath(new URL('../../cli.ts', import.meta.url));

export async function demoCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, via: { type: 'string', default: 'web' } },
  });
  const raw = readEnvironment();
  const via = viaOf(values.via, raw);
  if (via === null) {
    process.stderr.write(`There is no way “--via ${values.via}”; use “--via web”, “--via teams” or “--via slack”.\n`);
    return 2;
  }
  // Refuses what a demo must not touch, such as a real desk, before anything is started.
  loadConfig({ mode: 'demo', dataDir: tmpdir(), env: { ...inheritedEnvironment(), ...appOf(raw) } });
  const write =
    values.json === true
      ? (line: string) => process.stderr.write(`${line}\n`)
      : (line: string) => process.stdout.write(`${line}\n`);
  const result = await runDemo(
    {
      cli: cli,
      environment: inheritedEnvironment(),
      armUrl: raw.ARM_URL ?? null,
      zendeskUrl: raw.ZENDESK_URL ?? null,
      via,
      log: (text) => process.stderr.write(text),
    },
    write,
  );
  process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : `${summary(result)}\n`);
  return result.ok ? 0 : 1;
}

/** Null for a way that there is not. */
function viaOf(name: string, raw: RawEnvironment): Via | null {
  switch (name) {
    case 'web':
      return { kind: 'web' };
    case 'teams':
      return { kind: 'teams', running: runningTeams(raw) };
    case 'slack':
      return { kind: 'slack', running: runningSlack(raw) };
    default:
      return null;
  }
}

/** A fake Slack that runs already, as the bot is told of one; null when there is none. */
function runningSlack(raw: RawEnvironment): SlackApp | null {
  const { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = raw;
  return SLACK_API_URL === undefined
    ? null
    : {
        origin: new URL(SLACK_API_URL).origin,
        botToken: SLACK_BOT_TOKEN ?? testApp.botToken,
        signingSecret: SLACK_SIGNING_SECRET ?? testApp.signingSecret,
      };
}

/** Beside a fake Slack nobody has to name the app, because it is the fake's. */
function appOf(raw: RawEnvironment): Record<string, string> {
  const app = runningSlack(raw);
  return app === null ? {} : { SLACK_BOT_TOKEN: app.botToken, SLACK_SIGNING_SECRET: app.signingSecret };
}

/** A fake Teams that runs already, as the bot is told of one; null when there is none. */
function runningTeams(raw: RawEnvironment): Registration | null {
  const { MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TENANT_ID } = raw;
  const { TEAMS_LOGIN_URL, TEAMS_OPENID_METADATA_URL } = raw;
  return TEAMS_LOGIN_URL === undefined || TEAMS_OPENID_METADATA_URL === undefined
    ? null
    : {
        origin: new URL(TEAMS_LOGIN_URL).origin,
        metadataUrl: TEAMS_OPENID_METADATA_URL,
        appId: MICROSOFT_APP_ID ?? '',
        tenantId: MICROSOFT_APP_TENANT_ID ?? '',
        password: MICROSOFT_APP_PASSWORD ?? '',
      };
}

function summary(result: {
  ok: boolean;
  seconds: number;
  scenarios: { scenario: string; ok: boolean; seconds: number; checks: unknown[] }[];
}): string {
  const lines = result.scenarios.map(
    (scenario) =>
      `${scenario.ok ? '✓' : '✕'} ${scenario.scenario}: ${scenario.checks.length} checks, ${scenario.seconds} s`,
  );
  return [
    '',
    ...lines,
    `${result.ok ? 'Everything is as claimed' : 'Something is not as claimed'}, ${result.seconds} s in all.`,
  ].join('\n');
}

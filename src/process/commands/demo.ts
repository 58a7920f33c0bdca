/** `causeway demo`: plays both jobs, prints the conversation and the proof. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inheritedEnvironment, type RawEnvironment, readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { runDemo } from '../../demo/demo.ts';
import type { Registration } from '../../demo/teams-bot.ts';

const cli = fileURLToPath(new URL('../../cli.ts', import.meta.url));

export async function demoCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, via: { type: 'string', default: 'web' } },
  });
  if (values.via !== 'web' && values.via !== 'teams') {
    process.stderr.write(`“--via ${values.via}” is not built in this version; use “--via web” or “--via teams”.\n`);
    return 2;
  }
  // Refuses what a demo must not touch, such as a real desk, before anything is started.
  loadConfig({ mode: 'demo', dataDir: tmpdir() });
  const raw = readEnvironment();
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
      via: values.via === 'web' ? { kind: 'web' } : { kind: 'teams', running: runningTeams(raw) },
      log: (text) => process.stderr.write(text),
    },
    write,
  );
  process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : `${summary(result)}\n`);
  return result.ok ? 0 : 1;
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

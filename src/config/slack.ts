/** The bot's app in Slack, or its stand-in on this machine. */
import { checkStandIn, readUrl } from './address.ts';
import type { RawEnvironment, VariableName } from './environment.ts';
import type { Report } from './problem.ts';

export interface SlackConfig {
  /** Verifies what comes in over HTTP; null only in Socket Mode, where nothing does. */
  signingSecret: string | null;
  botToken: string;
  /** Opens a socket from here, for people without a public address; null: Slack calls us. */
  appToken: string | null;
  /** Base of a stand-in for Slack's Web API, with a slash at the end; null: Slack's own. */
  apiUrl: string | null;
}

const names: readonly VariableName[] = ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL'];

/** Null: Slack is not used. */
export function readSlack(raw: RawEnvironment, host: string, report: Report): SlackConfig | null {
  if (!names.some((name) => raw[name] !== undefined)) {
    return null;
  }
  checkComplete(raw, report);
  checkPrefix('SLACK_BOT_TOKEN', raw, 'xoxb-', report);
  checkPrefix('SLACK_APP_TOKEN', raw, 'xapp-', report);
  return {
    signingSecret: raw.SLACK_SIGNING_SECRET ?? null,
    botToken: raw.SLACK_BOT_TOKEN ?? '',
    appToken: raw.SLACK_APP_TOKEN ?? null,
    apiUrl: readApiUrl(raw, host, report),
  };
}

function checkComplete(raw: RawEnvironment, report: Report): void {
  if (raw.SLACK_BOT_TOKEN === undefined) {
    report(
      'SLACK_BOT_TOKEN',
      'is not set, but other settings of Slack are',
      'Copy it from “OAuth & Permissions” of your app (docs/slack.md), or leave every setting of Slack empty.',
    );
  }
  if (raw.SLACK_SIGNING_SECRET === undefined && raw.SLACK_APP_TOKEN === undefined) {
    report(
      'SLACK_SIGNING_SECRET',
      'is not set, and neither is SLACK_APP_TOKEN, so nothing from Slack could be trusted',
      'Copy the signing secret from “Basic Information” of your app (docs/slack.md).',
    );
  }
}

/** The tokens look alike, and the wrong one fails only at the first call. */
function checkPrefix(
  name: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN',
  raw: RawEnvironment,
  prefix: string,
  report: Report,
): void {
  if (raw[name] !== undefined && !raw[name].startsWith(prefix)) {
    report(
      name,
      `does not begin with “${prefix}”, so it is another kind of token`,
      'docs/slack.md tells which is which.',
    );
  }
}

function readApiUrl(raw: RawEnvironment, host: string, report: Report): string | null {
  if (raw.SLACK_API_URL === undefined) {
    return null;
  }
  const url = readUrl('SLACK_API_URL', raw.SLACK_API_URL, 'http://127.0.0.1:4040/api/', report);
  if (url !== null) {
    checkStandIn('SLACK_API_URL', url, host, report);
  }
  return url === null ? null : apiBase(url);
}

/** People write the origin as often as the base of the API; Slack's methods stand under `/api/`. */
function apiBase(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/api' : path}/`;
}

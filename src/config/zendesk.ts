/** Which desk tickets go to, and how the bot signs in there. */
import { checkStandIn, isLoopback, readUrl } from './address.ts';
import type { RawEnvironment } from './environment.ts';
import type { Mode } from './mode.ts';
import { readPair } from './pair.ts';
import type { Report } from './problem.ts';

export type DeskCredential =
  | { kind: 'oauth'; clientId: string; clientSecret: string }
  /** The older way: an agent's e-mail address with an API token. */
  | { kind: 'api-token'; email: string; token: string };

interface Desk {
  /** Ends in `/api/v2`. */
  url: string;
  /** Set when the webhook was registered by hand; null: the bot registers one and asks the desk for its secret. */
  webhookSecret: string | null;
}

export type ZendeskConfig =
  | (Desk & { kind: 'desk'; credential: DeskCredential })
  /** Without a credential a fixed test token is sent. */
  | (Desk & { kind: 'stand-in'; credential: DeskCredential | { kind: 'test-token' } })
  /** The command starts a simulator of its own. */
  | { kind: 'simulator' };

const example = 'https://YOUR-DESK.zendesk.com/api/v2';
const apiPath = '/api/v2';

export function readZendesk(raw: RawEnvironment, mode: Mode, host: string, report: Report): ZendeskConfig {
  const credential = readCredential(raw, report);
  if (raw.ZENDESK_URL === undefined) {
    if (mode === 'serve') {
      report(
        'ZENDESK_URL',
        'is not set, so no ticket can be opened',
        `Write the address of your desk, such as ${example}.`,
      );
    }
    return { kind: 'simulator' };
  }
  const url = readUrl('ZENDESK_URL', raw.ZENDESK_URL, example, report);
  if (url === null) {
    return { kind: 'simulator' };
  }
  const path = url.pathname.replace(/\/$/, '');
  if (path !== apiPath) {
    const origin = isLoopback(url.hostname) ? url.origin : `https://${url.host}`;
    report('ZENDESK_URL', 'does not end in /api/v2', `Write ${origin}${apiPath}.`);
  }
  const desk: Desk = { url: `${url.origin}${apiPath}`, webhookSecret: raw.ZENDESK_WEBHOOK_SECRET ?? null };
  if (isLoopback(url.hostname)) {
    checkStandIn('ZENDESK_URL', url, host, report);
    return { kind: 'stand-in', ...desk, credential: credential ?? { kind: 'test-token' } };
  }
  checkRealDesk(url, mode, report);
  return realDesk(raw, desk, credential, report);
}

function checkRealDesk(url: URL, mode: Mode, report: Report): void {
  if (mode === 'demo') {
    report(
      'ZENDESK_URL',
      `names ${url.hostname}, and the demo opens tickets that nobody meant`,
      'Leave it empty, or write the address of a simulator on 127.0.0.1.',
    );
  }
  if (url.protocol !== 'https:') {
    report(
      'ZENDESK_URL',
      'is not encrypted',
      `Write https:// in front; plain http is for a stand-in on this machine only.`,
    );
  }
}

function realDesk(raw: RawEnvironment, desk: Desk, credential: DeskCredential | null, report: Report): ZendeskConfig {
  if (credential !== null) {
    return { kind: 'desk', ...desk, credential };
  }
  if (!hasHalfACredential(raw)) {
    report(
      'ZENDESK_OAUTH_CLIENT_ID',
      'is not set, and neither is any other credential for the desk',
      'Set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET; the older way is ZENDESK_EMAIL and ZENDESK_API_TOKEN.',
    );
  }
  return { kind: 'simulator' };
}

function readCredential(raw: RawEnvironment, report: Report): DeskCredential | null {
  const oauth = readPair(raw, 'ZENDESK_OAUTH_CLIENT_ID', 'ZENDESK_OAUTH_CLIENT_SECRET', report);
  const token = readPair(raw, 'ZENDESK_EMAIL', 'ZENDESK_API_TOKEN', report);
  if (oauth !== null) {
    return { kind: 'oauth', clientId: oauth[0], clientSecret: oauth[1] };
  }
  return token === null ? null : { kind: 'api-token', email: token[0], token: token[1] };
}

/** Then the missing half was reported already. */
function hasHalfACredential(raw: RawEnvironment): boolean {
  return [raw.ZENDESK_OAUTH_CLIENT_ID, raw.ZENDESK_OAUTH_CLIENT_SECRET, raw.ZENDESK_EMAIL, raw.ZENDESK_API_TOKEN].some(
    (value) => value !== undefined,
  );
}

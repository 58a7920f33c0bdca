/** One request to the app's URL, signed as Slack signs (v0), and what came back. */
import { createHmac } from 'node:crypto';
import { epochSeconds } from './account.ts';

export interface SignedRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface HttpAnswer {
  /** 0: none. */
  status: number;
  /** Read as JSON where it is some; null when empty. */
  body: unknown;
  /** In Slack's words, for the header of the next attempt; null when the app took it. */
  failure: 'http_timeout' | 'http_error' | 'connection_failed' | null;
  /** The app asks not to repeat this. */
  noRetry: boolean;
}

export const jsonType = 'application/json';
export const formType = 'application/x-www-form-urlencoded';

export function sign(
  url: string,
  body: string,
  contentType: string,
  secret: string,
  at: Temporal.Instant,
): SignedRequest {
  const timestamp = String(epochSeconds(at));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    url,
    body,
    headers: {
      'Content-Type': contentType,
      'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      Accept: '*/*',
      'Accept-Encoding': 'gzip,deflate',
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': `v0=${signature}`,
    },
  };
}

/** Never throws: what does not arrive is an answer too. */
export async function send(request: SignedRequest, timeoutMs: number, stopped: AbortSignal): Promise<HttpAnswer> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
    });
    const body = readable(await response.text());
    return {
      status: response.status,
      body,
      failure: response.ok ? null : 'http_error',
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  } catch (error) {
    const failure = error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'connection_failed';
    return { status: 0, body: null, failure, noRetry: false };
  }
}

function readable(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

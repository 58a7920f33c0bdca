/** Reads what Teams says when it does not do what it was asked. */
import { z } from 'zod/v4';
import { Throttled, Undeliverable } from '../channel.ts';
import { Blocked, Gone } from './errors.ts';
import type { Pace } from './pace.ts';

/** Statuses after which Microsoft asks to try again later, plus the one of a service that is away. */
const later: ReadonlySet<number> = new Set([412, 429, 502, 503, 504]);
const maxCode = 100;

const Body = z.object({ error: z.object({ code: z.string().catch(''), message: z.string().catch('') }) });

export async function readFailure(response: Response, pace: Pace, thread: string): Promise<Error> {
  const code = await codeOf(response);
  const { status } = response;
  if (later.has(status)) {
    const waitMs = pace.backOff(thread, askedMs(response));
    return new Throttled(`Writing to Teams: it asks to wait (${code}). It is tried again by itself.`, waitMs);
  }
  switch (status) {
    case 403:
      return new Blocked(
        `Writing to Teams: the bot may not write there (${code}). It was blocked or uninstalled; install it there again.`,
        code,
      );
    case 404:
      return new Gone(`Writing to Teams: there is no such conversation or message (${code}).`);
    case 413:
      return new Undeliverable(`Writing to Teams: the message is too large (${code}).`);
    case 401:
      return new Error(
        `Writing to Teams: it refuses the bot’s token (${code}). Check that the Azure Bot has this app id and this tenant.`,
      );
    default:
      return status >= 500 || response.ok
        ? new Error(`Writing to Teams: it failed (${code}). It is tried again.`)
        : new Undeliverable(`Writing to Teams: it refuses the message (${code}). This is a bug; report it.`);
  }
}

/** A short word that is safe to log: the text beside it may repeat what was sent. */
async function codeOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { code } = Body.parse(JSON.parse(text)).error;
    return code === '' ? `status ${response.status}` : code.replaceAll(/[^\w.-]/g, '').slice(0, maxCode);
  } catch {
    return `status ${response.status}`;
  }
}

/** The seconds of `Retry-After`, which is how Teams asks; null when it does not. */
function askedMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

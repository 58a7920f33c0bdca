/**
 * The gate of local mode: Microsoft's playground sends no token. So everything about the request has to be of this
 * machine, the name in the Host header included: a foreign name that resolves here is an attack.
 */
import { z } from 'zod/v4';
import { isLoopback } from '../../config/address.ts';

const Envelope = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.url().refine((url) => isLoopback(new URL(url).hostname)),
});

export type LocalVerdict = { ok: true; activity: unknown } | { ok: false; status: 400 | 403; because: string };

export function checkLocal(request: { host: string | null; origin: string | null; rawBody: Uint8Array }): LocalVerdict {
  const host = URL.parse(`http://${request.host ?? ''}`);
  if (host === null || !isLoopback(host.hostname) || request.origin !== null) {
    return {
      ok: false,
      status: 403,
      because: 'Without an app id this endpoint answers programs of this machine only.',
    };
  }
  const activity = parse(request.rawBody);
  return Envelope.safeParse(activity).success
    ? { ok: true, activity }
    : { ok: false, status: 400, because: 'The body is no activity of Microsoft’s playground on this machine.' };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

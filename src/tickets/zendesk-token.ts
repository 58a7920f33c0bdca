/**
 * The Authorization header. OAuth tokens are asked for at `/oauth/tokens` of the desk's origin, kept until shortly
 * before they end, and asked for once however many calls wait for one.
 */
import { TokenAnswer } from './zendesk-answers.ts';
import { ZendeskError } from './zendesk-error.ts';
import { exchangeJson, type Wire } from './zendesk-exchange.ts';
import { withPatience } from './zendesk-patience.ts';

export type ZendeskCredential =
  | { kind: 'oauth'; clientId: string; clientSecret: string }
  /** The older way; Zendesk switches API tokens off on 30 April 2027. */
  | { kind: 'api-token'; email: string; token: string }
  /** No credential: a fixed test token, for a stand-in on loopback only. */
  | { kind: 'stand-in' };

export interface Authorization {
  header(): Promise<string>;
  /** The desk refused this header. True when another one can be had. */
  refused(header: string): boolean;
}

/** Zendesk takes 300 to 172,800 s; an hour keeps what a stolen token is good for short. */
const askedLifetimeSeconds = 3_600;
const marginSeconds = 60;
const standInToken = 'causeway-stand-in';

export function openAuthorization(wire: Wire, origin: string, credential: ZendeskCredential): Authorization {
  switch (credential.kind) {
    case 'oauth':
      return oauth(wire, `${origin}/oauth/tokens`, credential);
    case 'api-token':
      return fixed(`Basic ${Buffer.from(`${credential.email}/token:${credential.token}`).toString('base64')}`);
    case 'stand-in':
    default:
      return fixed(`Bearer ${standInToken}`);
  }
}

function fixed(header: string): Authorization {
  return { header: () => Promise.resolve(header), refused: () => false };
}

interface Held {
  header: string;
  /** Null: it does not end by itself. */
  freshUntil: Temporal.Instant | null;
}

type OauthCredential = Extract<ZendeskCredential, { kind: 'oauth' }>;

function oauth(wire: Wire, url: string, credential: OauthCredential): Authorization {
  let held: Held | null = null;
  let asking: Promise<Held> | null = null;

  function isFresh(token: Held): boolean {
    return token.freshUntil === null || Temporal.Instant.compare(wire.now(), token.freshUntil) < 0;
  }

  async function renew(): Promise<Held> {
    try {
      held = await askForToken(wire, url, credential);
      return held;
    } finally {
      asking = null;
    }
  }

  return {
    async header() {
      if (held !== null && isFresh(held)) {
        return held.header;
      }
      asking ??= renew();
      return (await asking).header;
    },
    refused(header) {
      // A call that was under way with the token before must not throw away the one that came since.
      if (held?.header === header) {
        held = null;
      }
      return true;
    },
  };
}

/** May be repeated: a token more does no harm. */
function askForToken(wire: Wire, url: string, credential: OauthCredential): Promise<Held> {
  const doing = 'signing in to Zendesk with the OAuth client';
  return withPatience(wire, true, async () => {
    const answer = await exchangeJson(wire, {
      doing,
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: credential.clientId,
        client_secret: credential.clientSecret,
        scope: 'read write',
        expires_in: askedLifetimeSeconds,
      }),
    });
    const token = TokenAnswer.safeParse(answer);
    if (!token.success) {
      throw ZendeskError.unexpected(doing, 'the answer holds no token');
    }
    return { header: `Bearer ${token.data.access_token}`, freshUntil: endOfUse(wire.now(), token.data.expires_in) };
  });
}

/** A minute ahead of its end, or a tenth of its life when that is less. */
function endOfUse(now: Temporal.Instant, lifetimeSeconds: number | null | undefined): Temporal.Instant | null {
  if (lifetimeSeconds == null) {
    return null;
  }
  const margin = Math.min(marginSeconds, lifetimeSeconds / 10);
  return now.add({ milliseconds: Math.round((lifetimeSeconds - margin) * 1000) });
}

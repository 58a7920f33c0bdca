/**
 * The bot's own token, with which it writes to Teams. Asked for by a form over HTTP, because the library that
 * botbuilder brings for it accepts no stand-in on loopback; a managed identity is asked through `@azure/identity`.
 */
import { z } from 'zod/v4';
import type { RegisteredBot } from '../../config/teams.ts';
import { botFrameworkIssuer, publicLogin } from './microsoft.ts';

const scope = `${botFrameworkIssuer}/.default`;
const patienceMs = 10_000;
/** Renewed this long before its end, so that no request starts with a token that ends on its way. */
const marginMs = 300_000;

export interface BotToken {
  current(): Promise<string>;
  /** The token was refused: the next one is a new one. */
  forget(): void;
}

interface Held {
  token: string;
  untilMs: number;
}

export function createBotToken(bot: RegisteredBot, now: () => Temporal.Instant): BotToken {
  let held: Held | null = null;
  let asking: Promise<Held> | null = null;
  const ask = bot.credential.kind === 'secret' ? askWithSecret : askManagedIdentity;
  return {
    async current() {
      if (held !== null && held.untilMs > now().epochMilliseconds) {
        return held.token;
      }
      asking ??= ask(bot, now).finally(() => {
        asking = null;
      });
      held = await asking;
      return held.token;
    },
    forget() {
      held = null;
    },
  };
}

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const Refusal = z.object({ error: z.string().catch(''), error_description: z.string().catch('') });

async function askWithSecret(bot: RegisteredBot, now: () => Temporal.Instant): Promise<Held> {
  const url = `${bot.loginUrl ?? publicLogin}/${bot.tenantId}/oauth2/v2.0/token`;
  const secret = bot.credential.kind === 'secret' ? bot.credential.secret : '';
  const form = { grant_type: 'client_credentials', client_id: bot.appId, client_secret: secret, scope };
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw new Error(`Asking ${new URL(url).host} for the bot’s token: no answer. It is tried again.`, { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  const answer = Answer.safeParse(body);
  if (!response.ok || !answer.success) {
    throw new Error(
      `Asking ${new URL(url).host} for the bot’s token: refused (${reasonOf(body, response.status)}). Check MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID and MICROSOFT_APP_PASSWORD; secrets of app registrations expire.`,
    );
  }
  return hold(answer.data.access_token, now().epochMilliseconds + answer.data.expires_in * 1000, now);
}

/** The code alone: the text around it may repeat what was sent. */
function reasonOf(body: unknown, status: number): string {
  const refusal = Refusal.safeParse(body);
  const code = refusal.success ? (/AADSTS\d+/.exec(refusal.data.error_description)?.[0] ?? refusal.data.error) : '';
  return code === '' ? `status ${status}` : code;
}

async function askManagedIdentity(bot: RegisteredBot, now: () => Temporal.Instant): Promise<Held> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  try {
    const token = await new ManagedIdentityCredential({ clientId: bot.appId }).getToken(scope);
    return hold(token.token, token.expiresOnTimestamp, now);
  } catch (cause) {
    throw new Error(
      'Asking the managed identity for the bot’s token: refused. Check that the identity whose client id is MICROSOFT_APP_ID is assigned to this machine.',
      { cause },
    );
  }
}

function hold(token: string, endsMs: number, now: () => Temporal.Instant): Held {
  const lifeMs = endsMs - now().epochMilliseconds;
  return { token, untilMs: endsMs - Math.min(marginMs, lifeMs / 2) };
}

/**
 * botbuilder's own check of the token, behind ours. It keeps keys for up to a day and asks for an unknown one at most
 * once an hour; so when it refuses what the gate let in, it is given a new set of keys, once.
 */
import { type Activity as BotActivity, type CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { TeamsConfig } from '../../../config/teams.ts';
import type { TeamsOptions } from '../deps.ts';
import { botFrameworkIssuer, botFrameworkMetadata } from '../microsoft.ts';
import type { Answer } from '../router.ts';

type Authentication = ConfigurationBotFrameworkAuthentication;
type Result = Awaited<ReturnType<Authentication['authenticateRequest']>>;

interface Checked {
  result: Result;
  authentication: ConstructorParameters<typeof CloudAdapter>[0] & {};
}

/** However often the library refuses what the gate let in, its keys are fetched anew at most this often. */
const restMs = 5_000;

export type SecondCheckDeps = Pick<TeamsOptions, 'bot' | 'newId' | 'now'>;

type SecondCheck = (activity: BotActivity, authorization: string) => Promise<Checked | Answer>;

export function createSecondCheck({ bot, newId, now }: SecondCheckDeps): SecondCheck {
  let renewedMs = 0;
  let authentication = createAuthentication(bot, newId());
  async function attempt(activity: BotActivity, authorization: string): Promise<Checked> {
    const current = authentication;
    return { result: await current.authenticateRequest(activity, authorization), authentication: current };
  }
  return async (activity, authorization) => {
    try {
      return await attempt(activity, authorization);
    } catch (error) {
      if (now().epochMilliseconds < renewedMs + restMs) {
        return refusal(error);
      }
    }
    renewedMs = now().epochMilliseconds;
    authentication = createAuthentication(bot, newId());
    try {
      return await attempt(activity, authorization);
    } catch (error) {
      return refusal(error);
    }
  };
}

/** Keys that cannot be fetched right now are no reason to throw a message away: Teams repeats it. */
function refusal(error: unknown): Answer {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : null;
  return status === 401
    ? { status: 401, body: { because: 'The token could not be checked a second time.' } }
    : { status: 503, body: { because: 'The keys with which Teams signs cannot be fetched right now.' } };
}

function createAuthentication(bot: TeamsConfig, id: string): Authentication {
  const metadata = bot.kind === 'registered' ? (bot.openIdMetadataUrl ?? botFrameworkMetadata) : botFrameworkMetadata;
  // Keys are held per address, for the whole process; the fragment makes it another address and is never sent.
  const keysFrom = `${metadata}#${id}`;
  return new ConfigurationBotFrameworkAuthentication(
    {
      ChannelService: '',
      ValidateAuthority: true,
      CallerId: '',
      OAuthUrl: 'https://token.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: keysFrom,
      ToBotFromEmulatorOpenIdMetadataUrl: keysFrom,
      ToBotFromChannelTokenIssuer: botFrameworkIssuer,
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com',
      ToChannelFromBotOAuthScope: botFrameworkIssuer,
    },
    credentialsOf(bot),
    { requiredEndorsements: ['msteams'], validateClaims },
  );
}

interface Claim {
  type: string;
  value: string;
}

/** The library lets in what Entra signed for the bot's own registration; only the Bot Framework speaks for Teams. */
function validateClaims(claims: Claim[]): Promise<void> {
  const issuer = claims.find((claim) => claim.type === 'iss')?.value;
  return issuer === botFrameworkIssuer
    ? Promise.resolve()
    : Promise.reject(Object.assign(new Error('The token is from another issuer.'), { statusCode: 401 }));
}

type Credentials = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** The library asks for these on every turn. It never sends anything for us, so it gets no token of the bot. */
function credentialsOf(bot: TeamsConfig): Credentials {
  return {
    isValidAppId: (id: string) => Promise.resolve(bot.kind === 'registered' && id === bot.appId),
    isAuthenticationDisabled: () => Promise.resolve(bot.kind === 'local'),
    createCredentials: () =>
      Promise.resolve({ signRequest: () => Promise.reject(new Error('Only the outbox writes to Teams.')) }),
  };
}

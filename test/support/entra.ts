/** A stand-in for the login host: publishes the keys of one directory, and signs tokens as it would, or as somebody else. */
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const tenant = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';
export const audience = 'api://causeway-alerts';
/** Azure Monitor's own application. */
export const actionGroups = '461e8683-5575-4561-ac7f-899cc907d62a';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

export interface TokenWishes {
  claims?: JWTPayload;
  /** Claims to leave out. */
  without?: readonly string[];
  /** Of version 1: other issuer, other name of the caller. */
  version?: 1 | 2;
  /** Signed by somebody else under the same key id. */
  forged?: boolean;
  keyId?: string;
  expiresInSeconds?: number;
}

export interface Entra {
  origin: string;
  /** Paths that were asked for. */
  asked: string[];
  /** From now on it answers nothing but errors. */
  breakDown(isBroken: boolean): void;
  token(wishes?: TokenWishes): Promise<string>;
  close(): Promise<void>;
}

export async function startEntra(): Promise<Entra> {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'key-1', use: 'sig' }] };
  const asked: string[] = [];
  let isBroken = false;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isKnown = request.url === `/${tenant}/discovery/v2.0/keys` && !isBroken;
    response.writeHead(isKnown ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? keys : {}));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Nobody has to close it for the process to end.
  server.unref();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    breakDown(broken) {
      isBroken = broken;
    },
    token: (wishes = {}) => sign(wishes.forged === true ? foreign : own, wishes),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sign({ privateKey }: KeyPair, wishes: TokenWishes): Promise<string> {
  const { claims = {}, expiresInSeconds = 3600, keyId = 'key-1', version = 2, without = [] } = wishes;
  const now = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  const whole: JWTPayload = {
    iss: version === 2 ? `https://login.microsoftonline.com/${tenant}/v2.0` : `https://sts.windows.net/${tenant}/`,
    aud: audience,
    tid: tenant,
    ...(version === 2 ? { azp: actionGroups } : { appid: actionGroups }),
    iat: now - 300,
    nbf: now - 300,
    exp: now + expiresInSeconds,
    ...claims,
  };
  const kept = Object.fromEntries(Object.entries(whole).filter(([name]) => !without.includes(name)));
  return new SignJWT(kept).setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' }).sign(privateKey);
}

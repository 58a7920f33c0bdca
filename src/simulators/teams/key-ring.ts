/**
 * The keys that sign what this Teams sends, as the Bot Framework publishes them: OpenID metadata, and a key set in which
 * each key names the channels it may speak for.
 */
import { createHash, generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { SimResponse } from '../server.ts';
import type { Json } from './records.ts';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Null: the entry in the key set has no such member. */
  endorsements: readonly string[] | null;
  published: boolean;
}

export interface KeyRing {
  /** Signs what is genuine. */
  current: SigningKey;
  /** May speak for Web Chat only. */
  webchat: SigningKey;
  unendorsed: SigningKey;
  /** Those that signed before. */
  previous: readonly SigningKey[];
}

const teamsEndorsements = ['msteams', 'skype', 'webchat'];
const keyOptions = { modulusLength: 2048 };

export const metadataPath = '/v1/.well-known/openidconfiguration';
export const keysPath = '/v1/.well-known/keys';

export async function openKeyRing(): Promise<KeyRing> {
  const generate = promisify(generateKeyPair);
  const [current, webchat, unendorsed] = await Promise.all([
    generate('rsa', keyOptions),
    generate('rsa', keyOptions),
    generate('rsa', keyOptions),
  ]);
  return {
    current: asSigningKey(current, teamsEndorsements),
    webchat: asSigningKey(webchat, ['webchat', 'directline']),
    unendorsed: asSigningKey(unendorsed, null),
    previous: [],
  };
}

/** A new key signs from now on; the one before stays published until it is withdrawn. */
export function rotate(ring: KeyRing, published: boolean): void {
  ring.previous = [...ring.previous, ring.current];
  ring.current = { ...newKey(), published };
}

/** A key of nobody, for forged tokens. */
export function newKey(): SigningKey {
  return asSigningKey(generateKeyPairSync('rsa', keyOptions), teamsEndorsements);
}

function asSigningKey(
  pair: { publicKey: KeyObject; privateKey: KeyObject },
  endorsements: SigningKey['endorsements'],
): SigningKey {
  const kid = createHash('sha1')
    .update(pair.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  return { kid, ...pair, endorsements, published: true };
}

export function publishedKeys({ current, webchat, unendorsed, previous }: KeyRing): SigningKey[] {
  return [current, webchat, unendorsed, ...previous].filter((key) => key.published);
}

export function metadata(origin: string): SimResponse {
  return {
    status: 200,
    body: {
      issuer: 'https://api.botframework.com',
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${origin}${keysPath}`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    },
  };
}

export function keySet(ring: KeyRing): SimResponse {
  return { status: 200, body: { keys: publishedKeys(ring).map(asJwk) } };
}

function asJwk({ kid, publicKey, endorsements }: SigningKey): Json {
  const jwk = publicKey.export({ format: 'jwk' });
  return { ...jwk, use: 'sig', kid, x5t: kid, ...(endorsements !== null && { endorsements }) };
}

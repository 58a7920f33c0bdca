/** Reads the Bot Framework's OpenID metadata and the key set that it names. */
import type { JWK } from 'jose';
import { z } from 'zod/v4';
import { isLoopback } from '../../../config/address.ts';

export interface SigningKey {
  jwk: JWK;
  /** The channels for which this key may speak. */
  endorsements: readonly string[];
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Teams gives up on a turn after 10 to 15 s; two fetches have to fit in. */
const timeoutMs = 4_000;

const Metadata = z.object({ jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.unknown()) });
const RsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string().min(1),
  e: z.string().min(1),
  use: z.literal('sig').optional(),
  alg: z.string().optional(),
  endorsements: z.array(z.string()).default([]),
});

/**
 * Every key that can verify a signature, by its id. Keys of other kinds are left out.
 * @throws {Error} when one of both documents cannot be had or read, or holds no key at all.
 */
export async function fetchKeys(metadataUrl: string, fetch: Fetch): Promise<ReadonlyMap<string, SigningKey>> {
  const { jwks_uri: keysUrl } = Metadata.parse(await fetchJson(metadataUrl, fetch));
  if (!isTrusted(keysUrl, metadataUrl)) {
    throw new Error('The metadata names keys at an address without https.');
  }
  const keys = new Map<string, SigningKey>();
  for (const entry of KeySet.parse(await fetchJson(keysUrl, fetch)).keys) {
    const read = RsaKey.safeParse(entry);
    if (read.success && !keys.has(read.data.kid)) {
      const { kid, kty, n, e, alg, endorsements } = read.data;
      keys.set(kid, { jwk: { kty, n, e, ...(alg !== undefined && { alg }) }, endorsements });
    }
  }
  if (keys.size === 0) {
    throw new Error('The key set holds no RSA key.');
  }
  return keys;
}

/** Plain http is for a stand-in, and a stand-in names itself only. */
function isTrusted(keysUrl: string, metadataUrl: string): boolean {
  const { protocol, hostname } = new URL(keysUrl);
  return protocol === 'https:' || (isLoopback(hostname) && isLoopback(new URL(metadataUrl).hostname));
}

async function fetchJson(url: string, fetch: Fetch): Promise<unknown> {
  // A redirect could lead to plain http, where anybody on the way may answer.
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: unknown) => {
      throw new Error(`GET ${url}: ${tellCause(error)}`, { cause: error });
    },
  );
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`GET ${url} was answered with ${response.status}.`);
  }
  return response.json();
}

/** `fetch` says only “fetch failed”; why stands behind it. */
function tellCause(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}

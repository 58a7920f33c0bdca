/** Takes the token out of the Authorization header and reads what it says about its own signature. Nothing is proven yet. */
import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { type Refusal, unproven } from './refusal.ts';

export interface SignedToken {
  compact: string;
  keyId: string;
}

export const acceptedAlgorithms = ['RS256', 'RS384', 'RS512'];

/** Genuine tokens have about a thousand characters. */
const maxTokenLength = 8 * 1024;
/** Key ids are remembered for a while, so a long one must not cost memory. */
const maxKeyIdLength = 200;

export function readBearer(authorization: string | null): SignedToken | Refusal {
  if (authorization === null || authorization.trim() === '') {
    return unproven('The request carries no token.');
  }
  if (authorization.length > maxTokenLength) {
    return unproven('The token is too long.');
  }
  const compact = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
  const header = compact === undefined ? null : readHeader(compact);
  if (compact === undefined || header === null) {
    return unproven('The Authorization header holds no signed token.');
  }
  if (!acceptedAlgorithms.includes(header.alg ?? '')) {
    return unproven('The token is not signed in a way that is accepted here.');
  }
  // No extension of the format is known here, so one that must be understood cannot be accepted.
  if (header.crit !== undefined) {
    return unproven('The token demands an extension that is not known here.');
  }
  if (typeof header.kid !== 'string' || header.kid === '' || header.kid.length > maxKeyIdLength) {
    return unproven('The token does not say which key signed it.');
  }
  return { compact, keyId: header.kid };
}

function readHeader(compact: string): ProtectedHeaderParameters | null {
  try {
    return decodeProtectedHeader(compact);
  } catch {
    return null;
  }
}

/**
 * The opaque token of a button. It names one revision of one message (`tokenId`) and fits one verb and one person only;
 * everything else about it is looked up. Derived, never stored: the same button always has the same token.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface TokenClaim {
  /** Secret of the installation. */
  key: string;
  verb: string;
  person: string;
}

const encodedTag = 22;
const encodedSeal = 43;

export function deriveToken({ key, tokenId, verb, person }: TokenClaim & { tokenId: string }): string {
  const name = Buffer.from(tokenId, 'utf8').toString('base64url');
  return `${name}.${issueTag(key, tokenId)}.${seal(key, tokenId, verb, person)}`;
}

/** `not-yours`: we made it, but for another person or another button. */
export function readToken({
  key,
  token,
  person,
  verb,
}: TokenClaim & { token: string }): { tokenId: string } | 'unknown' | 'not-yours' {
  const [name, tag, mac, ...rest] = token.split('.');
  if (name === undefined || tag?.length !== encodedTag || mac?.length !== encodedSeal || rest.length > 0) {
    return 'unknown';
  }
  const tokenId = Buffer.from(name, 'base64url').toString('utf8');
  if (!sameBytes(tag, issueTag(key, tokenId))) {
    return 'unknown';
  }
  return sameBytes(mac, seal(key, tokenId, verb, person)) ? { tokenId } : 'not-yours';
}

/** Which buttons a token of ours is for, whosever it is; null for an invented one. It gives nobody a right. */
export function issuedTokenId(key: string, token: string): string | null {
  const [name = '', tag = ''] = token.split('.');
  const tokenId = Buffer.from(name, 'base64url').toString('utf8');
  return sameBytes(tag, issueTag(key, tokenId)) ? tokenId : null;
}

/** Tells a token of ours from an invented one, whoever presents it. */
function issueTag(key: string, tokenId: string): string {
  return hmac(key, ['issued', tokenId]).subarray(0, 16).toString('base64url');
}

function seal(key: string, tokenId: string, verb: string, person: string): string {
  return hmac(key, ['button', tokenId, verb, person]).toString('base64url');
}

/** JSON keeps the parts apart, so that no two lists give the same bytes. */
function hmac(key: string, parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

function sameBytes(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

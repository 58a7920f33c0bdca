/**
 * The seal of an exported file: a signature that anybody can check and only the installation can make. Its key follows
 * from the key of the audit, so that nothing more has to be kept.
 */
import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

export interface FileSeal {
  /** Public key, Ed25519, in hex: who sealed it. The same for all exports of an installation. */
  by: string;
  /** Over everything before it, in hex. */
  signature: string;
}

/** What stands before the 32 bytes of a private and of a public key in their standard forms (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function privateKeyOf(auditKey: string): KeyObject {
  const seed = createHmac('sha256', auditKey).update('seal of exports').digest();
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
}

/** Who seals the exports of the installation with this key. */
export function sealerOf(auditKey: string): string {
  const spki = createPublicKey(privateKeyOf(auditKey)).export({ format: 'der', type: 'spki' });
  return spki.subarray(publicPrefix.length).toString('hex');
}

export function sealText(auditKey: string, text: string): FileSeal {
  const signature = sign(null, Buffer.from(text), privateKeyOf(auditKey)).toString('hex');
  return { by: sealerOf(auditKey), signature };
}

/** Whether whoever is named made it over exactly this text. */
export function isSealed(text: string, { by, signature }: FileSeal): boolean {
  try {
    const key = Buffer.concat([publicPrefix, Buffer.from(by, 'hex')]);
    const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

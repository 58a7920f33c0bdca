/** Tells whether a comment still says what it said; what it says is not kept for that. */
import { createHash } from 'node:crypto';
import type { TicketAttachment } from '../flows/event.ts';

/** Links are left out: where they end in a token, each reading may bring another one. */
export function fingerprintOf(body: string, attachments: readonly TicketAttachment[]): string {
  const files = attachments.map(({ name, size, link, malware }) => [name, size, link !== null, malware]);
  return createHash('sha256')
    .update(JSON.stringify([body, files]))
    .digest('base64url')
    .slice(0, 22);
}

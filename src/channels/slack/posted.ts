/**
 * The platform's id of a message of ours. Where it belongs, that is its `ts` alone, by which its thread is known. What
 * stands elsewhere has an id that is no `ts`, so that no thread is ever taken for its.
 */
export type Posted =
  | { kind: 'here'; ts: string }
  /** The same, but without its words: people from outside read along. */
  | { kind: 'bare'; ts: string }
  /** In the direct messages of one person. */
  | { kind: 'direct'; ts: string; channel: string }
  /** Shown to one person for a while; it cannot be edited. */
  | { kind: 'ephemeral'; ts: string };

const directMark = ' in ';
const ephemeralMark = 'ephemeral ';
const bareMark = ' bare';

export function encodePosted(posted: Posted): string {
  switch (posted.kind) {
    case 'here':
      return posted.ts;
    case 'bare':
      return `${posted.ts}${bareMark}`;
    case 'direct':
      return `${posted.ts}${directMark}${posted.channel}`;
    case 'ephemeral':
      return `${ephemeralMark}${posted.ts}`;
    default: {
      const never: never = posted;
      return never;
    }
  }
}

export function decodePosted(platformId: string): Posted {
  if (platformId.startsWith(ephemeralMark)) {
    return { kind: 'ephemeral', ts: platformId.slice(ephemeralMark.length) };
  }
  if (platformId.endsWith(bareMark)) {
    return { kind: 'bare', ts: platformId.slice(0, -bareMark.length) };
  }
  const [ts = '', channel] = platformId.split(directMark);
  return channel === undefined ? { kind: 'here', ts } : { kind: 'direct', ts, channel };
}

/** The `ts` of what stands in the place that the message belongs to; null when nothing does. */
export function tsHere(platformId: string | null): string | null {
  const posted = platformId === null ? null : decodePosted(platformId);
  return posted?.kind === 'here' || posted?.kind === 'bare' ? posted.ts : null;
}

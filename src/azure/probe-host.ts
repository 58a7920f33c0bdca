/**
 * A try from the bot's own host: its resolver is asked for the name, a connection is opened to the address that was
 * planned (never to another one that a resolver may name), and for the web a TLS handshake with the app's name. A
 * certificate is told, not trusted: whether it fits is one thing, whether somebody answers another.
 */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { connect as connectSecurely, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';

export interface HostTry {
  host: string;
  address: string;
  port: number;
}

export type NameSight =
  | { kind: 'answered'; addresses: readonly string[] }
  | { kind: 'no-name' }
  | { kind: 'unknown'; because: string };

export type ReachSight =
  | { kind: 'open' }
  | { kind: 'closed'; because: string }
  /** Something of this host, not of the way. */
  | { kind: 'unknown'; because: string };

export type CertificateSight =
  | { kind: 'presented'; to: string; by: string; until: string; trusted: boolean; because: string }
  | { kind: 'no-handshake'; because: string };

/** `error` codes of getaddrinfo that mean: the resolver answered, and there is no such name. */
const noName = new Set(['ENOTFOUND', 'ENODATA']);

export async function lookUp(host: string, timeoutMs: number): Promise<NameSight> {
  const late = Promise.withResolvers<NameSight>();
  const timer = setTimeout(() => late.resolve({ kind: 'unknown', because: 'the resolver did not answer' }), timeoutMs);
  try {
    return await Promise.race([askResolver(host), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function askResolver(host: string): Promise<NameSight> {
  try {
    const found = await lookup(host, { all: true, family: 4 });
    return { kind: 'answered', addresses: found.map(({ address }) => address) };
  } catch (error) {
    const code = codeOf(error);
    return noName.has(code) ? { kind: 'no-name' } : { kind: 'unknown', because: code };
  }
}

/** What the other side, or the way to it, does. Everything else is about this host. */
const refusals: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'cut off',
  EHOSTUNREACH: 'no way there',
  ENETUNREACH: 'no way there',
  ETIMEDOUT: 'no answer',
};

export function tryConnect(address: string, port: number, timeoutMs: number): Promise<ReachSight> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    function end(sight: ReachSight): void {
      socket.destroy();
      resolve(sight);
    }
    socket.setTimeout(timeoutMs, () => end({ kind: 'closed', because: 'no answer' }));
    socket.once('connect', () => end({ kind: 'open' }));
    socket.once('error', (error) => {
      const code = codeOf(error);
      const because = refusals[code];
      end(because === undefined ? { kind: 'unknown', because: code } : { kind: 'closed', because });
    });
  });
}

export function shakeHands({ address, host, port }: HostTry, timeoutMs: number): Promise<CertificateSight> {
  return new Promise((resolve) => {
    // What is presented is told as it is, so an unknown issuer must not end the handshake.
    const socket = connectSecurely({ host: address, port, servername: host, rejectUnauthorized: false });
    function end(sight: CertificateSight): void {
      socket.destroy();
      resolve(sight);
    }
    socket.setTimeout(timeoutMs, () => end({ kind: 'no-handshake', because: 'no answer' }));
    socket.once('secureConnect', () => {
      const reason: unknown = socket.authorizationError;
      const { authorized } = socket;
      end({ kind: 'presented', ...told(socket.getPeerCertificate()), trusted: authorized, because: wordOf(reason) });
    });
    socket.once('error', (error) => end({ kind: 'no-handshake', because: codeOf(error) }));
  });
}

function told(certificate: PeerCertificate | DetailedPeerCertificate): { to: string; by: string; until: string } {
  const names = (certificate.subjectaltname ?? '').split(', ').map((name) => name.replace(/^DNS:/, ''));
  const { subject, issuer, valid_to: until } = certificate;
  const to = names.join('') === '' ? wordOf(subject?.CN) : names.join(', ');
  return { to: plain(to), by: plain(wordOf(issuer?.O) || wordOf(issuer?.CN)), until: plain(wordOf(until)) };
}

const mostCharacters = 120;

/** Whoever answers chose these words. */
function plain(text: string): string {
  const kept = text.replaceAll(/[^\p{L}\p{N} .,*:'-]/gu, '');
  return kept.length > mostCharacters ? `${kept.slice(0, mostCharacters - 1)}…` : kept;
}

function wordOf(value: unknown): string {
  if (value instanceof Error) {
    return codeOf(value);
  }
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : '';
}

function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : typeof message === 'string' ? plain(message) : 'unknown';
}

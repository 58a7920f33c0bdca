/** Where the bot listens, and under which address others reach it. */
import { isIP } from 'node:net';
import { isLoopback, readUrl } from './address.ts';
import type { RawEnvironment } from './environment.ts';
import type { Mode } from './mode.ts';
import type { Report } from './problem.ts';

export interface Listener {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Without a slash at the end; null when nobody said it, then links and webhooks name the listener. */
  publicUrl: string | null;
}

const defaultHost = '127.0.0.1';
const defaultPort = 3978;
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export function readListener(raw: RawEnvironment, mode: Mode, report: Report): Listener {
  return {
    host: readHost(raw, mode, report),
    port: mode === 'demo' ? 0 : readPort(raw, report),
    publicUrl: readPublicUrl(raw, report),
  };
}

function readHost(raw: RawEnvironment, mode: Mode, report: Report): string {
  const host = raw.HOST ?? defaultHost;
  if (isIP(host) === 0 && !hostName.test(host)) {
    report(
      'HOST',
      `${JSON.stringify(host)} is no host`,
      'Write an address or a name without a port, such as 127.0.0.1 or 0.0.0.0.',
    );
    return defaultHost;
  }
  if (mode !== 'serve' && !isLoopback(host)) {
    report(
      'HOST',
      `${host} lets other machines in, and the local page has no sign-in`,
      'Write 127.0.0.1 or leave it empty; to be reached by others, use “causeway serve”.',
    );
  }
  return host;
}

function readPort(raw: RawEnvironment, report: Report): number {
  if (raw.PORT === undefined) {
    return defaultPort;
  }
  const port = /^\d{1,5}$/.test(raw.PORT) ? Number(raw.PORT) : Number.NaN;
  if (port <= 65_535) {
    return port;
  }
  report(
    'PORT',
    `${JSON.stringify(raw.PORT)} is no port`,
    `Write a number from 1 to 65535, or leave it empty for ${defaultPort}.`,
  );
  return defaultPort;
}

function readPublicUrl(raw: RawEnvironment, report: Report): string | null {
  if (raw.PUBLIC_URL === undefined) {
    return null;
  }
  const url = readUrl('PUBLIC_URL', raw.PUBLIC_URL, 'https://causeway.example.com', report);
  if (url === null) {
    return null;
  }
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    report(
      'PUBLIC_URL',
      'is not encrypted',
      'Write an address that starts with https://; plain http is for this machine only.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

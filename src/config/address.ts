/** What counts as this machine, and how an address of a service is read. */
import { isIPv4 } from 'node:net';
import type { VariableName } from './environment.ts';
import type { Report } from './problem.ts';

/** 127.0.0.0/8, `::1` and `localhost`; nothing that has to be looked up, because a name server could answer anything. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

/**
 * An http or https address without user, query or fragment; null when it is none, which was then reported. The value
 * itself is never shown: somebody may have put a password into it.
 */
export function readUrl(name: VariableName, value: string, example: string, report: Report): URL | null {
  const instead = `Write an address such as ${example}.`;
  if (!URL.canParse(value)) {
    report(name, 'is no address', instead);
    return null;
  }
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    report(name, `starts with ${url.protocol}//`, instead);
    return null;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    report(name, 'holds more than an address (a user, a password, “?” or “#”)', instead);
    return null;
  }
  return url;
}

/** A stand-in is accepted on this machine only, and only while nobody else can reach the bot. */
export function checkStandIn(name: VariableName, url: URL, host: string, report: Report): void {
  const orReal = `or leave ${name} empty and configure the real service`;
  if (!isLoopback(url.hostname)) {
    report(
      name,
      `names ${url.hostname}, and a stand-in has to be on this machine`,
      `Write an address on 127.0.0.1, ${orReal}.`,
    );
  } else if (!isLoopback(host)) {
    report(name, `is a stand-in, but HOST (${host}) lets other machines in`, `Set HOST to 127.0.0.1, ${orReal}.`);
  }
}

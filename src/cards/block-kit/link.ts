/** Links that lead where they say. Only http and https are links; everything else stays text. */
import { limits } from './limits.ts';
import type { Run } from './run.ts';

/** The address as Slack gets it, or null when it is no web address or longer than Slack takes. */
export function webAddress(target: string, maxLength: number = limits.url): string | null {
  const url = URL.parse(target);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    return null;
  }
  const address = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return address.replaceAll('&', '&amp;').length <= maxLength ? address : null;
}

/** The label of one link, with the real host behind it when it misleads. */
export function honestLabel(label: string, address: string): string {
  const host = URL.parse(address)?.host ?? '';
  return misleads(hostsNamedIn(label), address) ? `${label} (${host})` : label.trim() === '' ? host : label;
}

/**
 * Links that touch read as one label, so they are judged together: if it names a host that is not the host of all of
 * them, each is followed by its own.
 */
export function honestRuns(line: readonly Run[]): Run[] {
  const told: Run[] = [];
  let links: Run[] = [];
  for (const run of line) {
    if (run.url !== undefined) {
      links.push(run);
      continue;
    }
    honestLinks(links).forEach((link) => told.push(link));
    told.push(run);
    links = [];
  }
  return [...told, ...honestLinks(links)];
}

function honestLinks(links: readonly Run[]): readonly Run[] {
  const hosts = hostsNamedIn(links.map((run) => run.text).join(''));
  const isHonest = links.every(({ url = '' }) => !misleads(hosts, url));
  return isHonest ? links : links.flatMap(withHost);
}

/** Longer labels may be cut in two, and half of one would not tell the host. */
const longLabel = 200;

/** A misleading label loses its looks, so that it and the real host are one link; a long one is no link, its host is. */
function withHost(run: Run, index: number, links: readonly Run[]): Run[] {
  const { text, url = '' } = run;
  const isEnd = links[index + 1]?.url !== run.url;
  const host = isEnd ? `(${URL.parse(url)?.host ?? ''})` : '';
  if (text.length > longLabel || links.length > 1) {
    return [{ text: isEnd ? `${text} ` : text }, ...(isEnd ? [{ text: host, url }] : [])];
  }
  return [{ text: `${text} ${host}`, url }];
}

/** A user name in front of the host can be taken for the host. */
function misleads(hostsNamed: readonly string[], address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.username !== '' || hostsNamed.some((host) => host !== url.hostname));
}

const dotLike = /[․。．｡]/g;
const hostLike = /[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu;

/** What reads like a host name, in the form in which addresses hold it; look-alike dots and hidden marks are seen through. */
function hostsNamedIn(label: string): string[] {
  const read = label
    .replaceAll(dotLike, '.')
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0]/gu, '');
  return [...read.matchAll(hostLike)]
    .map(([name]) => name.toLowerCase())
    .filter((name) => /\.\p{L}[\p{L}\p{N}-]+$/u.test(name) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name))
    .map((name) => URL.parse(`https://${name}`)?.hostname ?? name);
}

/** Slack's servers fetch a picture themselves, so an address that only we can reach shows nothing. */
export function isReachableFromOutside(address: string): boolean {
  const host = URL.parse(address)?.hostname ?? '';
  const isPrivate = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.)/.test(host);
  return host.includes('.') && !isPrivate && !host.startsWith('[') && !/\.(?:localhost|local|internal)$/.test(host);
}

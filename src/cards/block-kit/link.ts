/** Links that lead where they say. Only http and https are links; everything else stays text. */
import { limits } from './limits.ts';

/** The address as Slack gets it, or null when it is no web address or longer than Slack takes. */
export function webAddress(target: string, maxLength: number = limits.url): string | null {
  const url = URL.parse(target);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    return null;
  }
  const address = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return address.replaceAll('&', '&amp;').length <= maxLength ? address : null;
}

/**
 * The label, with the real host behind it when the label names another one, or when a user name stands in front of the
 * host, where it can be taken for it.
 */
export function honestLabel(label: string, address: string): string {
  const url = URL.parse(address);
  if (url === null) {
    return label;
  }
  if (label.trim() === '') {
    return url.host;
  }
  const misleads = url.username !== '' || hostsNamedIn(label).some((host) => host !== url.hostname);
  return misleads ? `${label} (${url.host})` : label;
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

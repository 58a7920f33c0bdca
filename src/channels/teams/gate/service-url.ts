/**
 * Where answers may be sent. The bot puts its own token on every request to this address, so an address of somebody
 * else would hand that token over.
 */
import { isLoopback } from '../../../config/address.ts';

export interface ServiceUrlRules {
  /** Exact host names, lower case. */
  serviceHosts: readonly string[];
  /** True only while a stand-in on this machine plays Teams. */
  loopbackServiceUrls: boolean;
}

export function isAllowedServiceUrl(address: string, { serviceHosts, loopbackServiceUrls }: ServiceUrlRules): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const url = new URL(address);
  // Another parser may read an unusual spelling as another host; what is accepted has only one reading.
  if (url.href !== address && url.href !== `${address}/`) {
    return false;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return false;
  }
  if (url.protocol === 'https:' && url.port === '' && serviceHosts.includes(url.hostname)) {
    return true;
  }
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return loopbackServiceUrls && web && isLoopback(url.hostname);
}

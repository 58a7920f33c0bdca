/**
 * The sentences in which people ask for a connection, one reader each. A reader takes the request without its
 * politeness and says what it holds, or null when the sentence is another one.
 */
import {
  addressesIn,
  appsIn,
  cut,
  fullNamesIn,
  isFullName,
  linkServiceIn,
  nameIn,
  namesIn,
  portIn,
  saysEveryApp,
} from './connect-words.ts';

/** What must work in the end. `peering`: the networks themselves, such as a peering that has to be repaired. */
export type Purpose = 'apps' | 'database' | 'service' | 'dns' | 'peering';

/** A service in the company's own network; null where the sentence does not say it. */
export interface SaidService {
  fqdn: string | null;
  /** Name, id or alias of its Private Link service. */
  link: string | null;
  address: string | null;
  port: number | null;
}

export interface Request {
  /** Words that name a Mendix environment. */
  environment: string | null;
  /** Words that name the other networks, or their ids. */
  networks: readonly string[];
  apps: readonly string[];
  /** Every app, also those to come. */
  wildcard: boolean;
  purpose: Purpose | null;
  service: SaidService | null;
  dnsServers: readonly string[];
}

export const emptyRequest: Request = {
  environment: null,
  networks: [],
  apps: [],
  wildcard: false,
  purpose: null,
  service: null,
  dnsServers: [],
};

const connectVerb =
  /^(?:connect|peer|link|hook up|interconnect|set up (?:a )?(?:connection|peering|connectivity)(?: (?:of|for|from|between))?)(?=\s|$)\s*/iu;
const wishStart = /\s*(?:,\s*)?\b(?:for|so that|so|because|in order to|to (?:open|reach|use|read))\b\s*/iu;

/** "connect mendix-prod to hub-vnet and spoke-7 for apps orders and billing" */
export function readPlainRequest(request: string): Request | null {
  const verb = connectVerb.exec(request);
  if (verb === null) {
    return null;
  }
  const [sides, wish] = cut(request.slice(verb[0].length), wishStart);
  const [first, others] = cut(sides, /\s+(?:to|with|and|into|↔|->|<->)\s+/iu);
  if (others === '' && /^(?:link|peer|hook)/iu.test(verb[0])) {
    return null;
  }
  const [target, via] = cut(others, viaStart);
  if (isFullName(target)) {
    return serviceRequest(nameIn(first), target, via);
  }
  return {
    ...emptyRequest,
    environment: nameIn(first),
    networks: namesIn(target),
    ...appsIn(wish),
    purpose: purposeOf(wish),
  };
}

function purposeOf(wish: string): Purpose | null {
  if (/\b(?:database|db|sql|postgres\w*)\b/iu.test(wish)) {
    return 'database';
  }
  if (saysEveryApp(wish) || /\b(?:apps?|applications?)\b/iu.test(wish)) {
    return 'apps';
  }
  if (/\b(?:dns|names? resolution)\b/iu.test(wish)) {
    return 'dns';
  }
  return /\b(?:services?|api|apis|endpoint|erp|sap)\b/iu.test(wish) ? 'service' : null;
}

const viaStart = /\s+(?:via|through|over|using|behind)\s+/iu;
const reachVerb = '(?:reach|access|call|use|talk to|connect to|get to|open|see)';
const letSomebody = new RegExp(
  String.raw`^(?:let|allow|enable|have|make)\s+(?<who>.+?)\s+(?:to\s+)?${reachVerb}\s+(?<what>.+)$`,
  'iu',
);
const somebodyShould = new RegExp(
  String.raw`^(?<who>.*\bapp(?:s|lications?)?\b.*?)\s+(?:should|must|needs? to|has to|have to)\s+(?:be able to\s+)?${reachVerb}\s+(?<what>.+)$`,
  'iu',
);
const people = /\b(?:people|users?|everybody|everyone|colleagues|staff|clients?|we|us|teams?|offices?)\b/iu;
const appWord = /\b(?:apps?|applications?)\b/iu;

/** "let apps in mendix-prod reach erp.corp.example via pls-erp" */
export function readServiceRequest(request: string): Request | null {
  const { who = '', what = '' } = (letSomebody.exec(request) ?? somebodyShould.exec(request))?.groups ?? {};
  const [target, via] = cut(what, viaStart);
  const [fqdn] = fullNamesIn(target);
  const isByApps = appWord.test(who) || (!people.test(who) && !appWord.test(what));
  if (who === '' || !isByApps || people.test(who) || fqdn === undefined) {
    return null;
  }
  return serviceRequest(environmentOfApps(who), target, via);
}

/** The name may be followed by where it stands: "erp.corp.example in hub-vnet at 10.20.1.7, port 8443". */
function serviceRequest(environment: string | null, target: string, via: string): Request {
  const [said, place] = cut(via, placeStart);
  const [fqdn] = fullNamesIn(target);
  const [, standsIn] = cut(target, placeStart);
  const [network] = cut(place === '' ? standsIn : place, /\s+(?:at|on|port|with)\b|\s*[,;(]/iu);
  const whole = `${target} ${via}`;
  return {
    ...emptyRequest,
    environment,
    networks: addressesIn(network).length > 0 ? [] : namesIn(network),
    purpose: 'service',
    service: {
      fqdn: fqdn ?? null,
      link: linkServiceIn(via) ?? linkName(said),
      address: addressesIn(whole)[0] ?? null,
      port: portIn(whole),
    },
  };
}

const placeStart = /\s+(?:in|inside|within)\s+/iu;
const linkNoun = /\b(?:private link services?|link services?|pls|service)\b(?!-)/giu;

/** "the private link service pls-erp" is "pls-erp"; "peering" and "Private Link" alone name none. */
function linkName(via: string): string | null {
  const [name] = cut(via, /\s+(?:at|on|port|with|for|from)\b|\s*[,;(]/iu);
  const said = nameIn(name.replace(linkNoun, ' ').replaceAll(/\s+/gu, ' ').trim());
  return said === null || /^(?:vnet |network )?peering$|^(?:azure )?private (?:link|endpoints?)$/iu.test(said)
    ? null
    : said;
}

function environmentOfApps(who: string): string | null {
  const [, place] = cut(who, /\s+(?:in|of|on|inside)\s+/iu);
  if (place !== '') {
    return nameIn(place);
  }
  const before = /^(?<name>.+?)(?:['’]s)?\s+(?:apps?|applications?)\b/iu.exec(who)?.groups?.['name'] ?? null;
  return appWord.test(who) ? (before === null ? null : nameIn(before)) : nameIn(who);
}

const offerForms = [
  /^(?:expose|publish|offer)\s+(?<what>.+?)\s+(?:to|for|in)\s+(?<where>.+)$/iu,
  /^open\s+(?<what>.+?)\s+(?:to|for)\s+(?<where>.+)$/iu,
  /^make\s+(?<what>.+?)\s+(?:reachable|available|accessible|open)\s+(?:from|in|to|for|inside)\s+(?<where>.+)$/iu,
];

/** "let people in hub-vnet open app orders", "expose apps orders and billing of mendix-prod to hub-vnet" */
export function readAppsRequest(request: string): Request | null {
  const { who, what: opened = '' } = letSomebody.exec(request)?.groups ?? {};
  if (who !== undefined) {
    const isForPeople = people.test(who) || (!appWord.test(who) && appWord.test(opened));
    const read = isForPeople && namesApps(opened) ? appsRequest(opened, placeOf(who)) : null;
    return read !== null && (read.apps.length > 0 || read.wildcard || read.networks.length > 0) ? read : null;
  }
  for (const form of offerForms) {
    const { what, where } = form.exec(request)?.groups ?? {};
    if (what !== undefined && where !== undefined && namesApps(what)) {
      return appsRequest(what, where);
    }
  }
  return null;
}

function namesApps(what: string): boolean {
  return appWord.test(what) || fullNamesIn(what).length > 0;
}

/** "people in hub-vnet" is "hub-vnet"; "people" is nowhere. */
function placeOf(who: string): string {
  const [, place] = cut(who, /\s+(?:in|of|from|on|inside|behind)\s+/iu);
  return place === '' && people.test(who) ? '' : place || who;
}

function appsRequest(what: string, where: string): Request {
  const [, environment] = cut(what, /\s+(?:in|of|on|from)\s+(?=\S)/iu);
  const named = appWord.test(what) ? appsIn(what) : { apps: fullNamesIn(what), wildcard: false };
  return {
    ...emptyRequest,
    environment: nameIn(environment),
    networks: namesIn(cut(where, wishStart)[0]),
    ...named,
    purpose: 'apps',
  };
}

const databaseNoun = /\b(?:databases?|db|postgres(?:ql)?)\b/iu;
const databaseForms = [
  /^(?:(?:give|grant|get|allow|let|enable|set up|provide|have|open|create)\b.*?\s)?(?:direct |read(?:[- ]?only)? |reading )*access to\b/iu,
  /^(?:read|query)\b/iu,
  /^(?:let|allow|enable)\s+(?<who>.+?)\s+(?:to\s+)?(?:read|query|access)\b/iu,
  /^(?:(?:give|grant|get|allow|enable|set up|provide|have|open)\s.*?)?(?:direct |read(?:[- ]?only)? )*(?:database|db) (?:read )?access\b/iu,
];
const otherMatters = /\b(?:logs?|logging|backups?|restore|passwords?|users?|firewall|upgrades?|storage|portal)\b/iu;

/** "read access to the database of mendix-prod from bi-vnet" */
export function readDatabaseRequest(request: string): Request | null {
  const form = databaseForms.find((one) => one.test(request));
  if (form === undefined || !databaseNoun.test(request) || otherMatters.test(request)) {
    return null;
  }
  const { who } = form.exec(request)?.groups ?? {};
  const [what, from] = cut(request, /\s+from\s+/iu);
  const [before, after] = cut(
    what,
    /\s+(?:of|in|behind|for|on|to)\s+(?!the (?:database|db)\b|our (?:database|db)\b)/iu,
  );
  const named = /\b(?<name>[\w-]+)(?:['’]s)?\s+(?:databases?|db)\b/iu.exec(before)?.groups?.['name'] ?? '';
  const ours = after === '' ? named : after;
  return {
    ...emptyRequest,
    environment: /^(?:the|our|its|a|to|read|query|direct|access|production|only)$/iu.test(ours)
      ? null
      : nameIn(ours.replace(databaseNoun, '')),
    networks: from === '' ? (who === undefined ? [] : namesIn(placeOf(who))) : namesIn(cut(from, wishStart)[0]),
    purpose: 'database',
  };
}

const dnsNoun = /\b(?:dns|name)[ -]?servers?\b|\bdns resolvers?\b/iu;
const dnsVerb = /^(?:use|set|configure|point|switch|change|add)\b|\b(?:should|must|needs? to|has to) use\b/iu;
const dnsEnvironments = [
  /^(?:point|switch)\s+(?<name>.+?)\s+(?:to|at)\b/iu,
  /^(?<name>.+?)\s+(?:should|must|needs? to|has to)\s+use\b/iu,
  /\b(?:for|of|on)\s+(?<name>[^\s,.;:(].*?)(?=\s+(?:to|with|at|in|via|from|and)\b|[,;:(]|\.?$)/iu,
];

/** "use our DNS servers 10.1.0.4 and 10.1.0.5 for mendix-prod" */
export function readDnsRequest(request: string): Request | null {
  if (!dnsNoun.test(request) || !dnsVerb.test(request)) {
    return null;
  }
  const servers = addressesIn(request);
  const said = servers
    .reduce((text, server) => text.replaceAll(server, ''), request)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const environment = dnsEnvironments
    .map((form) => form.exec(said)?.groups?.['name'])
    .find((name) => name !== undefined);
  const standsIn =
    /\b(?:in|inside|behind|via)\s+(?<name>[^\s,.;:(].*?)(?=\s+(?:for|of|on|to|and|with|at)\b|[,;:(]|\.?$)/iu.exec(said)
      ?.groups?.['name'] ?? '';
  return {
    ...emptyRequest,
    environment: environment === undefined || dnsNoun.test(environment) ? null : nameIn(environment),
    networks: namesIn(standsIn),
    purpose: 'dns',
    dnsServers: servers,
  };
}

const repairForm =
  /^(?:repair|fix|mend|restore|re-?sync(?:hronise|hronize)?|sync|reconnect|extend|renew|heal)\s+(?:(?:the|our|a|dead|broken|vnet|network)\s+)*peerings?\b\s*(?<rest>.*)$/iu;

/** "repair the peering between mendix-prod and hub-vnet" */
export function readPeeringRequest(request: string): Request | null {
  const { rest } = repairForm.exec(request)?.groups ?? {};
  if (rest === undefined) {
    return null;
  }
  const sides = rest.replace(/^(?:between|of|from|for|with)\s+/iu, '');
  const [first = null, ...others] = namesIn(sides.replaceAll(/\s+(?:to|with)\s+/giu, ' and '));
  return { ...emptyRequest, environment: first, networks: others, purpose: 'peering' };
}

/** What stands in a sentence about a connection: names, addresses and the words around them. */

/** A resource id of Azure, as it is pasted. */
export const resourceId = /\/subscriptions\/[^\s,;"'<>()]+/giu;
/** Alias of a Private Link service: a name, an id, a region and Azure's own ending. */
const linkAlias = /[a-z0-9][\w-]*(?:\.[\w-]+){2,}\.azure\.privatelinkservice\b/giu;
const address = /(?<![\d./])\d{1,3}(?:\.\d{1,3}){3}(?![\d/]|\.\d)/gu;
const fullName = /(?<![\w./@-])(?:[a-z0-9_](?:[\w-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?(?![\w@-])/giu;
const port = /\bport\s+(\d{1,5})\b|(?<=[a-z\d]):(\d{2,5})\b/iu;

/** Private addresses of machines; `10.0.0.0/16` is a range and none. */
export function addressesIn(text: string): string[] {
  return [...new Set((text.match(address) ?? []).filter((one) => one.split('.').every((part) => Number(part) < 256)))];
}

/** Whole names such as `erp.corp.example`. */
export function fullNamesIn(text: string): string[] {
  const rest = text.replaceAll(resourceId, ' ').replaceAll(linkAlias, ' ').replaceAll(address, ' ');
  return [...new Set((rest.match(fullName) ?? []).map((name) => name.toLowerCase()))];
}

export function isFullName(words: string): boolean {
  return fullNamesIn(words)[0]?.length === words.length;
}

/** By id or alias; a mere name is told by the word in front of it. */
export function linkServiceIn(text: string): string | null {
  const byId = (text.match(resourceId) ?? []).find((id) => /\/privateLinkServices\/[^/]+$/i.test(id));
  return byId ?? text.match(linkAlias)?.[0] ?? null;
}

/** A TCP port that is named as one; null when none is, or what is named cannot be one. */
export function portIn(text: string): number | null {
  const match = port.exec(text.replaceAll(resourceId, ' '));
  const said = Number(match?.[1] ?? match?.[2] ?? 0);
  return said > 0 && said < 65_536 ? said : null;
}

/** Before and after the first match; the second part is empty when there is none. */
export function cut(text: string, at: RegExp): [string, string] {
  const padded = ` ${text} `;
  const match = at.exec(padded);
  return match === null
    ? [text.trim(), '']
    : [padded.slice(0, match.index).trim(), padded.slice(match.index + match[0].length).trim()];
}

const quotes = /^["'`“‘]|["'`”’]$/gu;
const articles =
  /^(?:(?:the|our|my|a|an|own|both|mendix environments?|environments?|app environment|networks?|vnets?|virtual networks?|apps? (?:in|of|on)|clusters?)\s+)+(?=\S)/iu;
const nouns = /(?:\s+|^)(?:mendix environment|environment|env|cluster|virtual networks?|networks?|vnets?)$/iu;

/** The name itself: "our hub network" is "hub". */
export function nameIn(words: string): string | null {
  const name = words
    .replace(/[.!?,;:]+$/u, '')
    .trim()
    .replace(articles, '')
    .replace(nouns, '')
    .replace(quotes, '')
    .trim();
  return name === '' || /^(?:the|our|my|a|an|own|it|them|this|that|both)$/iu.test(name) ? null : name;
}

/** "hub-vnet, the spoke network and data-vnet" are three. */
export function namesIn(words: string): string[] {
  const parts = words.split(/\s*[,;]\s*(?:and\s+)?|\s+(?:and|plus|as well as)\s+|\s*&\s*/iu);
  return [...new Set(parts.map(nameIn).filter((name) => name !== null))];
}

const everyApp = /^(?:\*|(?:all|every|each|any)(?: of)?(?: the| our| my)?(?: apps?| applications?)?\b)/iu;
const appName = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?`;
const appList = new RegExp(
  String.raw`^(?:the |our |my )*(?:apps?|applications?)\s+(?:named |called )?(?<after>.+)$|^(?:the |our |my )*(?<before>${appName}(?:(?:\s*,\s*(?:and )?|\s+and\s+|\s*&\s*)${appName})*)\s+(?:apps?|applications?)\b`,
  'iu',
);
const afterApps =
  /[!?;(]|\.(?:\s|$)|\s(?:so|because|by|in|of|on|from|to|for|please|pls|over|via|through|with|without|today|now|only)\b/iu;

/** The apps that are named in front of, or after, the word; or every app. */
export function appsIn(wish: string): { apps: string[]; wildcard: boolean } {
  if (everyApp.test(wish)) {
    return { apps: [], wildcard: true };
  }
  const groups = appList.exec(wish)?.groups;
  const [names] = cut(groups?.['after'] ?? groups?.['before'] ?? '', afterApps);
  const apps = names
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+/u)
    .map((name) => name.replace(quotes, ''))
    .filter((name) => name !== '' && !/^(?:and|in|of|on|from|the)$/iu.test(name));
  return apps.includes('*') ? { apps: [], wildcard: true } : { apps: [...new Set(apps)], wildcard: false };
}

export function saysEveryApp(wish: string): boolean {
  return everyApp.test(wish);
}

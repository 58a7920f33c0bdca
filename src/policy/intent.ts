/**
 * Which job a first message asks for, and what it says about it. Names stay as they were written; whoever knows what
 * there is matches them (`matchName`).
 */
import { findDanger } from './danger.ts';
import { tellsProblem } from './problem.ts';
import { sentencesOf } from './sentences.ts';
import { understand } from './understand.ts';
import { clausesOf, isTypoOf } from './words.ts';

/** What must work in the end; null when the sentence does not say it. */
export type Purpose = 'apps' | 'database' | 'service' | 'dns';

export interface ConnectIntent {
  job: 'connect';
  /** Words that name a Mendix environment. */
  environment: string | null;
  /** Words that name the other network, or a resource id. */
  network: string | null;
  apps: readonly string[];
  /** Every app, also those to come. */
  wildcard: boolean;
  purpose: Purpose | null;
}

/** `question` is one about the policy, or a dangerous plan, which is answered with a warning (`answers.ts`). */
export type Intent = ConnectIntent | { job: 'support' } | { job: 'question' } | { job: 'help' } | { job: 'unknown' };

export const emptyIntent: ConnectIntent = {
  job: 'connect',
  environment: null,
  network: null,
  apps: [],
  wildcard: false,
  purpose: null,
};

/** "please", "can you", "we want to" before the request itself. */
const politeness =
  /^(?:(?:hi|hello|hey|dear|please|pls|causeway|team|all|bot|good (?:morning|afternoon|evening)|(?:can|could|would|will) (?:you|we|i)|(?:i|we)(?: would|[’']d)? (?:want|need|like|have)(?: to)?|i[’']d like to|let[’']?s|help (?:me|us)(?: to)?|kindly|just|now)\b[\s,!.:]*)+/iu;

const helpOnly =
  /^\/?(?:help|what can you do|what do you do|commands?|menu|start|hi|hello|hey|thanks|thank you|\?+)[\s.!?]*$/iu;

const connectVerb =
  /^(?:connect|peer|link|hook up|interconnect|set up (?:a )?(?:connection|peering|connectivity)(?: (?:of|for|from|between))?)(?=\s|$)\s*/iu;

const supportWords =
  /\b(?:ticket|support|incident|outage|problem|issue|broken|error|errors|fails?|failed|failing|down|slow|wrong|help|cannot|can[’']t|sev(?:erity)? ?\d|not work(?:ing)?|does(?:n[’']t| not) work)\b/iu;

/** "Can you open port 5432?" asks for a deed; "can you tell me …" asks for an answer. */
const deed =
  /\b(?:can|could|would|will) (?:you|somebody|someone)\b(?! (?:please )?(?:tell|explain|say|clarify|confirm|show|point))/iu;

/** A problem wins over a question: "prod is down, who can help?" needs somebody, not an answer. */
export function readIntent(text: string): Intent {
  const said = firstPart(text);
  if (helpOnly.test(said)) {
    return { job: 'help' };
  }
  const connect = readConnect(said);
  if (connect !== null) {
    return connect;
  }
  if (tellsProblem(said)) {
    return { job: 'support' };
  }
  if (findDanger(said) !== null) {
    return { job: 'question' };
  }
  const asked = sentencesOf(said).filter((sentence) => sentence.isAsked);
  const isCase = saysCase(said);
  const isRequest = isCase && asked.every((sentence) => deed.test(sentence.text));
  if (asked.length > 0 && !isRequest) {
    return { job: 'question' };
  }
  return isCase || supportWords.test(said) ? { job: 'support' } : { job: 'unknown' };
}

/** Whether there is something to judge: that somebody asks is nothing yet. */
function saysCase(text: string): boolean {
  return understand(text).matched.some(({ key, value }) => key !== 'requestKind' || value === 'problem');
}

/** Reads a sentence that asks to connect something; null when it does not. */
export function readConnect(text: string): ConnectIntent | null {
  const request = firstPart(text).replace(politeness, '');
  const verb = connectVerb.exec(request);
  if (verb === null) {
    return null;
  }
  const [sides, wish] = cut(
    request.slice(verb[0].length),
    /\s*(?:,\s*)?\b(?:for|so that|so|because|in order to|to (?:open|reach|use|read))\b\s*/iu,
  );
  const [environment, network] = cut(sides, /\s+(?:to|with|and|into|↔|->|<->)\s+/iu);
  if (network === '' && /^(?:link|peer|hook)/iu.test(verb[0])) {
    return null;
  }
  return {
    job: 'connect',
    environment: nameIn(environment),
    network: nameIn(network),
    ...readApps(wish),
    purpose: purposeOf(wish),
  };
}

/** A request stands at the beginning; what follows after this many characters is a pasted log. */
const longestRequest = 2000;

function firstPart(text: string): string {
  return text.slice(0, longestRequest).replace(/\s+/gu, ' ').trim();
}

/** Before and after the first match. */
function cut(text: string, at: RegExp): [string, string] {
  const match = at.exec(` ${text} `);
  return match === null
    ? [text, '']
    : [` ${text} `.slice(0, match.index).trim(), ` ${text} `.slice(match.index + match[0].length).trim()];
}

const articles =
  /^(?:(?:the|our|my|a|an|mendix environment|environment|app environment|network|vnet|virtual network)\s+)+(?=\S)/iu;
const nouns = /(?:\s+|^)(?:mendix environment|environment|env|virtual network|network|vnet)$/iu;

/** The name itself: "our hub network" is "hub". */
function nameIn(words: string): string | null {
  const name = words
    .replace(/[.!?,;]+$/u, '')
    .trim()
    .replace(articles, '')
    .replace(nouns, '')
    .replace(/^["'`“‘]|["'`”’]$/gu, '')
    .trim();
  return name === '' || /^(?:the|our|my|a|an)$/iu.test(name) ? null : name;
}

const everyApp = /^(?:\*|(?:all|every|each|any)(?: of)?(?: the| our| my)?(?: apps?| applications?)?\b)/iu;
const appList =
  /^(?:the |our |my )*(?:apps?|applications?)\s+(?:named |called )?(?<after>.+)$|^(?:the |our |my )*(?<before>[\p{L}\p{N}-]+(?:(?:\s*,\s*(?:and )?|\s+and\s+|\s*&\s*)[\p{L}\p{N}-]+)*)\s+(?:apps?|applications?)\b/iu;

function readApps(wish: string): { apps: string[]; wildcard: boolean } {
  if (everyApp.test(wish)) {
    return { apps: [], wildcard: true };
  }
  const groups = appList.exec(wish)?.groups;
  const list = groups?.['after'] ?? groups?.['before'] ?? '';
  const [names] = cut(
    list,
    /[.!?;(]|\s(?:so|because|by|in|from|please|pls|over|via|through|with|without|today|now)\b/iu,
  );
  const apps = names
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+/u)
    .map((name) => name.replace(/^["'`“‘]|["'`”’]$/gu, ''))
    .filter((name) => name !== '' && name !== 'and');
  return apps.includes('*') ? { apps: [], wildcard: true } : { apps: [...new Set(apps)], wildcard: false };
}

function purposeOf(wish: string): Purpose | null {
  if (/\b(?:database|db|sql|postgres\w*)\b/iu.test(wish)) {
    return 'database';
  }
  if (everyApp.test(wish) || /\b(?:apps?|applications?)\b/iu.test(wish)) {
    return 'apps';
  }
  if (/\b(?:dns|names? resolution)\b/iu.test(wish)) {
    return 'dns';
  }
  return /\b(?:services?|api|apis|endpoint|erp|sap)\b/iu.test(wish) ? 'service' : null;
}

/**
 * The one name that these words mean, null when there is none, or the candidates when there are several. An exact name
 * wins over names that contain the words, and those over typos.
 */
export function matchName(words: string, names: readonly string[]): string | null | readonly string[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') {
    return null;
  }
  const exact = names.filter((name) => name.toLowerCase() === wanted);
  const wantedParts = partsOf(wanted);
  const containing = names.filter((name) => wantedParts.every((part) => partsOf(name).includes(part)));
  const similar = names.filter((name) => wantedParts.every((part) => partsOf(name).some((own) => isTypoOf(part, own))));
  const found = [exact, containing, similar].find((candidates) => candidates.length > 0) ?? [];
  return found.length > 1 ? found : (found[0] ?? null);
}

/** Words that every name of a network may bear tell nothing apart. */
const nounParts = new Set(['vnet', 'network', 'net', 'virtual', 'the', 'our']);

function partsOf(name: string): string[] {
  const parts = clausesOf(name).flatMap((clause) => clause.words.map((word) => word.text));
  const telling = parts.flatMap((part) => part.split(/[.:_]/)).filter((part) => !nounParts.has(part));
  return telling.length > 0 ? telling : parts;
}

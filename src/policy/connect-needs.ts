/**
 * What a connection must carry besides apps or one service, where the two methods differ: the words in which people say
 * it, and the facts of `method.ts` that it stands for.
 */
import type { ChoiceFacts } from './method.ts';

export const needs = ['services', 'source-address', 'other-protocols', 'idle-connections'] as const;
export type Need = (typeof needs)[number];

const facts: Record<Need, keyof ChoiceFacts> = {
  services: 'manyServices',
  'source-address': 'sourceAddressNeeded',
  'other-protocols': 'otherProtocols',
  'idle-connections': 'longIdleConnections',
};

/** Each begins where a run of separators does: begun anew within one, a long run would be read far too often. */
const spoken: Record<Need, RegExp> = {
  services:
    /(?<![\s,;])[\s,;]*\b(?:and |with |for )*(?:(?:many|several|multiple) services(?: in)?(?: both (?:ways|directions))?|(?:in )?both (?:ways|directions)|bidirectional(?:ly)?|two[- ]way)\b/iu,
  'source-address':
    /(?<![\s,;])[\s,;]*\b(?:and |but |where |with |so that )*(?:(?:the )?apps? )?(?:(?:must|should|has to|have to|need to) )?(?:see |keep |know )?(?:the )?(?:real|original|client|caller|source|user)(?:['’]?s)?(?:['’])?(?: source| client)? (?:ips?|addresses|address|ip address(?:es)?)\b/iu,
  'other-protocols':
    /(?<![\s,;])[\s,;]*\b(?:and |also |with |over |via )*(?:icmp|ipv6|sctp|(?:something )?other (?:protocols|than tcp(?:(?: and| or|\/) ?udp)?))\b/iu,
  'idle-connections':
    /(?<![\s,;])[\s,;]*\b(?:and |with )*(?:long[- ]?(?:lived|idle|running)|idle|silent) (?:tcp |websocket )?connections?\b/iu,
};

export function readNeeds(text: string): Need[] {
  return needs.filter((need) => spoken[need].test(text));
}

/** What is left of the sentence when they are taken out. */
export function withoutNeeds(text: string): string {
  return needs.reduce((rest, need) => rest.replace(spoken[need], ''), text);
}

export function factsOfNeeds(said: readonly Need[]): ChoiceFacts {
  return Object.fromEntries(said.map((need) => [facts[need], true]));
}

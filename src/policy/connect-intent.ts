/**
 * What a message asks to be connected. Names stay as they were written; whoever knows what there is matches them
 * (`match-name.ts`). Everything that the sentence says is read, and nothing is made up.
 */
import { type Need, readNeeds, withoutNeeds } from './connect-needs.ts';
import {
  emptyRequest,
  readAppsRequest,
  readDatabaseRequest,
  readDnsRequest,
  readPeeringRequest,
  readPlainRequest,
  readServiceRequest,
  type Request,
} from './connect-sentences.ts';

export type { SaidService } from './connect-sentences.ts';

export interface ConnectIntent extends Request {
  job: 'connect';
  /** Nothing but the endpoint may be reachable. */
  isolation: boolean;
  /** The environment uses the other network's gateway. */
  useGateway: boolean;
  /** Rules and routes of the other network that would block the connection are changed as well. */
  openRules: boolean;
  needs: readonly Need[];
}

export const emptyIntent: ConnectIntent = {
  job: 'connect',
  ...emptyRequest,
  isolation: false,
  useGateway: false,
  openRules: false,
  needs: [],
};

/** "please", "can you", "we want to" before the request itself. */
const politeness =
  /^(?:(?:hi|hello|hey|dear|please|pls|causeway|team|all|bot|good (?:morning|afternoon|evening)|(?:can|could|would|will) (?:you|we|i)|(?:i|we)(?: would|[’']d)? (?:want|need|like|have)(?: to)?|i[’']d like to|let[’']?s|help (?:me|us)(?: to)?|kindly|just|now)\b[\s,!.:]*)+/iu;

/** Wishes that stand anywhere in the sentence. */
const wishes = {
  isolation:
    /[\s,;]*\b(?:but |and )?(?:(?:fully |strictly |completely )?isolated|in isolation|nothing else|only one address|without (?:opening|exposing) (?:the |our )?(?:whole |entire )?networks?)\b/iu,
  useGateway:
    /[\s,;]*\b(?:and )?(?:through|over|via|with|using|use) (?:the |its |their |our )?(?:remote |hub |vpn |expressroute )*gateway\b/iu,
  openRules:
    /[\s,;]*\b(?:and |with |including )*(?:(?:open|change|adjust|fix) )?(?:the |our )?(?:nsgs?|(?:nsg|security|firewall) rules|rules and routes)(?: too| as well)?(?=[\s.!,;]*$)/iu,
} as const;

/** Questions are answered by the policy; one that names what to connect is a request all the same. */
const asks = /\?\s*$|^(?:who|what|when|where|why|how|which|whose|is|are|do|does|did|may|should)\b/iu;

/** Reads a sentence that asks to connect something; null when it does not. */
export function readConnect(text: string): ConnectIntent | null {
  const said = firstPart(text);
  const bare = said.replace(politeness, '').replace(/[\s?!.]+$/u, '');
  const request = withoutNeeds(Object.values(wishes).reduce((rest, wish) => rest.replace(wish, ''), bare));
  const plain = readPlainRequest(request);
  const read =
    plain ??
    [readDnsRequest, readDatabaseRequest, readPeeringRequest, readServiceRequest, readAppsRequest]
      .map((reader) => reader(request))
      .find((found) => found !== null);
  if (read === undefined || (plain === null && asks.test(said) && !isConcrete(read))) {
    return null;
  }
  return {
    job: 'connect',
    ...read,
    isolation: wishes.isolation.test(bare),
    useGateway: wishes.useGateway.test(bare),
    openRules: wishes.openRules.test(bare),
    needs: readNeeds(bare),
  };
}

function isConcrete({ dnsServers, networks, service }: Request): boolean {
  return dnsServers.length > 0 || networks.length > 0 || service !== null;
}

/** A request stands at the beginning; what follows after this many characters is a pasted log. */
const longestRequest = 2000;

function firstPart(text: string): string {
  return text.slice(0, longestRequest).replaceAll(/\s+/gu, ' ').trim();
}

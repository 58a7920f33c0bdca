/** Peering or Private Link for answers that came in a file: the same rules as in a conversation. */
import { type Choice, chooseFor } from '../../flows/connect-decide.ts';
import type { Draft, Wish } from '../../flows/state.ts';
import type { ConnectAnswers, Finding, Ground, Method } from '../../plan/plan.ts';
import type { ChosenMethod } from '../../plan/planner.ts';
import { stop } from '../../plan/finding.ts';
import type { Survey } from '../../plan/world.ts';

export type Chosen = ChosenMethod | { refused: readonly Finding[] };

export function chooseMethodFor(answers: ConnectAnswers, survey: Survey): Chosen {
  const asked = answers.method ?? methodOf(answers);
  if (asked !== null) {
    return { method: asked, because: answers.method === null ? [] : [askedFor(asked)] };
  }
  const choice = chooseFor(draftOf(answers), survey);
  return choice.method === 'none'
    ? { refused: [noMethod(choice)] }
    : { method: choice.method, because: choice.because };
}

/** What a scenario leaves no choice about. */
function methodOf({ scenario, dnsServers = [] }: ConnectAnswers): Method | null {
  switch (scenario) {
    case 'apps-by-peering':
    case 'dns-servers':
      return 'peering';
    case 'apps-by-private-link':
    case 'service-by-endpoint':
      return 'private-link';
    case 'database-read':
      return null;
    case null:
      return dnsServers.length > 0 ? 'peering' : null;
    default: {
      const never: never = scenario;
      return never;
    }
  }
}

function askedFor(method: Method): Ground {
  const note = `You asked for ${method === 'peering' ? 'peering' : 'Private Link'}.`;
  return { source: 'What you asked for', section: 'method', note };
}

/** The answers as a conversation would have gathered them. */
function draftOf(answers: ConnectAnswers): Draft {
  const { apps, networks, service = null, dnsServers = [] } = answers;
  return {
    words: '',
    wish: wishOf(answers),
    environment: answers.environment,
    networks,
    networkWords: [],
    apps: apps === '*' ? [] : apps,
    wildcard: apps === '*',
    isolation: answers.isolation ?? false,
    needs: answers.needs ?? [],
    service: {
      fqdn: service?.fqdn ?? '',
      link: service?.privateLinkService ?? '',
      linkWords: '',
      address: service?.address ?? '',
      port: service?.port ?? null,
    },
    dnsServers,
    useGateway: answers.useGateway ?? false,
    openRules: answers.openSecurityRules ?? false,
  };
}

function wishOf({ scenario, service = null }: ConnectAnswers): Wish {
  if (scenario === 'database-read') {
    return 'database';
  }
  return service === null ? 'apps' : 'service';
}

function noMethod({ because, waysOut }: Choice): Finding {
  return stop('NoMethodFits', because.map(({ note }) => note).join(' '), waysOut.join(' '));
}

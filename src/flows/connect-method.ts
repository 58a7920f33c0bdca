/** The second card: peering or Private Link, and why (STORYBOARD A2). */
import type { ConnectAnswers, Finding } from '../plan/plan.ts';
import { checkAddresses } from '../plan/preflight-addresses.ts';
import type { Survey } from '../plan/world.ts';
import { type ChoiceFacts, chooseMethod, type MethodChoice } from '../policy/method.ts';
import type { ConnectMethodData, MethodColumn } from './card.ts';
import { connectMessage } from './connect-form-card.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';
import type { Draft } from './state.ts';

export function answersOf(draft: Draft): ConnectAnswers {
  return {
    scenario: draft.database ? 'database-read' : null,
    environment: draft.environment ?? '',
    networks: draft.network === null ? [] : [draft.network],
    apps: draft.wildcard ? '*' : draft.apps,
    method: null,
  };
}

export function chooseFor(draft: Draft, survey: Survey): MethodChoice {
  return chooseMethod(factsOf(draft, survey));
}

function factsOf(draft: Draft, survey: Survey): ChoiceFacts {
  const ours = survey.environment.network;
  return {
    addressesOverlap: ours === null || survey.networks.length === 0 ? null : clashesIn(survey).length > 0,
    directDatabaseAccess: draft.database,
    isolation: draft.isolation,
    internalLoadBalancer:
      survey.environment.frontendsUnread === true
        ? null
        : survey.environment.frontends.some((frontend) => frontend.privateAddress !== null),
  };
}

/** Azure refuses a peering also when the address space overlaps a network that the other side is already peered with. */
function clashesIn(survey: Survey): Finding[] {
  return checkAddresses(survey).filter((finding) => finding.level === 'stop');
}

const titles = { peering: 'Peering', 'private-link': 'Private Link' } as const;

export function methodCard(to: Place, choice: MethodChoice, survey: Survey, draft: Draft): ShowMessage {
  const clashes = clashesIn(survey).map((clash) => ({ text: clash.text, source: 'Read from Azure just now' }));
  const data: ConnectMethodData = {
    headline: headlineOf(choice),
    columns: [columnOf('peering', choice), columnOf('private-link', choice)],
    because: [
      ...clashes,
      ...choice.because.map((ground) => ({ text: ground.note, source: `${ground.source}, ${ground.section}` })),
    ],
    wouldChange: choice.wouldChange,
    limits: limitsOf(choice, draft),
  };
  const verbs = ['use-peering', 'use-private-link', 'back', 'cancel'].filter((verb) => offered(verb, choice));
  return showCard(
    connectMessage,
    to,
    `${data.headline} ${choice.method === 'none' ? 'Go back to change what you ask for.' : 'Choose a method to see the plan.'}`,
    { name: 'connect-method', data },
    { verbs },
  );
}

const privateLinkLimit =
  'I can explain Private Link and check its conditions, but this version carries out peering only. Until then, follow the provider’s guide for private endpoints, or bring this card to your platform team.';

const databaseLimit =
  'This version cannot plan direct database access itself. Go back and leave it out to plan the peering: it carries database traffic, too, once you add the private name of the database to your network by hand.';

/** Nobody is shown a button that would refuse them without being told why. */
function limitsOf(choice: MethodChoice, draft: Draft): string {
  const { comparison } = choice;
  return [
    ...(comparison['private-link'].fits ? [privateLinkLimit] : []),
    ...(draft.database && comparison.peering.fits ? [databaseLimit] : []),
  ].join(' ');
}

function offered(verb: string, choice: MethodChoice): boolean {
  if (verb === 'use-peering') {
    return choice.comparison.peering.fits;
  }
  return verb !== 'use-private-link' || choice.comparison['private-link'].fits;
}

function headlineOf(choice: MethodChoice): string {
  return choice.method === 'none' ? 'Neither method fits as asked.' : `${titles[choice.method]} fits best.`;
}

function columnOf(method: 'peering' | 'private-link', choice: MethodChoice): MethodColumn {
  const column = choice.comparison[method];
  const best = choice.method === method;
  return {
    title: titles[method],
    verdict: best
      ? '✓ Fits best'
      : column.fits
        ? '○ Possible'
        : `✕ Not possible: ${column.blockedBy ?? 'it does not fit'}`,
    tone: best ? 'good' : column.fits ? 'default' : 'attention',
    gives: column.gives,
    exposes: column.exposes,
    needs: column.needs,
  };
}

export function surveyEffect(draft: Draft, question: number): Effect {
  return { kind: 'read', type: 'survey', question, answers: answersOf(draft) };
}

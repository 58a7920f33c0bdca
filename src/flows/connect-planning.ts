/** From the answers to the plan: everything is read, a method is chosen where there is a choice, and the plan is made. */
import type { Method } from '../plan/plan.ts';
import { type ChosenMethod, planConnection } from '../plan/planner.ts';
import type { Survey } from '../plan/world.ts';
import { differencesFrom } from './approval-ask.ts';
import { isHubIn } from './approval-risk.ts';
import { chooseFor } from './connect-decide.ts';
import { answersOf } from './connect-draft.ts';
import { connectMessage } from './connect-form-card.ts';
import { methodCard } from './connect-method.ts';
import { planCard, stoppedCard, subscriptionNames } from './connect-plan.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectAt, ConnectState, Wish } from './state.ts';
import { secondsBetween } from './time.ts';

/** A plan is made from a survey of at most this age; an older one is made again first. */
const surveyFreshSeconds = 120;

const readingWords: Record<Wish, string> = {
  apps: 'I am reading the networks, their peerings and the private DNS zones around them…',
  service: 'I am reading the environment, the private link service and the private DNS zones around them…',
  dns: 'I am reading the environment’s network, what it is peered with, and what depends on its DNS…',
  database: 'I am reading the networks, the database servers and the private DNS zones around them…',
  peering: 'I am reading both networks and every peering around them…',
};

export function startSurvey(state: ConnectState, context: Context): Transition {
  const { flow, requester, place, draft } = state;
  const waiting = showCard(connectMessage, place, 'One moment: I am checking what is there.', {
    name: 'notice',
    data: {
      title: 'Checking what is there',
      tone: 'default',
      text: readingWords[draft.wish],
      wayOut: '',
      lines: [],
    },
  });
  return moveTo({ flow, requester, place, draft, at: 'surveying', question: context.revision }, [
    waiting,
    { kind: 'read', type: 'survey', question: context.revision, answers: answersOf(draft) },
  ]);
}

/** A card is shown where there is something to choose, or no way at all. */
export function choose(state: ConnectAt<'surveying'>, event: EventOf<'surveyed'>, context: Context): Transition {
  const { flow, requester, place, draft } = state;
  const { survey } = event;
  if (draft.wish === 'dns' || draft.wish === 'peering') {
    return makePlan(state, survey, { method: 'peering', because: [] }, context);
  }
  const choice = chooseFor(draft, survey);
  if (draft.wish === 'database' && choice.method === 'peering') {
    return makePlan(state, survey, { method: 'peering', because: choice.because }, context);
  }
  return moveTo({ flow, requester, place, draft, at: 'choosing', survey, surveyedAt: context.at, choice }, [
    methodCard(place, choice, survey),
  ]);
}

export function planBy(method: Method, state: ConnectAt<'choosing'>, context: Context): Transition {
  return secondsBetween(state.surveyedAt, context.at) > surveyFreshSeconds
    ? startSurvey(state, context)
    : makePlan(state, state.survey, { method, because: state.choice.because }, context);
}

function makePlan(
  { draft, flow, last, place, requester }: ConnectState,
  survey: Survey,
  choice: ChosenMethod,
  context: Context,
): Transition {
  const { caseId, directory, facts, revision } = context;
  const answers = answersOf(draft);
  const isFree = draft.wish === 'apps' || draft.wish === 'service';
  const planned = planConnection(
    isFree ? { ...answers, method: choice.method } : answers,
    survey,
    choice,
    { 'causeway-case': caseId },
    directory.naming,
  );
  if (planned.kind === 'refused') {
    const { findings } = planned;
    return moveTo({ flow, requester, place, draft, at: 'stopped', findings }, [stoppedCard(place, findings)]);
  }
  const planId = `${caseId}/plan-${revision}`;
  const known = {
    subscriptions: subscriptionNames(survey),
    times: facts.planTimes,
    isDirect: !isFree,
    since: differencesFrom(last, planned.plan),
  };
  const hub = isHubIn(survey) ? { hub: true as const } : {};
  return moveTo(
    { flow, requester, place, draft, at: 'planned', planId, plan: planned.plan, ...hub },
    [planCard(place, planId, planned.plan, known)],
    [{ type: 'plan-made', planId, plan: planned.plan }],
  );
}

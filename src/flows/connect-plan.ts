/** The third card: everything that will be created, changed or left alone (STORYBOARD A3 and A4). */
import type { Finding, Plan, Scenario } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import type { Survey } from '../plan/world.ts';
import type { ConnectPlanData } from './connect-card.ts';
import { connectMessage } from './connect-form-card.ts';
import { groupsOf } from './connect-groups.ts';
import { findingLines, reachLines } from './connect-steps.ts';
import { count, headlineOf, type Work, workMessage, workOf, writesOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import type { PlanTimes } from './flow.ts';
import { showCard } from './message.ts';
import { formatSeconds } from './time.ts';

/** A plan is shown in whole, in these forms, to whoever wants to read or run it elsewhere. */
export const exportVerbs = ['show-text', 'show-az', 'show-bicep', 'show-terraform'] as const;

const emptyPlan: ConnectPlanData = {
  part: '',
  headline: '',
  summary: '',
  time: '',
  differences: [],
  findings: [],
  groups: [],
  reachTitle: '',
  reach: [],
  aftermath: '',
  undo: '',
  showAs: '',
  next: '',
};

const parts = { two: 'Connect a private network · 2 of 2', three: 'Connect a private network · 3 of 3' } as const;

/** Scenarios in which a method was chosen before. */
const withMethods: ReadonlySet<Scenario> = new Set(['apps-by-peering', 'apps-by-private-link', 'service-by-endpoint']);

export function planCard(to: Place, planId: string, plan: Plan, known: PlanContext): ShowMessage {
  const work = workOf({ planId, plan });
  const writes = writesOf(work);
  const headline = whatAndWhere(work);
  const data: ConnectPlanData = {
    ...emptyPlan,
    part: withMethods.has(plan.scenario) && !known.isDirect ? parts.three : parts.two,
    headline,
    summary: summaryOf(plan, writes.length),
    time: writes.length === 0 ? '' : timeText(known.times?.[plan.scenario] ?? []),
    differences: known.since ?? [],
    findings: findingLines(plan.findings),
    groups: groupsOf(work, known.subscriptions),
    reachTitle: 'Who gains reach',
    reach: reachLines(plan.reach),
    aftermath: plan.aftermath === undefined ? '' : `${plan.aftermath.text} ${plan.aftermath.wayOut}`,
    undo: undoText(plan, writes.length),
    showAs: 'Show the whole plan as',
    next: writes.length === 0 ? '' : nextText(plan.hash),
  };
  const verbs = [...(writes.length > 0 ? ['ask-approval'] : []), 'change-answers', ...exportVerbs, 'cancel'];
  const text =
    writes.length > 0
      ? `The plan: ${headline}. Nothing is written before somebody on call approves it.`
      : `${headline}.`;
  return showCard(connectMessage, to, text, { name: 'connect-plan', data }, { verbs });
}

/** "7 changes in 2 subscriptions for mendix-prod" */
function whatAndWhere(work: Work): string {
  return writesOf(work).length === 0 ? headlineOf(work) : `${headlineOf(work)} for ${work.environment}`;
}

function nextText(hash: string): string {
  return `Next: somebody on call is asked. Nothing is written before they approve exactly this plan, ${hash.slice(0, 12)}.`;
}

export interface PlanContext {
  /** Names of subscriptions, by id in lower case. */
  subscriptions: ReadonlyMap<string, string>;
  times?: PlanTimes | undefined;
  /** No method was to be chosen. */
  isDirect: boolean;
  /** Against the last plan that somebody was asked about. */
  since?: readonly string[];
}

export function subscriptionNames({ environment, neighbours = [], networks }: Survey): Map<string, string> {
  const seen = [environment.network, ...networks, ...neighbours].filter((network) => network !== null);
  return new Map(seen.map(({ subscription, subscriptionName }) => [subscription.toLowerCase(), subscriptionName]));
}

/** From fewer the median says little, but more than nothing. */
function timeText(seconds: readonly number[]): string {
  const middle = medianOf(seconds);
  const about = middle === null ? '' : middle < 10 ? `${Math.round(middle)} s` : formatSeconds(middle);
  return middle === null ? '' : `Usually about ${about}, by ${count(seconds.length, 'earlier plan')} of this kind.`;
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((left, right) => left - right);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

const undoIsBarred: ReadonlySet<string> = new Set(['UndoLocked', 'UndoNotAllowed']);

function undoText(plan: Plan, writes: number): string {
  if (writes === 0) {
    return '';
  }
  if (plan.findings.some(({ code }) => undoIsBarred.has(code))) {
    return 'Not by a button, as things stand: the point above says what is in the way of an undo.';
  }
  return plan.undo.length === 0
    ? 'There is nothing to undo afterwards: it only brings in step what was out of step.'
    : 'It can be undone by one button, with an approval of its own, until something else depends on it. Only what the plan creates or changes is touched.';
}

function summaryOf(plan: Plan, writes: number): string {
  const words = wordsOf(plan);
  if (writes === 0) {
    return `${words.done} If it does not work, describe the problem to me in a new message.`;
  }
  return plan.findings.some(({ code }) => comesFirst.has(code))
    ? words.after.replace(/\.$/, ', once the points below are settled.')
    : words.after;
}

/** The plan does not remove these itself. */
const comesFirst: ReadonlySet<string> = new Set(['BlockedBySecurityRule', 'RouteDropsTraffic', 'OwnDnsServersOutside']);

/** What works after the plan, in words that stand alone; a name at their beginning stays as it is written. */
export function purposeOf(plan: Plan): string {
  return wordsOf(plan)
    .after.replace(/^After this, /, '')
    .replace(/\.$/, '');
}

/** What works after the plan, and what should work already when there is nothing to do. */
function wordsOf({ environment, promises, scenario }: Plan): { after: string; done: string } {
  const names = listed(promises.names.map(({ name }) => name.replace(/^\*\./, 'every app under ')));
  const from = listed(promises.from.map(shortName));
  const opens = promises.names.length > 1 ? 'open' : 'opens';
  switch (scenario) {
    case 'apps-by-peering':
      return names === ''
        ? { after: 'After this, both networks reach each other.', done: 'The networks are peered already.' }
        : { after: `After this, ${names} ${opens} from ${from}.`, done: `${names} should open from ${from} already.` };
    case 'apps-by-private-link':
      return {
        after: `After this, ${names} ${opens} from ${from}, over one private address.`,
        done: `${names} should open from ${from} already.`,
      };
    case 'service-by-endpoint':
      return {
        after: `After this, the apps of ${environment} reach ${names}.`,
        done: `The apps of ${environment} should reach ${names} already.`,
      };
    case 'dns-servers':
      return {
        after: `After this, ${environment} asks your DNS servers for names, as soon as its nodes know them.`,
        done: `The network of ${environment} asks these servers already.`,
      };
    case 'database-read':
      return {
        after: `After this, ${names} can be read from ${from}, with an account of the database.`,
        done: `${names} should be reachable from ${from} already.`,
      };
    default: {
      const never: never = scenario;
      return never;
    }
  }
}

function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

/** No plan: what stands in the way, and the way out of each. */
export function stoppedCard(to: Place, findings: readonly Finding[]): ShowMessage {
  const isUnknown = findings.every(({ level }) => level !== 'stop');
  const data: ConnectPlanData = {
    ...emptyPlan,
    part: 'Connect a private network',
    headline: isUnknown ? 'I could not read enough to plan this' : 'This cannot be planned as asked',
    summary: 'Nothing was changed. Each point below says what stands in the way and one way out.',
    findings: findingLines(findings),
  };
  const support = deskFindings(findings).length === 0 ? [] : ['start-support'];
  const first = findings.find((finding) => finding.level === 'stop') ?? findings[0];
  const text = `${data.headline}: ${first?.text ?? 'the checks found a problem.'} ${first?.wayOut ?? ''}`.trim();
  return showCard(
    connectMessage,
    to,
    text,
    { name: 'connect-plan', data },
    { verbs: ['change-answers', 'check-again', ...support, 'cancel'] },
  );
}

/** What nobody here can change, but the desk can: what the managed application forbids. */
export function deskFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => code === 'DenyAssignmentAuthorizationFailed');
}

/** What would be taken back, in the order in which that goes. */
export function undoCard(to: Place, work: Work, subscriptions: ReadonlyMap<string, string>): ShowMessage {
  const writes = writesOf(work);
  const headline = whatAndWhere(work);
  const data: ConnectPlanData = {
    ...emptyPlan,
    part: 'Connect a private network · undo',
    headline,
    summary:
      writes.length === 0
        ? 'Nothing of the plan stands there any more.'
        : 'This takes back what the plan created and puts back what it changed. Nothing else is touched.',
    findings: findingLines(work.findings),
    groups: groupsOf(work, subscriptions),
    reachTitle: 'Who loses reach',
    reach: writes.length === 0 ? [] : reachLines(work.reach),
    next: writes.length === 0 ? '' : nextText(work.hash),
  };
  const verbs = writes.length > 0 ? ['ask-approval', 'keep-it'] : ['keep-it'];
  const text = writes.length > 0 ? `${headline}. Nothing is written before somebody else approves it.` : `${headline}.`;
  return showCard(workMessage('undo', work.id), to, text, { name: 'connect-plan', data }, { verbs });
}

/** Something else depends on it by now, or somebody changed it. */
export function undoStoppedCard(to: Place, undoId: string, findings: readonly Finding[]): ShowMessage {
  const data: ConnectPlanData = {
    ...emptyPlan,
    part: 'Connect a private network · undo',
    headline: 'This cannot be undone now',
    summary:
      'Nothing was changed; the connection stands. Each point below says what stands in the way and one way out.',
    findings: findingLines(findings),
  };
  const first = findings.find(({ level }) => level === 'stop') ?? findings[0];
  const text = `${data.headline}: ${first?.text ?? 'the checks found a problem.'}`;
  return showCard(
    workMessage('undo', undoId),
    to,
    text,
    { name: 'connect-plan', data },
    { verbs: ['check-again', 'keep-it'] },
  );
}

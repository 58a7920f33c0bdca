/** The one card of an alert rule in an environment: how often it fired, since when, and what can be done about it. */
import { alertSeverityText, proposedFacts } from '../policy/alert-facts.ts';
import type { AlertState } from './alert-state.ts';
import type { AlertData, Tone } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { type Context, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { localDayTime } from './time.ts';

export const alertMessage = 'alert';

export function alertCard(state: AlertState, to: Place, context: Context, mention: readonly string[]): ShowMessage {
  const data = alertData(state, context);
  const text = `${data.state}: ${data.rule}, ${data.environment}. ${data.count}`.trim();
  return showCard(alertMessage, to, text, { name: 'alert', data }, { verbs: verbsOf(state), mention });
}

/** What is resolved calls nobody any more; “triage this” can still be typed in its thread. */
function verbsOf(state: AlertState): readonly string[] {
  if (isTriaged(state) || state.at === 'resolved') {
    return [];
  }
  return state.leftBy === undefined ? ['triage-alert', 'leave-alert'] : ['triage-alert'];
}

/** Somebody looks after it: then the rest happens in the case that they began. */
export function isTriaged({ desk }: AlertState): boolean {
  return desk !== undefined && desk.at !== 'put-off';
}

function alertData(state: AlertState, context: Context): AlertData {
  const { latest, worst, environment } = state;
  const zone = context.directory.calendar.zone;
  return {
    state: state.at === 'open' ? 'Fired' : 'Resolved',
    tone: toneOf(state),
    environment: environment ?? 'no environment that the settings know',
    rule: latest.rule,
    severity: alertSeverityText(worst),
    description: latest.description,
    targets: targetsText(latest.targets),
    since: localDayTime(state.since, zone),
    resolved: state.resolvedAt === null ? '' : localDayTime(state.resolvedAt, zone),
    count: countText(state),
    note: isFailedInitialization(state) ? initializationNote : '',
    next: nextText(state, context),
    link: latest.link,
  };
}

/** As of a case that is over, or the worst that fired. */
function toneOf({ at, worst }: AlertState): Tone {
  if (at === 'resolved') {
    return 'good';
  }
  return worst === 'Sev0' ? 'attention' : worst === 'Sev3' || worst === 'Sev4' ? 'default' : 'warning';
}

const mostTargets = 3;

function targetsText(targets: readonly string[]): string {
  const more = targets.length - mostTargets;
  return [...targets.slice(0, mostTargets), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** "Fired 1,000 times; 12 are still open." */
function countText({ at, fired, open }: AlertState): string {
  const times = fired === 1 ? 'once' : `${grouped(fired)} times`;
  if (at === 'resolved') {
    return fired <= 1 ? '' : `It fired ${times}; everything is resolved.`;
  }
  return fired <= 1 ? '' : `It fired ${times}; ${open === 1 ? 'one is' : `${grouped(open)} are`} still open.`;
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

const initializationNote =
  'When an initialization still fails after retries, the provider opens a ticket by itself. “Triage this” looks for it before another one is opened.';

function isFailedInitialization(state: AlertState): boolean {
  return factsOf(state).symptom === 'cluster-init-failed';
}

/** What the triage form is filled in with. */
export function factsOf(state: AlertState, context?: Context): ReturnType<typeof proposedFacts> {
  const name = state.environment ?? '';
  const environment = context?.directory.environments.find((known) => known.name === name) ?? { name };
  return proposedFacts({ severity: state.worst, words: wordsOf(state), environment });
}

export function wordsOf({ latest }: Pick<AlertState, 'latest'>): string {
  return [latest.rule, latest.description].filter((text) => text !== '').join('. ');
}

function nextText(state: AlertState, context: Context): string {
  const { desk, leftBy } = state;
  if (desk !== undefined && desk.at !== 'put-off') {
    const who = nameOf(context.directory, desk.requester);
    return desk.at === 'open'
      ? `It goes on as ticket ${desk.ticket.snapshot.id}, in this thread; ${who} looks after it.`
      : `${who} is triaging it, in this thread.`;
  }
  if (state.at === 'resolved') {
    return '';
  }
  return leftBy === undefined
    ? 'Does this affect anybody? With “Triage this” I fill in what the alert says; you check it, and I say who can help.'
    : `${nameOf(context.directory, leftBy)} left it for now.`;
}

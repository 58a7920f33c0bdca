/**
 * Waiting for the owner of a service to accept a connection, which may take days (STORYBOARD A8): a new message when the
 * wait begins, and one on every working day.
 */
import type { Json, Plan, ResourceId } from '../plan/plan.ts';
import { parseResourceId, shortName } from '../plan/resource-id.ts';
import { sameResource } from '../plan/world.ts';
import type { PersonId } from '../policy/people.ts';
import { isOwnerWait, workOf } from './connect-work.ts';
import type { Effect } from './effect.ts';
import type { StepReport } from './event.ts';
import { type Context, findPerson } from './flow.ts';
import { showText } from './message.ts';
import type { ConnectAt } from './state.ts';
import { addMinutes, localDay, localDayTime, nextWorkday, secondsBetween } from './time.ts';

/** What the owner is asked, to be sent on as it is; the command stands by itself. */
export interface OwnerAsk {
  words: string;
  command: string;
}

export function ownerAsk(plan: Plan, endpoint: ResourceId): OwnerAsk {
  const target = targetOf(plan, endpoint);
  const isId = parseResourceId(target).kind === 'resource';
  const service = isId ? shortName(target) : (target.split('.')[0] ?? target);
  const id = isId ? target : `<resource id of ${service}>`;
  const query = `[?ends_with(properties.privateEndpoint.id, '/${shortName(endpoint)}')].id`;
  const list = `az network private-endpoint-connection list --id ${id} --query "${query}" --output tsv`;
  return {
    words: `Please accept the connection of the private endpoint ${shortName(endpoint)} on ${service}: in the Azure portal under Private Link Center, pending connections, or with this command:`,
    command: `az network private-endpoint-connection approve --id "$(${list})"`,
  };
}

/** Resource id or alias of the service that the endpoint leads to. */
function targetOf({ steps }: Plan, endpoint: ResourceId): string {
  const step = steps.find(({ kind, resource }) => kind === 'private-endpoint' && sameResource(resource, endpoint));
  const found = /"privateLinkServiceId":"([^"]+)"/.exec(JSON.stringify(bodyOf(step)));
  return found?.[1] ?? 'the service';
}

function bodyOf(step: { body: Json; before: Json } | undefined): Json {
  return step?.body ?? step?.before ?? null;
}

/** Begins or ends the wait, when the report is about one. */
export function followOwner(
  state: ConnectAt<'applying'>,
  report: StepReport,
  context: Context,
): { state: ConnectAt<'applying'>; effects: Effect[] } {
  const step = workOf(state).steps.find(({ id }) => id === report.id);
  if (step === undefined || !isOwnerWait(step)) {
    return { state, effects: [] };
  }
  if (report.state !== 'waiting') {
    const { owner: _owner, ...rest } = state;
    return { state: rest, effects: [] };
  }
  if (state.owner !== undefined) {
    return { state, effects: [] };
  }
  // The time that a plan took says nothing when somebody else was waited for.
  const { startedAt: _startedAt, ...base } = state;
  const next: ConnectAt<'applying'> = { ...base, owner: { step: step.id, since: context.at } };
  return { state: next, effects: [tellOwnerWait(next, step, context), ...remindLater(next, context)] };
}

export function tellOwnerWait(
  state: ConnectAt<'applying'>,
  step: { title: string; resource: ResourceId },
  context: Context,
): Effect {
  const { words, command } = ownerAsk(state.plan, step.resource);
  const since = state.owner === undefined || state.owner.since === context.at ? '' : askedSince(state, context);
  const text = `${waitWords(step.title)}${since}. ${endWords(state, context)} Send this to them:\n\n${words}\n\n${command}`;
  return showText(`owner-${context.revision}`, state.place, text, { mention: [state.requester] });
}

export function waitWords(title: string): string {
  return title.replace(/^Wait until/, 'I wait until');
}

/** "asked Fri 10:00 (Europe/Amsterdam), 3 days ago" */
export function askedSince({ owner, requester }: ConnectAt<'applying'>, { at, directory }: Context): string {
  if (owner === undefined) {
    return '';
  }
  const days = Math.floor(secondsBetween(owner.since, at) / daySeconds);
  const ago = days === 0 ? '' : `, ${days} ${days === 1 ? 'day' : 'days'} ago`;
  return `, asked ${localDayTime(owner.since, zoneOf(requester, directory))}${ago}`;
}

/** How long an owner is waited for; the executor looks for just as long. */
export const ownerWaitDays = 14;
const daySeconds = 24 * 60 * 60;

export function endWords({ owner, requester }: ConnectAt<'applying'>, { at, directory }: Context): string {
  const day = localDay(endOf(owner?.since ?? at), zoneOf(requester, directory));
  return `I look by myself, remind you here every working day, and stop asking on ${day}.`;
}

function endOf(since: string): string {
  return addMinutes(since, (ownerWaitDays * daySeconds) / 60);
}

function zoneOf(person: PersonId, directory: Context['directory']): string {
  return findPerson(directory, person)?.zone ?? 'UTC';
}

/** None after the wait has ended by itself. */
export function remindLater(state: ConnectAt<'applying'>, { at, directory }: Context): Effect[] {
  const dueAt = nextWorkday(at, zoneOf(state.requester, directory));
  const isOver = secondsBetween(dueAt, endOf(state.owner?.since ?? at)) <= 0;
  return isOver ? [] : [{ kind: 'work', type: 'timer', name: 'owner-reminder', about: waitName(state), dueAt }];
}

/** Another try waits anew, with reminders of its own. */
export function waitName({ owner, planId }: ConnectAt<'applying'>): string {
  return `${planId}/${owner?.step ?? ''}@${owner?.since ?? ''}`;
}

/**
 * Waiting for the owner of a service to accept a connection, which may take days (STORYBOARD A8): a new message when the
 * wait begins, and one on every working day.
 */
import type { Json, Plan, ResourceId } from '../plan/plan.ts';
import { parseResourceId, shortName } from '../plan/resource-id.ts';
import { sameResource } from '../plan/world.ts';
import { isOwnerWait, workOf } from './connect-work.ts';
import type { Effect } from './effect.ts';
import type { StepReport } from './event.ts';
import { type Context, findPerson, moveTo, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { ConnectAt } from './state.ts';
import { localTime, nextWorkday } from './time.ts';

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
  const query = `[?contains(properties.privateEndpoint.id, '/${shortName(endpoint)}')].id`;
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
  return { state: next, effects: [tell(next, step, context), remindLater(next, context)] };
}

function tell(state: ConnectAt<'applying'>, step: { title: string; resource: ResourceId }, context: Context): Effect {
  const { words, command } = ownerAsk(state.plan, step.resource);
  const since = state.owner === undefined || state.owner.since === context.at ? '' : askedSince(state, context);
  const text = `${waitWords(step.title)}${since}. Send this to them:\n\n${words}\n\n${command}`;
  return showText(`owner-${context.revision}`, state.place, text, { mention: [state.requester] });
}

export function waitWords(title: string): string {
  return title.replace(/^Wait until/, 'I wait until');
}

export function askedSince({ owner, requester }: ConnectAt<'applying'>, { directory }: Context): string {
  return owner === undefined
    ? ''
    : `, asked ${localTime(owner.since, findPerson(directory, requester)?.zone ?? 'UTC')}`;
}

function remindLater({ owner, planId, requester }: ConnectAt<'applying'>, { at, directory }: Context): Effect {
  const zone = findPerson(directory, requester)?.zone ?? 'UTC';
  const about = `${planId}/${owner?.step ?? ''}`;
  return { kind: 'work', type: 'timer', name: 'owner-reminder', about, dueAt: nextWorkday(at, zone) };
}

export function remindOwner(state: ConnectAt<'applying'>, about: string, context: Context): Transition {
  const { owner, planId } = state;
  const step = workOf(state).steps.find(({ id }) => id === owner?.step);
  return step === undefined || about !== `${planId}/${step.id}`
    ? stay(state)
    : moveTo(state, [tell(state, step, context), remindLater(state, context)]);
}

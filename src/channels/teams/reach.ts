/** Where a message has to be sent: the stored reference of its conversation, or a private conversation with one person. */
import type { Place } from '../../flows/event.ts';
import type { PersonId } from '../../flows/people.ts';
import { Undeliverable } from '../channel.ts';
import type { Target } from './connector.ts';
import type { TeamsDeps } from './deps.ts';
import { userIdOfStranger } from './identity.ts';
import type { Reference } from './memory.ts';
import { globalServiceUrl } from './microsoft.ts';
import { encodeConversation, layoutOf } from './place.ts';

type ReachDeps = Pick<TeamsDeps, 'bot' | 'connector' | 'memory' | 'people' | 'tenants'>;

export interface Reached {
  target: Target;
  reference: Reference;
}

export async function reachPlace(deps: ReachDeps, { conversation, thread }: Place): Promise<Reached> {
  const reference = await referenceOf(deps, conversation);
  const id = encodeConversation({ conversation, thread }, reference.layout);
  return { target: { serviceUrl: reference.serviceUrl, conversation: id }, reference };
}

/** @throws {Undeliverable} when this person cannot be written to alone */
export async function reachPrivately(deps: ReachDeps, person: PersonId, near: Place): Promise<Reached> {
  const known = await deps.memory.person(person);
  if (known !== null && known.personal !== null) {
    return reachPlace(deps, { platform: 'teams', conversation: known.personal, thread: null });
  }
  const reference = await referenceOf(deps, near.conversation);
  const entra = deps.people().find(({ id }) => id === person)?.entra ?? null;
  const userId = known?.userId ?? userIdOfStranger(person) ?? entra?.objectId;
  if (userId === undefined) {
    throw new Undeliverable(
      `Writing to ${person} in Teams: the settings do not say who that is there. Add “entra” to this person.`,
    );
  }
  const { botId, serviceUrl } = reference;
  const tenant = entra?.tenant ?? reference.tenant;
  const conversation = await deps.connector.openPersonal(serviceUrl, { botId, userId, tenant });
  const personal: Reference = { ...reference, layout: 'flat', kind: 'personal', tenant, team: null };
  await deps.memory.rememberReference(conversation, personal);
  await deps.memory.rememberPerson(person, { userId, name: known?.name ?? '', personal: conversation });
  return { target: { serviceUrl, conversation }, reference: personal };
}

/** A channel that the settings name may never have been written in; its tenant's service knows it. */
async function referenceOf(deps: ReachDeps, conversation: string): Promise<Reference> {
  const known = await deps.memory.reference(conversation);
  if (known !== null) {
    return known;
  }
  const { bot } = deps;
  const tenants = bot.kind === 'local' ? [null] : [bot.tenantId, ...deps.tenants()];
  for (const tenant of tenants) {
    const service = await deps.memory.service(tenant);
    if (service !== null) {
      return { ...service, layout: layoutOf({ id: conversation }), kind: 'unknown', tenant, team: null };
    }
  }
  if (bot.kind === 'local' || bot.openIdMetadataUrl !== null) {
    throw new Undeliverable(
      `Writing to Teams (${conversation}): nobody there has spoken to the bot yet, so its address is not known. Install the bot there or write to it once.`,
    );
  }
  return {
    serviceUrl: globalServiceUrl,
    layout: layoutOf({ id: conversation }),
    kind: 'unknown',
    tenant: bot.tenantId,
    botId: `28:${bot.appId}`,
    team: null,
  };
}

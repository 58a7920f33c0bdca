/** What every verified activity teaches: how this conversation is reached, and by which id Teams knows who speaks. */
import type { TeamsDeps } from './deps.ts';
import { idOf, tenantOf, type Who } from './identity.ts';
import { decodeConversation, layoutOf } from './place.ts';
import type { Activity } from './schema.ts';

export async function remember(deps: Pick<TeamsDeps, 'bot' | 'memory'>, activity: Activity, who: Who): Promise<void> {
  const { conversation, from, recipient, serviceUrl } = activity;
  const tenant = tenantOf(activity);
  const place = decodeConversation(conversation.id);
  const kind = conversation.conversationType ?? (conversation.isGroup === false ? 'personal' : 'unknown');
  await deps.memory.rememberReference(place.conversation, {
    serviceUrl,
    layout: layoutOf(conversation),
    kind,
    tenant,
    botId: recipient.id,
    team: activity.channelData?.team?.id ?? null,
  });
  await deps.memory.rememberService(deps.bot.kind === 'local' ? null : tenant, { serviceUrl, botId: recipient.id });
  const known = await deps.memory.person(idOf(who));
  const name = from.name === '' ? (known?.name ?? '') : from.name;
  const personal = kind === 'personal' ? place.conversation : (known?.personal ?? null);
  await deps.memory.rememberPerson(idOf(who), { userId: from.id, name, personal });
}

/** By which id Teams calls a person, so that it notifies them: the one it told us, else it is asked for it once. */
import type { PersonId } from '../../flows/people.ts';
import { Throttled } from '../channel.ts';
import type { TeamsDeps } from './deps.ts';
import type { Mentioned } from './message.ts';
import type { Reached } from './reach.ts';

type MentionDeps = Pick<TeamsDeps, 'connector' | 'memory' | 'people'>;

export async function mentionsOf(
  deps: MentionDeps,
  ids: readonly PersonId[],
  { target }: Reached,
): Promise<Mentioned[]> {
  const mentions = await Promise.all([...new Set(ids)].map((id) => mentionOf(deps, id, target)));
  return mentions.filter((mention) => mention !== null);
}

/** Null for somebody whom Teams does not know. */
async function mentionOf(deps: MentionDeps, id: PersonId, target: Reached['target']): Promise<Mentioned | null> {
  const person = deps.people().find((known) => known.id === id);
  const known = await deps.memory.person(id);
  if (known !== null) {
    return { userId: known.userId, name: person?.name ?? known.name };
  }
  if (person === undefined || person.entra === null) {
    return null;
  }
  const { objectId } = person.entra;
  try {
    const member = await deps.connector.member(target, objectId);
    await deps.memory.rememberPerson(id, { userId: member.userId, name: member.name, personal: null });
    return { userId: member.userId, name: person.name };
  } catch (error) {
    if (error instanceof Throttled) {
      throw error;
    }
    // A message that calls nobody by sound is still worth more than none; clients resolve the object id in some places.
    return { userId: objectId, name: person.name };
  }
}

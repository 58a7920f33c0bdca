/** Finds the person behind a payload. Whoever is at home in another company stays a stranger, whatever the settings say. */
import type { Installation } from './deps.ts';
import { actorOf, isInside, personByEmail, personBySlackId, strangerOf, type Who } from './identity.ts';
import { within } from './in-flight.ts';
import { NotNow, type Room } from './room.ts';
import type { Payload } from './schema.ts';

/** Slack waits for three seconds in all. */
const patienceMs = 1_500;

/** Null for what nobody did. @throws {NotNow} when Slack does not say in time who that is */
export async function meet(room: Room, payload: Payload, installation: Installation): Promise<Who | null> {
  const actor = actorOf(payload, installation);
  if (actor === null) {
    return null;
  }
  if (!isInside(actor, installation)) {
    return strangerOf(actor.userId, 'outside');
  }
  const people = room.deps.people();
  const person = personBySlackId(actor, installation, people) ?? (await byEmail(room, actor.userId));
  return person === null ? strangerOf(actor.userId, 'unknown') : { kind: 'known', person, userId: actor.userId };
}

async function byEmail({ deps, out }: Room, userId: string): Promise<ReturnType<typeof personByEmail>> {
  if (!deps.matchByEmail()) {
    return null;
  }
  const asked = out.emailOf(userId).then((email) => ({ email }));
  const answer = await within(patienceMs, asked);
  if (answer === null) {
    throw new NotNow(`Asking Slack who ${userId} is: it takes too long. Send it again.`);
  }
  return answer.email === null ? null : personByEmail(answer.email, deps.people());
}

/** @throws {NotNow} while Slack has not said where the app is installed */
export async function installationNow({ out }: Pick<Room, 'out'>): Promise<Installation> {
  const asked = out.installation().catch(() => null);
  const installation = await within(patienceMs, asked);
  if (installation === null) {
    throw new NotNow('Slack has not said yet where this app is installed. Send it again in a moment.');
  }
  return installation;
}

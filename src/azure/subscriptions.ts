/** The subscriptions that the bot's identity can see, what people call them, and in which directory they are. */
import { z } from 'zod/v4';
import type { Arm } from './arm.ts';
import { mapFew } from './collect.ts';
import { readOrNote } from './reading.ts';

export interface Subscriptions {
  /** Lower-case. */
  ids: readonly string[];
  /** The display name; the id when the name could not be read. */
  nameOf(subscription: string): string;
  /** Id of its directory; null when it could not be read. */
  tenantOf(subscription: string): string | null;
}

const entryBody = z.object({
  subscriptionId: z.string(),
  displayName: z.string().optional(),
  tenantId: z.string().optional(),
});

type Entry = z.infer<typeof entryBody>;

const apiVersion = '2022-12-01';

/** `known` are subscriptions that are looked into even when the list does not name them, as in another directory. */
export async function readSubscriptions(arm: Arm, known: readonly string[], unread: string[]): Promise<Subscriptions> {
  const listed = await readOrNote({ unread }, 'the list of subscriptions', () =>
    arm.list('/subscriptions', apiVersion),
  );
  const entries = new Map((listed ?? []).flatMap(entryOf).map((entry) => [entry.subscriptionId.toLowerCase(), entry]));
  const unlisted = [...new Set(known.map((id) => id.toLowerCase()))].filter((id) => !entries.has(id));
  for (const entry of await mapFew(unlisted, (id) => readOne(arm, id))) {
    entries.set(entry.subscriptionId.toLowerCase(), entry);
  }
  return {
    ids: [...entries.keys()],
    nameOf: (subscription) => entries.get(subscription.toLowerCase())?.displayName ?? subscription,
    tenantOf: (subscription) => entries.get(subscription.toLowerCase())?.tenantId ?? null,
  };
}

/** Without a right to read the subscription itself, its resources may be readable nevertheless. */
async function readOne(arm: Arm, id: string): Promise<Entry> {
  try {
    return entryOf(await arm.read(`/subscriptions/${id}`, apiVersion))[0] ?? { subscriptionId: id };
  } catch {
    return { subscriptionId: id };
  }
}

function entryOf(item: unknown): Entry[] {
  const parsed = entryBody.safeParse(item);
  return parsed.success ? [parsed.data] : [];
}

/** The subscriptions that the bot's identity can see, and what people call them. */
import type { Arm } from './arm.ts';
import { shortReason } from './errors.ts';

export interface Subscriptions {
  ids: readonly string[];
  /** The display name; the id when the name could not be read. */
  nameOf(subscription: string): string;
}

/** `known` are subscriptions of the settings, which are looked into even when the list does not name them. */
export async function readSubscriptions(arm: Arm, known: readonly string[], unread: string[]): Promise<Subscriptions> {
  const names = new Map(known.map((id) => [id.toLowerCase(), id]));
  try {
    for (const entry of await arm.list('/subscriptions', '2022-12-01')) {
      const { subscriptionId, displayName } = entry as { subscriptionId?: unknown; displayName?: unknown };
      if (typeof subscriptionId === 'string') {
        names.set(subscriptionId.toLowerCase(), typeof displayName === 'string' ? displayName : subscriptionId);
      }
    }
  } catch (error) {
    unread.push(`the list of subscriptions (${shortReason(error)})`);
  }
  return { ids: [...names.keys()], nameOf: (subscription) => names.get(subscription.toLowerCase()) ?? subscription };
}

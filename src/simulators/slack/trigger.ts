/** Triggers: the right to open a view, which a person's deed gives for three seconds and for one use. */
import { randomInt } from 'node:crypto';
import { type Account, newSecretId, type Trigger } from './account.ts';
import { refusal } from './answers.ts';

const lifeSeconds = 3;

export function newTrigger(account: Account, user: string, view: string | null): string {
  const id = `${randomInt(1e9, 1e10)}.${randomInt(1e9, 1e10)}.${newSecretId()}`;
  const expiresAt = account.now().add({ seconds: lifeSeconds });
  account.triggers.set(id, { user, view, expiresAt, used: false, onView: [] });
  return id;
}

/** @throws {Refused} */
export function useTrigger(account: Account, id: string): Trigger {
  const trigger = account.triggers.get(id);
  if (trigger === undefined) {
    throw refusal('invalid_trigger_id');
  }
  if (trigger.used) {
    throw refusal('exchanged_trigger_id');
  }
  if (Temporal.Instant.compare(account.now(), trigger.expiresAt) > 0) {
    throw refusal('expired_trigger_id');
  }
  trigger.used = true;
  return trigger;
}

/** Resolves with the view that was opened with the trigger; null when none was while it lived. */
export function viewOpenedWith(account: Account, id: string, stopped: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), lifeSeconds * 1000);
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(null);
    });
    account.triggers.get(id)?.onView.push((view) => {
      clearTimeout(timer);
      resolve(view);
    });
  });
}

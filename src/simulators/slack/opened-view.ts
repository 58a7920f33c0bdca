/** The modal that an app opens with a trigger, for whoever wants to see it at once. */
import type { Outcome } from './deliveries.ts';
import type { Json } from './records.ts';
import type { Stage } from './scene.ts';
import { viewOpenedWith } from './trigger.ts';
import { viewOnWire } from './views.ts';

export interface Triggered extends Outcome {
  trigger_id: string;
  /** Only when somebody waited for it; null: none came while the trigger lived. */
  view?: Json | null;
}

/** Begins to watch at once; what it returns waits. */
export function watchForView(
  { account, deliveries }: Stage,
  triggerId: string,
  waits: boolean,
): () => Promise<Pick<Triggered, 'view'>> {
  const opened = waits ? viewOpenedWith(account, triggerId, deliveries.stopped) : null;
  return async () => {
    if (opened === null) {
      return {};
    }
    const id = await opened;
    const view = account.world.views.find((entry) => entry.id === id);
    return { view: view === undefined ? null : viewOnWire(view) };
  };
}

/**
 * The form of a card, for one person: opened while Slack's trigger lives, and brought up to date when the card is. What
 * was typed stays, because the fields keep their ids.
 */
import { z } from 'zod/v4';
import type { Modal } from '../../cards/block-kit/block.ts';
import { plainText } from '../../cards/block-kit/slack-text.ts';
import { toBlockKit } from '../../cards/block-kit/to-block-kit.ts';
import type { PersonId } from '../../flows/people.ts';
import type { FormOpening, Outgoing } from '../channel.ts';
import { shownNow } from '../shown-now.ts';
import { Gone, Refused } from './errors.ts';
import type { FormsMemory, OpenForm } from './forms-memory.ts';
import type { OutDeps } from './parts.ts';
import type { Turns } from './turns.ts';
import { cardFor, type Shown } from './views.ts';

export interface Forms {
  /** @throws {Error} when the trigger is over or Slack does not take the form */
  open(opening: FormOpening): Promise<void>;
  /** Brings the forms of this message to the revision that is about to go out. */
  renew(message: Outgoing): Promise<void>;
  /** Leaves it alone until it is released: its answers are being read. */
  hold(viewId: string): void;
  release(viewId: string): void;
  closed(viewId: string): Promise<void>;
}

type FormDeps = Pick<OutDeps, 'api' | 'now' | 'store' | 'tokenKey'>;

const Viewed = z.object({ view: z.object({ id: z.string().min(1), hash: z.string() }) });

export function createForms(deps: FormDeps, memory: FormsMemory, turns: Turns): Forms {
  const held = new Set<string>();
  async function renew(messageKey: string, shown: (Shown & { revision: number }) | null): Promise<void> {
    await renewAll(deps, memory, messageKey, shown, held);
  }
  return {
    async open({ messageKey, person, triggerId, verb }) {
      const shown = await shownNow(deps, messageKey);
      const modal = shown === null ? null : formOf(deps, shown, verb, person);
      if (shown === null || modal === null) {
        throw new Error('Opening a form: the card does not ask for this any more. Use the newest card.');
      }
      const { view } = await deps.api.ask('views.open', { trigger_id: triggerId, view: withNotice(modal) }, Viewed);
      await turns.run(messageKey, async () => {
        const { revision } = shown;
        const at = deps.now().toString();
        await memory.add(messageKey, { viewId: view.id, hash: view.hash, verb, person, revision, at });
        // What was sent while the form opened did not know of it.
        await renew(messageKey, await shownNow(deps, messageKey));
      });
    },
    renew: (message) => turns.run(message.key, () => renew(message.key, message)),
    hold: (viewId) => void held.add(viewId),
    release: (viewId) => void held.delete(viewId),
    async closed(viewId) {
      await memory.drop(viewId);
      held.delete(viewId);
    },
  };
}

/** Null when this revision of the card has no such form. */
function formOf(deps: Pick<FormDeps, 'tokenKey'>, shown: Shown, verb: string, person: PersonId): Modal | null {
  if (shown.tokenId === null || !shown.verbs.includes(verb)) {
    return null;
  }
  const { modal } = toBlockKit(cardFor(deps, shown, person), { markdown: false, verb });
  return modal?.callback_id === verb ? modal : null;
}

/** Told when the person closes it, so that it is not kept in step for nothing. */
function withNotice(modal: object): object {
  return { ...modal, notify_on_close: true };
}

async function renewAll(
  deps: FormDeps,
  memory: FormsMemory,
  messageKey: string,
  shown: (Shown & { revision: number }) | null,
  held: ReadonlySet<string>,
): Promise<void> {
  for (const form of shown === null ? [] : await memory.list(messageKey)) {
    if (shown !== null && form.revision < shown.revision && !held.has(form.viewId)) {
      await renewOne(deps, memory, messageKey, shown, form);
    }
  }
}

async function renewOne(
  deps: FormDeps,
  memory: FormsMemory,
  messageKey: string,
  shown: Shown & { revision: number },
  form: OpenForm,
): Promise<void> {
  const { hash, person, verb, viewId } = form;
  const modal = formOf(deps, shown, verb, person);
  try {
    const args = { view_id: viewId, hash, view: modal === null ? overView() : withNotice(modal) };
    const { view } = await deps.api.ask('views.update', args, Viewed);
    await (modal === null
      ? memory.drop(viewId)
      : memory.change(messageKey, viewId, { hash: view.hash, revision: shown.revision }));
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    // Closed by now, or another process was faster and knows the newer hash.
    if (error instanceof Gone) {
      await memory.drop(viewId);
    }
  }
}

/** Its answers would go nowhere, so it does not ask any more. */
function overView(): object {
  return {
    type: 'modal',
    title: plainText('No longer needed'),
    close: plainText('Close'),
    blocks: [
      {
        type: 'section',
        text: plainText('The card has moved on while this form was open, so its answers are not needed any more.'),
      },
    ],
  };
}

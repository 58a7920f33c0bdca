/** Which forms are open, by the message whose card they ask for; every process may have to bring one up to date. */
import { z } from 'zod/v4';
import { putFact, readFacts } from '../../store/facts.ts';
import type { Store, Tx } from '../../store/store.ts';

const OpenForm = z.object({
  viewId: z.string(),
  /** Of the view as it stands; Slack changes it with every change. */
  hash: z.string(),
  verb: z.string(),
  person: z.string(),
  /** Of the message that the form shows. */
  revision: z.number(),
  /** When it was opened, ISO 8601. */
  at: z.string(),
});

export type OpenForm = z.infer<typeof OpenForm>;

/** A form that nobody sent within a day stands on a screen that nobody looks at. */
const keptHours = 24;
const maxForms = 10;

const OpenForms = z.array(OpenForm);

export interface FormsMemory {
  list(messageKey: string): Promise<readonly OpenForm[]>;
  add(messageKey: string, form: OpenForm): Promise<void>;
  /** Nothing when it is closed by now. */
  change(messageKey: string, viewId: string, change: Pick<OpenForm, 'hash' | 'revision'>): Promise<void>;
  drop(viewId: string): Promise<void>;
}

function listKey(messageKey: string): string {
  return `slack/forms/${messageKey}`;
}

function viewKey(viewId: string): string {
  return `slack/form/${viewId}`;
}

export function createFormsMemory(store: Store, now: () => Temporal.Instant): FormsMemory {
  function update(messageKey: string, change: (forms: OpenForm[]) => OpenForm[]): Promise<void> {
    return store.write(async (tx) => {
      const key = listKey(messageKey);
      const forms = change(parse((await readFacts(tx, [key])).get(key)?.value));
      await (forms.length === 0 ? remove(tx, key) : putFact(tx, key, forms, now().toString()));
    });
  }
  return {
    list: async (messageKey) => {
      const key = listKey(messageKey);
      return parse((await readFacts(store.read, [key])).get(key)?.value);
    },
    async add(messageKey, form) {
      await store.write((tx) => putFact(tx, viewKey(form.viewId), messageKey, now().toString()));
      await update(messageKey, (forms) => [...forms.filter((one) => isFresh(one, now())), form].slice(-maxForms));
    },
    change: (messageKey, viewId, changed) =>
      update(messageKey, (forms) => forms.map((form) => (form.viewId === viewId ? { ...form, ...changed } : form))),
    async drop(viewId) {
      const key = viewKey(viewId);
      const messageKey = (await readFacts(store.read, [key])).get(key)?.value;
      if (typeof messageKey === 'string') {
        await update(messageKey, (forms) => forms.filter((form) => form.viewId !== viewId));
        await store.write((tx) => remove(tx, key));
      }
    },
  };
}

function parse(value: unknown): OpenForm[] {
  const parsed = OpenForms.safeParse(value);
  return parsed.success ? parsed.data : [];
}

function isFresh({ at }: OpenForm, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(at).add({ hours: keptHours }), now) > 0;
}

async function remove(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('fact').where('key', '=', key).execute();
}

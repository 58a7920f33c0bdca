/**
 * What this channel has to remember over restarts, as facts of our own: where conversations are reached, by which ids
 * people are known, and which copies of a message are out. No class of a library is stored.
 */
import { z } from 'zod/v4';
import { putFact, readFacts } from '../../store/facts.ts';
import type { Store } from '../../store/store.ts';

/** Enough to write into a conversation without being asked first. */
const Reference = z.object({
  serviceUrl: z.string(),
  layout: z.enum(['threads', 'flat']),
  kind: z.string(),
  tenant: z.string().nullable(),
  botId: z.string(),
  /** Id of the team that a channel belongs to. */
  team: z.string().nullable(),
});

export type Reference = z.infer<typeof Reference>;

/** A person as Teams knows them. */
const Known = z.object({
  /** `29:…`; differs from bot to bot. */
  userId: z.string(),
  name: z.string(),
  /** Their private conversation with the bot; null until there is one. */
  personal: z.string().nullable(),
});

export type Known = z.infer<typeof Known>;

const keys = {
  reference: (conversation: string) => `teams/reference/${conversation}`,
  /** The newest service of a tenant, for conversations that nobody has written in yet. */
  service: (tenant: string) => `teams/service/${tenant.toLowerCase()}`,
  person: (id: string) => `teams/person/${id}`,
  talk: (conversation: string, person: string) => `teams/talk/${conversation}/${person}`,
  copies: (messageKey: string) => `teams/copies/${messageKey}`,
  greeted: (conversation: string) => `teams/greeted/${conversation}`,
  blocked: (conversation: string) => `teams/blocked/${conversation}`,
} as const;

export interface Memory {
  reference(conversation: string): Promise<Reference | null>;
  rememberReference(conversation: string, reference: Reference): Promise<void>;
  /** The reference of any conversation of this tenant; null when none was ever seen. */
  service(tenant: string): Promise<Reference | null>;
  person(id: string): Promise<Known | null>;
  people(ids: readonly string[]): Promise<Map<string, Known>>;
  rememberPerson(id: string, known: Known): Promise<void>;
  /** The thread that this person spoke in last. */
  talk(conversation: string, person: string): Promise<string | null>;
  rememberTalk(conversation: string, person: string, thread: string): Promise<void>;
  /** Copies of a message besides the one whose id the message has. */
  copies(messageKey: string): Promise<readonly string[]>;
  rememberCopies(messageKey: string, copies: readonly string[]): Promise<void>;
  /** True once within `hours`, for a note that is worth saying once only. */
  first(what: 'greeted' | 'blocked', conversation: string, hours: number): Promise<boolean>;
}

export function createMemory(store: Store, now: () => Temporal.Instant): Memory {
  async function read<Schema extends z.ZodType>(key: string, schema: Schema): Promise<z.infer<Schema> | null> {
    const fact = (await readFacts(store.read, [key])).get(key);
    const parsed = schema.safeParse(fact?.value);
    return parsed.success ? parsed.data : null;
  }

  /** Most of it never changes, so that most turns write nothing. */
  async function keep(key: string, value: unknown): Promise<void> {
    const fact = (await readFacts(store.read, [key])).get(key);
    if (fact === undefined || JSON.stringify(fact.value) !== JSON.stringify(value)) {
      await store.write((tx) => putFact(tx, key, value, now().toString()));
    }
  }

  return {
    reference: (conversation) => read(keys.reference(conversation), Reference),
    async rememberReference(conversation, reference) {
      await keep(keys.reference(conversation), reference);
      if (reference.tenant !== null) {
        await keep(keys.service(reference.tenant), reference);
      }
    },
    service: (tenant) => read(keys.service(tenant), Reference),
    person: (id) => read(keys.person(id), Known),
    async people(ids) {
      const facts = await readFacts(store.read, ids.map(keys.person));
      return new Map(
        ids.flatMap((id): [string, Known][] => {
          const parsed = Known.safeParse(facts.get(keys.person(id))?.value);
          return parsed.success ? [[id, parsed.data]] : [];
        }),
      );
    },
    rememberPerson: (id, known) => keep(keys.person(id), known),
    talk: (conversation, person) => read(keys.talk(conversation, person), z.string()),
    rememberTalk: (conversation, person, thread) => keep(keys.talk(conversation, person), thread),
    copies: async (messageKey) => (await read(keys.copies(messageKey), z.array(z.string()))) ?? [],
    rememberCopies: (messageKey, copies) => keep(keys.copies(messageKey), copies),
    first: (what, conversation, hours) => first(store, keys[what](conversation), now(), hours),
  };
}

function first(store: Store, key: string, at: Temporal.Instant, hours: number): Promise<boolean> {
  return store.write(async (tx) => {
    const last = (await readFacts(tx, [key])).get(key)?.readAt;
    const isRecent = last !== undefined && Temporal.Instant.compare(Temporal.Instant.from(last).add({ hours }), at) > 0;
    if (!isRecent) {
      await putFact(tx, key, true, at.toString());
    }
    return !isRecent;
  });
}

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

/** How a tenant is reached, whatever the conversation. */
const Service = Reference.pick({ serviceUrl: true, botId: true });

type Service = z.infer<typeof Service>;

const keys = {
  reference: (conversation: string) => `teams/reference/${conversation}`,
  /** The newest service of a tenant, for conversations that nobody has written in yet. */
  service: (tenant: string | null) => `teams/service/${tenant?.toLowerCase() ?? 'local'}`,
  person: (id: string) => `teams/person/${id}`,
  talk: (conversation: string, person: string) => `teams/talk/${conversation}/${person}`,
  copies: (messageKey: string) => `teams/copies/${messageKey}`,
  greeted: (conversation: string) => `teams/greeted/${conversation}`,
  blocked: (conversation: string) => `teams/blocked/${conversation}`,
} as const;

export interface Memory {
  reference(conversation: string): Promise<Reference | null>;
  rememberReference(conversation: string, reference: Reference): Promise<void>;
  /** Null when nobody of this tenant ever wrote. The tenant is null in local mode, where there is one world only. */
  service(tenant: string | null): Promise<Service | null>;
  rememberService(tenant: string | null, service: Service): Promise<void>;
  person(id: string): Promise<Known | null>;
  people(ids: readonly string[]): Promise<Map<string, Known>>;
  rememberPerson(id: string, known: Known): Promise<void>;
  /** The thread that this person spoke in last. */
  talk(conversation: string, person: string): Promise<string | null>;
  rememberTalk(conversation: string, person: string, thread: string): Promise<void>;
  /** Copies of a message besides the one whose id the message has. */
  copies(messageKey: string): Promise<readonly string[]>;
  addCopy(messageKey: string, id: string): Promise<void>;
  dropCopy(messageKey: string, id: string): Promise<void>;
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

  function changeCopies(messageKey: string, change: (copies: string[]) => string[]): Promise<void> {
    const key = keys.copies(messageKey);
    return store.write(async (tx) => {
      const known = Copies.safeParse((await readFacts(tx, [key])).get(key)?.value);
      await putFact(tx, key, change(known.success ? known.data : []), now().toString());
    });
  }

  return {
    reference: (conversation) => read(keys.reference(conversation), Reference),
    rememberReference: (conversation, reference) => keep(keys.reference(conversation), reference),
    service: (tenant) => read(keys.service(tenant), Service),
    rememberService: (tenant, { serviceUrl, botId }) => keep(keys.service(tenant), { serviceUrl, botId }),
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
    copies: async (messageKey) => (await read(keys.copies(messageKey), Copies)) ?? [],
    addCopy: (messageKey, id) =>
      changeCopies(messageKey, (copies) => [...copies.filter((copy) => copy !== id), id].slice(-maxCopies)),
    dropCopy: (messageKey, id) => changeCopies(messageKey, (copies) => copies.filter((copy) => copy !== id)),
    first: (what, conversation, hours) => first(store, keys[what](conversation), now(), hours),
  };
}

const Copies = z.array(z.string());
/** Each copy is one more edit; more than a few come about only when Teams is in trouble. */
const maxCopies = 5;

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

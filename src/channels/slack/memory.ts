/**
 * What the sending half has to remember over restarts, and shares with other processes, as facts of our own: where people
 * are reached, which copies of a message are out, how far a long one got, and what this workspace does not let us do.
 */
import { z } from 'zod/v4';
import { putFact, readFacts } from '../../store/facts.ts';
import type { Store, Tx } from '../../store/store.ts';

/** Where a message stands in Slack. */
export interface Spot {
  channel: string;
  ts: string;
}

/** A message whose words are a file or several messages: how far it got. */
export interface Progress {
  /** Of the message that shows how they begin. */
  ts: string;
  /** Of the words that went out. */
  digest: string;
  /** How many of its parts did. */
  parts: number;
}

/** What is not allowed or not understood, for now. */
export type Lack = `history-of-${string}` | `way-into-${string}` | 'files' | 'newer-blocks';

const keys = {
  direct: (user: string) => `slack/direct/${user}`,
  copies: (messageKey: string) => `slack/copies/${messageKey}`,
  progress: (messageKey: string, channel: string) => `slack/long/${channel}/${messageKey}`,
  lack: (what: Lack) => `slack/lacks/${what}`,
} as const;

export interface Memory {
  /** The direct messages of a user with the bot; null when they are not known. */
  direct(user: string): Promise<string | null>;
  rememberDirect(user: string, channel: string): Promise<void>;
  /** Copies of a message besides the one whose id the message has. */
  copies(messageKey: string): Promise<readonly Spot[]>;
  addCopy(messageKey: string, copy: Spot): Promise<void>;
  dropCopy(messageKey: string, copy: Spot): Promise<void>;
  progress(messageKey: string, channel: string): Promise<Progress | null>;
  rememberProgress(messageKey: string, channel: string, progress: Progress): Promise<void>;
  /** True when it was missing within the last `hours`; an administrator may have mended it since. */
  lacks(what: Lack, hours: number): Promise<boolean>;
  rememberLack(what: Lack): Promise<void>;
}

const SpotFact = z.object({ channel: z.string(), ts: z.string() });
const Copies = z.array(SpotFact);
const ProgressFact = z.object({ ts: z.string(), digest: z.string(), parts: z.number() });
/** Each copy is one more edit. As many as there are people who are told in private instead of in a shared channel. */
const maxCopies = 25;

export function createMemory(store: Store, now: () => Temporal.Instant): Memory {
  async function read<Schema extends z.ZodType>(key: string, schema: Schema): Promise<z.infer<Schema> | null> {
    const parsed = schema.safeParse((await readFacts(store.read, [key])).get(key)?.value);
    return parsed.success ? parsed.data : null;
  }
  function keep(key: string, value: unknown): Promise<void> {
    return store.write((tx) => putFact(tx, key, value, now().toString()));
  }
  function changeCopies(messageKey: string, change: (copies: Spot[]) => Spot[]): Promise<void> {
    return store.write((tx) => changeIn(tx, keys.copies(messageKey), change, now()));
  }
  return {
    direct: (user) => read(keys.direct(user), z.string()),
    rememberDirect: (user, channel) => keep(keys.direct(user), channel),
    copies: async (messageKey) => (await read(keys.copies(messageKey), Copies)) ?? [],
    addCopy: (messageKey, copy) =>
      changeCopies(messageKey, (copies) => [...copies.filter((other) => !isSame(other, copy)), copy].slice(-maxCopies)),
    dropCopy: (messageKey, copy) =>
      changeCopies(messageKey, (copies) => copies.filter((other) => !isSame(other, copy))),
    progress: (messageKey, channel) => read(keys.progress(messageKey, channel), ProgressFact),
    rememberProgress: (messageKey, channel, progress) => keep(keys.progress(messageKey, channel), progress),
    async lacks(what, hours) {
      const readAt = (await readFacts(store.read, [keys.lack(what)])).get(keys.lack(what))?.readAt;
      return readAt !== undefined && Temporal.Instant.compare(Temporal.Instant.from(readAt).add({ hours }), now()) > 0;
    },
    rememberLack: (what) => keep(keys.lack(what), true),
  };
}

async function changeIn(tx: Tx, key: string, change: (copies: Spot[]) => Spot[], at: Temporal.Instant): Promise<void> {
  const known = Copies.safeParse((await readFacts(tx, [key])).get(key)?.value);
  await putFact(tx, key, change(known.success ? known.data : []), at.toString());
}

export function isSame(left: Spot, right: Spot): boolean {
  return left.channel === right.channel && left.ts === right.ts;
}

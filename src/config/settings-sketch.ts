/**
 * The settings as they were written, as far as one part of them speaks of another. What has no usable shape is skipped,
 * so that a wrong key in one place does not hide a wrong name in another.
 */
import { z } from 'zod/v4';

const word = z.string().catch('');
const words = z.array(word).catch([]);
/** Null, as when it is missing: all of them. */
const namesOrAll = z.array(word).nullable().catch(null);
const count = z.int().min(1).catch(1);
const person = z.object({
  id: word,
  email: word,
  roles: words,
  calendar: word,
  entra: z.object({ tenant: word, objectId: word }).nullable().catch(null),
  slack: z.object({ team: word, user: word }).nullable().catch(null),
});
export const sketch = z.object({
  people: sketchList(person),
  environments: sketchList(z.object({ name: word, mayRequest: words })),
  onCall: sketchList(z.object({ name: word, people: words, overrides: sketchList(z.object({ person: word })) })),
  approvals: sketchList(
    z.object({
      environments: namesOrAll,
      risks: namesOrAll,
      rotation: word,
      group: word,
      count,
      second: z.object({ group: word, rotation: word, count }).nullable().catch(null),
    }),
  ),
  freezes: sketchList(z.object({ name: word, mode: word, environments: namesOrAll })),
  calendars: z.record(z.string(), z.unknown()).catch({}),
  clock: z.object({ escalateTo: word }).catch({ escalateTo: '' }),
  channels: sketchList(z.object({ platform: word, id: word, for: words })),
});
export type Sketch = z.infer<typeof sketch>;

/** An entry that is no object stays in the list as null, so that positions are still those of the file. */
function sketchList<Item extends z.ZodType>(item: Item) {
  return z.array(item.nullable().catch(null)).catch([]);
}

/**
 * Reads and shows the world of `/_sim/world`:
 * `{"teams":{"people":[],"places":[],"conversations":{"<id>":[activities]},"views":[],"files":[]}}` goes in, the inner
 * object comes out. Parts that are not named stay as they are.
 */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account, Json, World } from './records.ts';

const Activity = z.looseObject({ id: z.string().min(1) });

const PersonRecord = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  objectId: z.string().min(1),
  tenantId: z.string().min(1).optional(),
  email: z.string().optional(),
});

const PlaceRecord = z.object({
  id: z.string().min(1),
  kind: z.enum(['personal', 'group', 'channel']),
  name: z.string(),
  members: z.array(z.string()),
  team: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  installed: z.boolean().default(true),
});

const WorldFile = z.object({
  teams: z
    .object({
      people: z.array(PersonRecord).optional(),
      places: z.array(PlaceRecord).optional(),
      conversations: z.record(z.string(), z.array(Activity)).optional(),
      views: z
        .array(z.object({ message: z.string(), person: z.string(), card: z.record(z.string(), z.unknown()) }))
        .optional(),
      files: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.int(), text: z.string() })).optional(),
    })
    .optional(),
});

/** What a person has to say of themself; the rest follows from the tenant and the id. */
export type PersonInput = z.input<typeof PersonRecord>;
export type PlaceInput = z.input<typeof PlaceRecord>;

export function readPeople(people: readonly PersonInput[], tenantId: string): World['people'] {
  return people.map((person) => ({
    ...person,
    tenantId: person.tenantId ?? tenantId,
    email: person.email ?? `${person.id}@example.com`,
  }));
}

export function readPlaces(places: readonly PlaceInput[]): World['places'] {
  return places.map((place) => PlaceRecord.parse(place));
}

/** @throws {BadControlRequest} for a world that cannot be read. */
export function replaceWorld({ world, tenantId }: Account, file: unknown): void {
  const read = WorldFile.safeParse(file);
  if (!read.success) {
    throw new BadControlRequest(`This world cannot be read:\n${z.prettifyError(read.error)}`);
  }
  const { people, places, conversations, views, files } = read.data.teams ?? {};
  Object.assign(world, {
    ...(people && { people: readPeople(people, tenantId) }),
    ...(places && { places }),
    ...(conversations && { conversations: new Map(Object.entries(conversations)) }),
    ...(views && { views }),
    ...(files && { files }),
  });
}

export function showWorld({ conversations, ...rest }: World): Json {
  return { ...rest, conversations: Object.fromEntries(conversations) };
}

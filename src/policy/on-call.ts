/** Who is on call: rotations that hand over weekly or daily at a local time, with overrides. */
import { z } from 'zod/v4';
import type { PersonId } from './people.ts';
import { zoneSchema } from './zone.ts';

const localTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'write a local date and time such as 2026-01-05T09:00')
  .refine(isDateTime, 'there is no such date or time');

/** As the settings write it; times are local to `zone`. */
export const rotationSchema = z
  .strictObject({
    name: z.string().min(1),
    zone: zoneSchema,
    /** The first handover: the first person begins here. */
    start: localTime,
    handover: z.enum(['weekly', 'daily']),
    people: z.array(z.string().min(1)).min(1, 'a rotation needs at least one person'),
    overrides: z
      .array(
        z
          .strictObject({ from: localTime, to: localTime, person: z.string().min(1) })
          .refine((override) => override.from < override.to, 'an override must end after it begins'),
      )
      .default([]),
  })
  .readonly();

export type Rotation = z.infer<typeof rotationSchema>;

export interface OnCall {
  person: PersonId;
  /** When somebody else takes over, or the next handover when it is the same person again. */
  until: Temporal.Instant;
}

/** Null before the rotation begins. Of two overrides at the same time the later one in the list counts. */
export function personOnCall(rotation: Rotation, at: Temporal.Instant): OnCall | null {
  const person = personAt(rotation, at);
  if (person === null) {
    return null;
  }
  const changes = changesAfter(rotation, at);
  const [next] = changes;
  const until = changes.find((change) => personAt(rotation, change) !== person) ?? next;
  return until === undefined ? null : { person, until };
}

function personAt(rotation: Rotation, at: Temporal.Instant): PersonId | null {
  const override = rotation.overrides.findLast(({ from, to }) =>
    isBetween(at, instantOf(rotation, from), instantOf(rotation, to)),
  );
  const turn = turnAt(rotation, at);
  return override?.person ?? (turn < 0 ? null : (rotation.people[turn % rotation.people.length] ?? null));
}

/** Handovers of one round and the edges of overrides, soonest first. */
function changesAfter(rotation: Rotation, at: Temporal.Instant): Temporal.Instant[] {
  const turn = turnAt(rotation, at);
  const handovers = Array.from({ length: rotation.people.length }, (_, ahead) =>
    handoverOf(rotation, Math.max(turn, -1) + 1 + ahead),
  );
  const edges = rotation.overrides.flatMap(({ from, to }) => [instantOf(rotation, from), instantOf(rotation, to)]);
  return [...handovers, ...edges]
    .filter((change) => Temporal.Instant.compare(change, at) > 0)
    .sort((one, other) => Temporal.Instant.compare(one, other));
}

/** How many handovers there were, the first one being 0; negative before it. */
function turnAt(rotation: Rotation, at: Temporal.Instant): number {
  const local = at.toZonedDateTimeISO(rotation.zone).toPlainDateTime();
  const { days } = Temporal.PlainDateTime.from(rotation.start).until(local, { largestUnit: 'day' });
  let turn = Math.floor(days / daysOf(rotation));
  // Local time jumps and repeats when the clocks change, so the instants have the last word.
  while (Temporal.Instant.compare(handoverOf(rotation, turn), at) > 0) {
    turn -= 1;
  }
  while (Temporal.Instant.compare(handoverOf(rotation, turn + 1), at) <= 0) {
    turn += 1;
  }
  return turn;
}

function handoverOf(rotation: Rotation, turn: number): Temporal.Instant {
  const local = Temporal.PlainDateTime.from(rotation.start).add({ days: turn * daysOf(rotation) });
  return local.toZonedDateTime(rotation.zone).toInstant();
}

function daysOf(rotation: Rotation): number {
  return rotation.handover === 'weekly' ? 7 : 1;
}

function instantOf(rotation: Rotation, local: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(rotation.zone).toInstant();
}

function isBetween(at: Temporal.Instant, from: Temporal.Instant, to: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) < 0;
}

function isDateTime(text: string): boolean {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString() !== '';
  } catch {
    return false;
  }
}

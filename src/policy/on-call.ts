/**
 * Who is on call: rotations that hand over weekly or daily at a local time, with overrides and holidays.
 *
 * A local time that the clocks skip is as long after the jump as it would have been; one that they repeat is the first.
 */
import { z } from 'zod/v4';
import type { PersonId } from './people.ts';
import { zoneSchema } from './zone.ts';

const localTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'write a local date and time such as 2026-01-05T09:00')
  .refine(isDateTime, 'there is no such date or time');

const localDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'write a local date such as 2026-12-25')
  .refine(isDateTime, 'there is no such date');

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
    /** Local dates on which nobody takes over: that waits for the same time of the next day that is none of them. */
    holidays: z.array(localDate).optional(),
  })
  .readonly();

export type Rotation = z.infer<typeof rotationSchema>;

export interface OnCall {
  person: PersonId;
  /** When somebody else takes over, or the next handover when it is the same person again. */
  until: Temporal.Instant;
}

export interface Turn extends OnCall {
  from: Temporal.Instant;
}

/** Null before the rotation begins. Of two overrides at the same time the later one in the list counts. */
export function personOnCall(rotation: Rotation, at: Temporal.Instant): OnCall | null {
  const overrides = overridesOf(rotation);
  const person = personAt(rotation, overrides, at);
  if (person === null) {
    return null;
  }
  const until = changesAfter(rotation, overrides, at).find(
    (change) => personAt(rotation, overrides, change) !== person,
  );
  return { person, until: until ?? handoverOf(rotation, nextTurn(rotation, at)) };
}

/** Whoever takes over from the one on call at this instant, or is the first one; null when nobody else ever does. */
export function nextOnCall(rotation: Rotation, at: Temporal.Instant): Turn | null {
  const overrides = overridesOf(rotation);
  const now = personAt(rotation, overrides, at);
  const from = changesAfter(rotation, overrides, at).find((change) => {
    const person = personAt(rotation, overrides, change);
    return person !== null && person !== now;
  });
  const next = from === undefined ? null : personOnCall(rotation, from);
  return from === undefined || next === null ? null : { ...next, from };
}

interface Override {
  from: Temporal.Instant;
  to: Temporal.Instant;
  person: PersonId;
}

function overridesOf({ overrides, zone }: Rotation): Override[] {
  return overrides.map(({ from, to, person }) => ({ from: instantOf(from, zone), to: instantOf(to, zone), person }));
}

function personAt(rotation: Rotation, overrides: readonly Override[], at: Temporal.Instant): PersonId | null {
  const override = overrides.findLast(({ from, to }) => !isAfter(from, at) && isAfter(to, at));
  if (override !== undefined) {
    return override.person;
  }
  const turn = turnAt(rotation, at);
  return turn < 0 ? null : (rotation.people[turn % rotation.people.length] ?? null);
}

/**
 * Every instant at which somebody else may take over, soonest first: handovers and the edges of overrides. It ends after
 * a whole round behind the last override: whoever has not taken over by then never will.
 */
function* changesAfter(
  rotation: Rotation,
  overrides: readonly Override[],
  at: Temporal.Instant,
): Generator<Temporal.Instant> {
  const edges = overrides
    .flatMap(({ from, to }) => [from, to])
    .filter((edge) => isAfter(edge, at))
    .toSorted((one, other) => Temporal.Instant.compare(one, other));
  const { people } = rotation;
  let turn = nextTurn(rotation, at);
  // Where one person does it all, only overrides change anything once it has begun.
  let left = turn > 0 && new Set(people).size === 1 ? 0 : people.length;
  while (left > 0) {
    const handover = handoverOf(rotation, turn);
    const [edge] = edges;
    if (edge !== undefined && isAfter(handover, edge)) {
      edges.shift();
      yield edge;
      continue;
    }
    yield handover;
    turn += 1;
    if (edge === undefined) {
      // Holidays, and a day that a zone skipped, move two handovers onto one instant, which passes somebody over.
      const isPassedOver = !isAfter(handoverOf(rotation, turn), handover);
      left = isPassedOver ? people.length : left - 1;
    }
  }
  yield* edges;
}

function nextTurn(rotation: Rotation, at: Temporal.Instant): number {
  return Math.max(turnAt(rotation, at), -1) + 1;
}

/** How many handovers there were, the first one being 0; negative before it. */
function turnAt(rotation: Rotation, at: Temporal.Instant): number {
  const local = at.toZonedDateTimeISO(rotation.zone).toPlainDateTime();
  const { days } = Temporal.PlainDateTime.from(rotation.start).until(local, { largestUnit: 'day' });
  let turn = Math.floor(days / daysOf(rotation));
  // Local time jumps and repeats, and holidays move handovers, so the instants have the last word.
  while (isAfter(handoverOf(rotation, turn), at)) {
    turn -= 1;
  }
  while (!isAfter(handoverOf(rotation, turn + 1), at)) {
    turn += 1;
  }
  return turn;
}

function handoverOf(rotation: Rotation, turn: number): Temporal.Instant {
  // The first person begins at the start, whatever day it is: before it there is nobody who could go on.
  const holidays = turn > 0 ? (rotation.holidays ?? []) : [];
  let local = plannedAt(rotation, turn);
  while (holidays.includes(dateOf(local))) {
    local = local.add({ days: 1 });
  }
  return local.toZonedDateTime(rotation.zone).toInstant();
}

/** Without holidays. */
function plannedAt(rotation: Rotation, turn: number): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(rotation.start).add({ days: turn * daysOf(rotation) });
}

function dateOf(local: Temporal.PlainDateTime): string {
  return local.toPlainDate().toString();
}

function daysOf(rotation: Rotation): number {
  return rotation.handover === 'weekly' ? 7 : 1;
}

function instantOf(local: string, zone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}

function isDateTime(text: string): boolean {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString() !== '';
  } catch {
    return false;
  }
}

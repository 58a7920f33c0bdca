/**
 * Building blocks of the settings schema. Each carries one sentence part that says what to write; it is the description
 * in the shipped JSON schema and the advice in the error message, so the two cannot drift apart.
 */
import { z } from 'zod/v4';
import { zoneSchema } from '../policy/zone.ts';

/** `hint` completes "Write …"; no flags in the pattern, because JSON schema has none. */
export function text(hint: string, pattern = /\S/): z.ZodString {
  return z.string({ error: hint }).regex(pattern, { error: hint }).describe(sentence(hint));
}

export function choice<const Values extends readonly string[]>(
  values: Values,
  about: string,
): z.ZodEnum<{ [Value in Values[number]]: Value }> {
  const advice = values.join(' or ');
  return z.enum(values, { error: advice }).describe(sentence(`${about}: ${advice}`));
}

export function list<Item extends z.ZodType>(item: Item, hint: string): z.ZodArray<Item> {
  const advice = `a list of ${hint}`;
  return z.array(item, { error: advice }).describe(sentence(advice));
}

/** An object whose unknown keys are problems; the advice names the keys that there are. */
export function section<Shape extends z.ZodRawShape>(shape: Shape, hint: string): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape).filter((key) => key !== '$schema');
  return z
    .strictObject(shape, {
      error: (issue) => (issue.code === 'unrecognized_keys' ? keys.join(', ') : `an object with ${keys.join(', ')}`),
    })
    .describe(sentence(hint));
}

export function guid(hint: string): z.ZodString {
  return text(
    `${hint}, such as 3f0c1c52-8a0e-4b55-9d4e-0f5f3b1f7a11`,
    /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  );
}

const zoneHint = 'an IANA time zone, such as Europe/Amsterdam';

/** Names with their date rules, never plain offsets: an office opens at nine in summer and in winter. */
export function zone(about: string): z.ZodString {
  return z
    .string({ error: zoneHint })
    .refine(isZone, { error: zoneHint })
    .describe(sentence(`${about}: ${zoneHint}`));
}

function isZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && zoneSchema.safeParse(name).success;
}

/** A date and time as a clock on the wall shows it. */
export function localTime(about: string, example = '2026-07-01T09:00'): z.ZodString {
  const hint = `${about}, such as ${example}`;
  return text(hint, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .refine((value) => isLocal(value), { error: hint })
    .describe(sentence(hint));
}

export function localDate(about: string): z.ZodString {
  const hint = `${about}, such as 2026-12-25`;
  return text(hint, /^\d{4}-\d{2}-\d{2}$/)
    .refine((value) => isLocal(value), { error: hint })
    .describe(sentence(hint));
}

function isLocal(value: string): boolean {
  try {
    return Temporal.PlainDateTime.from(value) !== null;
  } catch {
    return false;
  }
}

export function sentence(hint: string): string {
  return `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`;
}

/**
 * The fingerprint that an approval is bound to. Two plans that would write the same have the same hash, whenever and
 * from whichever reading they were made.
 */
import { createHash } from 'node:crypto';
import type { Json, PlanStep } from './plan.ts';

/** SHA-256, in hex, over what is written: kind, change, resource, order and body of every step. */
export function hashSteps(steps: readonly PlanStep[]): string {
  const written = steps.map(({ kind, change, resource, after, body }) => ({ kind, change, resource, after, body }));
  return createHash('sha256').update(canonicalJson(written)).digest('hex');
}

/** JSON with sorted keys and no spaces. Resource ids lose their case, because Azure spells the same id in several ways. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    return JSON.stringify(/^\/subscriptions\//i.test(value) ? value.toLowerCase() : value);
  }
  if (isList(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${entries.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

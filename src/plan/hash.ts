/**
 * The fingerprint that an approval is bound to. Two plans that would write the same have the same hash, whenever and
 * from whichever reading they were made.
 */
import { createHash } from 'node:crypto';
import type { Json, PlanStep, UndoStep } from './plan.ts';

/** SHA-256, in hex, over what is written: kind, change, resource, order and body of every step. */
export function hashSteps(steps: readonly PlanStep[]): string {
  return sha256(steps.map(({ kind, change, resource, after, body }) => ({ kind, change, resource, after, body })));
}

/** The same over what an undo deletes and writes. */
export function hashUndo(steps: readonly UndoStep[]): string {
  return sha256(steps.map(({ kind, change, resource, after, body }) => ({ kind, change, resource, after, body })));
}

function sha256(written: Json): string {
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

/** What the executor needs to know of one kind of step; one file beside this per kind. */
import type { Json, PlanStep } from '../../plan/plan.ts';
import type { Arm } from '../arm.ts';
import type { OperationFamily } from '../arm-load.ts';
import { isNotFound } from '../errors.ts';
import type { LongOperation } from '../long-operation.ts';
import { given } from '../seen.ts';

/** What stands at the step's resource now. */
export interface Standing {
  etag: string | null;
  /** `moving`: a write to it has not ended yet. `broken`: the last write failed and it has to be written again. */
  state: 'ready' | 'moving' | 'broken';
  /** The same as the step's body, as far as the body says; always true for a step without one. */
  asWanted: boolean;
  /** What Azure is still doing by itself after the write, in people's words; null when nothing. */
  settling: string | null;
  /** Kept with the step, for people who look later. */
  answer: Json;
  /** Only kinds that change a part: all of the resource, as Azure shows it. */
  whole?: Json;
  /** By which one of ours is known; absent for kinds that carry none. */
  tags?: Readonly<Record<string, string>>;
}

/** Done in one go, and Azure's answer says what stands there now. */
export interface Written {
  kind: 'written';
  standing: Standing;
}

export interface StepWriter {
  /** Who restores an operation of this kind. */
  family: OperationFamily;
  /** Null when there is no such resource. */
  read(arm: Arm, step: PlanStep): Promise<Standing | null>;
  /**
   * Sends the step's body once. `etag` is what was read before, null for a resource that must not be there yet; Azure
   * refuses with 412 when that has changed, where the API knows how. Null: done in one go, and to be read.
   */
  write(arm: Arm, step: PlanStep, etag: string | null): Promise<LongOperation | Written | null>;
  /** Only kinds of which several are under way in one list: how one reading of it tells about all of them. */
  list?: StepList;
  /** Only kinds that change a part: what has to be sent whole so that nothing else changes. */
  whole?(standing: Standing, step: PlanStep): Json;
  /** Only kinds that change a part: what differs now from the whole that was sent, in words; null when nothing does. */
  strayed?(standing: Standing, sent: Json): string | null;
}

export interface StepList {
  /** What the list belongs to. */
  of(step: PlanStep): string;
  /** By lower-case id. */
  read(arm: Arm, step: PlanStep): Promise<ReadonlyMap<string, unknown>>;
  standingOf(found: unknown, step: PlanStep): Standing;
}

/** From Azure's provisioningState; what has none is simply there. */
export function stateOf(provisioningState: string | undefined): Standing['state'] {
  switch (provisioningState?.toLowerCase()) {
    case 'creating':
    case 'updating':
    case 'deleting':
      return 'moving';
    case 'failed':
    case 'canceled':
      return 'broken';
    case undefined:
    default:
      return 'ready';
  }
}

export async function readOrNull<Resource extends { id?: string }>(
  read: () => Promise<Resource>,
): Promise<Resource | null> {
  try {
    const found = await read();
    given(found.id, 'a resource without id');
    return found;
  } catch (error) {
    if (isNotFound(error)) {
      return null;
    }
    throw error;
  }
}

/** Preconditions as private DNS takes them. */
export function precondition(etag: string | null): { ifMatch: string } | { ifNoneMatch: '*' } {
  return etag === null ? { ifNoneMatch: '*' } : { ifMatch: etag };
}

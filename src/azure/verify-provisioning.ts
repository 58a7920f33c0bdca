/** Whether Azure is done with everything that a plan wrote or relies on: the state that every resource tells of itself. */
import type { Evidence } from '../plan/evidence.ts';
import type { PlanStep, ResourceId, StepKind } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import { versionFor } from './api-versions.ts';
import type { Arm } from './arm.ts';
import { mapFew } from './collect.ts';
import { shortReason } from './errors.ts';

/** Records have no such state, and a decision about an endpoint is part of the endpoint. */
const stateless: ReadonlySet<StepKind> = new Set(['dns-record', 'endpoint-approval', 'endpoint-wait']);

export async function provisioningEvidence(arm: Arm, steps: readonly PlanStep[]): Promise<Evidence[]> {
  const ids = steps.filter(({ kind }) => !stateless.has(kind)).map(({ resource }) => resource);
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const states = await mapFew(distinct, async (id) => ({ id, ...(await stateOf(arm, id)) }));
  const succeeded = states.filter(({ state }) => state === 'Succeeded');
  const others = states.filter(({ state }) => state !== 'Succeeded' && state !== 'missing');
  return [
    ...(succeeded.length === 0 ? [] : [allWell(succeeded.length)]),
    ...others.map(({ id, state, because }) => line(id, state, because)),
  ];
}

function allWell(count: number): Evidence {
  const text =
    count === 1
      ? 'Azure says Succeeded for the resource of the plan.'
      : `Azure says Succeeded for ${count} resources of the plan.`;
  return { kind: 'read', code: 'provisioning', good: true, text };
}

/** What is still under way may turn out well. */
function line(id: ResourceId, state: string, because: string): Evidence {
  const isOver = /^(?:failed|cancell?ed)$/i.test(state);
  const text =
    state === ''
      ? `I could not read how far Azure is with ${shortName(id)} (${because}).`
      : `Azure says ${state} about ${shortName(id)}.`;
  return { kind: 'read', code: 'provisioning', good: isOver ? false : null, text };
}

/** `missing`: not there, which the proof says in another line; empty: not known. */
async function stateOf(arm: Arm, id: ResourceId): Promise<{ state: string; because: string }> {
  try {
    const found = (await arm.read(id, versionFor(id))) as { properties?: { provisioningState?: unknown } } | null;
    const state = found?.properties?.provisioningState;
    return found === null
      ? { state: 'missing', because: '' }
      : { state: typeof state === 'string' ? state : '', because: 'it does not say' };
  } catch (error) {
    return { state: '', because: shortReason(error) };
  }
}

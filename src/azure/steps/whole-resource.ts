/** What is common to kinds that write one resource whole, with exactly the body that was approved. */
import type { Json, PlanStep } from '../../plan/plan.ts';
import { networkVersion } from '../api-versions.ts';
import type { Arm } from '../arm.ts';
import { firstMissing, isFields } from '../json.ts';
import { type Standing, stateOf, type StepWriter } from './step-writer.ts';

/** A resource of Microsoft.Network as far as every kind has it. */
export interface NetworkResource {
  id: string;
  etag: string | null;
  provisioningState: string | undefined;
  /** All of it, as Azure shows it. */
  body: { readonly [key: string]: Json };
}

export async function readNetworkResource(arm: Arm, id: string): Promise<NetworkResource | null> {
  const body = (await arm.read(id, networkVersion)) as Json;
  if (!isFields(body)) {
    return null;
  }
  const { properties, etag } = body;
  const state = isFields(properties) ? properties['provisioningState'] : undefined;
  return {
    id: typeof body['id'] === 'string' ? body['id'] : id,
    etag: typeof etag === 'string' ? etag : null,
    provisioningState: typeof state === 'string' ? state : undefined,
    body,
  };
}

export type More = Pick<Standing, 'settling'> & { answer: { readonly [key: string]: Json } };

/** `more`: what Azure still does after the write, and what is kept of its answer. */
export function wholeResource(more: (arm: Arm, found: NetworkResource) => Promise<More> | More): StepWriter {
  return {
    family: 'plain',
    async read(arm, step) {
      const found = await readNetworkResource(arm, step.resource);
      return found === null ? null : standingOf(found, step, await more(arm, found));
    },
    write: (arm, step, etag) => arm.put(step.resource, networkVersion, { body: step.body, etag }),
  };
}

function standingOf(found: NetworkResource, step: PlanStep, { settling, answer }: More): Standing {
  return {
    etag: found.etag,
    state: stateOf(found.provisioningState),
    asWanted: step.body === null || firstMissing(found.body, step.body) === null,
    settling,
    answer: { ...answer, provisioningState: found.provisioningState ?? null },
    ...tagsIn(found.body),
  };
}

/** What is part of another resource stands in no region, and carries none. */
function tagsIn({ location, tags }: NetworkResource['body']): Pick<Standing, 'tags'> {
  const texts = Object.entries(isFields(tags) ? tags : {}).filter(
    (tag): tag is [string, string] => typeof tag[1] === 'string',
  );
  return location === undefined ? {} : { tags: Object.fromEntries(texts) };
}

export function nothingMore(): More {
  return { settling: null, answer: {} };
}

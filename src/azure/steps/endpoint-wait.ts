/** Somebody else has to accept the connection of an endpoint. Nothing is written; see `wait-for-owner.ts`. */
import { connectionState, endpointBody } from '../endpoints.ts';
import { readNetworkResource } from './whole-resource.ts';
import type { StepWriter } from './step-writer.ts';

export const endpointWaitWriter: StepWriter = {
  family: 'plain',
  async read(arm, step) {
    const found = await readNetworkResource(arm, step.resource);
    if (found === null) {
      return null;
    }
    const { state, said } = connectionState(endpointBody.parse(found.body));
    return {
      etag: found.etag,
      state: 'ready',
      asWanted: state === 'Approved',
      settling: null,
      answer: { state, said },
    };
  },
  write: () => Promise.resolve(null),
};

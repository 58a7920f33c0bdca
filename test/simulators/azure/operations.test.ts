import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo, startBench } from './arm-client.ts';

const { hub, data } = exampleNetworks;
const half = `${hub}/virtualNetworkPeerings/to-data`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench({ speed: 1 });
});
afterEach(() => arm.simulator.close());

describe('long-running operations', () => {
  it('accepts a write at once and completes it when its time has come', async () => {
    const accepted = await arm.put(half, peeringTo(data));
    arm.pass(9.9);
    const before = await arm.operation(accepted);
    const seen = await arm.get(half);
    arm.pass(3.2);
    const after = await arm.operation(accepted);
    const done = await arm.get(half);

    expect(accepted.status).toBe(201);
    expect(accepted.headers.get('azure-asyncoperation')).toMatch(
      /^https:\/\/management\.azure\.com\/subscriptions\/[^/]+\/providers\/Microsoft\.Network\/locations\/westeurope\/operations\/[0-9a-f-]{36}\?api-version=/,
    );
    expect(accepted.headers.get('retry-after')).toBe('10');
    expect(before.body).toEqual({ status: 'InProgress' });
    expect(before.headers.get('retry-after')).toBe('10');
    expect(seen.body.properties.provisioningState).toBe('Updating');
    expect(after.body).toEqual({ status: 'Succeeded' });
    expect(after.headers.get('retry-after')).toBeNull();
    expect(done.body.properties.provisioningState).toBe('Succeeded');
    expect(done.body.etag).not.toBe(seen.body.etag);
  });

  it('completes work that nobody asks about', async () => {
    await arm.put(half, peeringTo(data));
    arm.pass(60);

    const world = await arm.world();

    expect(world.resources[half.toLowerCase()]).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
    expect(world.operations).toMatchObject([{ status: 'Succeeded', resource: half.toLowerCase() }]);
  });

  it('answers 200 for an update, 202 for a deletion, 204 for the deletion of nothing', async () => {
    await arm.put(half, peeringTo(data));
    arm.pass(60);

    const update = await arm.put(half, peeringTo(data));
    arm.pass(60);
    const deletion = await arm.delete(half);
    arm.pass(60);
    const again = await arm.delete(half);

    expect([update.status, deletion.status, again.status]).toEqual([200, 202, 204]);
    expect(deletion.headers.get('location')).toContain('/operationResults/');
    expect((await arm.get(half)).status).toBe(404);
  });

  it('forgets an operation after a while', async () => {
    const accepted = await arm.put(half, peeringTo(data));
    arm.pass(2 * 3600);

    const answer = await arm.operation(accepted);

    expect([answer.status, answer.body.error.code]).toEqual([404, 'ResourceNotFound']);
    expect((await arm.get(half)).body.properties.provisioningState).toBe('Succeeded');
  });

  it('carries operations over when the world is taken out and put back', async () => {
    const accepted = await arm.put(half, peeringTo(data));
    const other = await startBench({ speed: 1, world: { arm: await arm.world() } });
    other.pass(60);

    const answer = await other.operation(accepted);

    expect(answer.body.status).toBe('Succeeded');
    expect((await other.get(half)).body.properties.peeringState).toBe('Initiated');
    await other.simulator.close();
  });
});

describe('faults by name', () => {
  it.each([
    ['another-operation', 409, 'AnotherOperationInProgress'],
    ['not-provisioned', 400, 'ReferencedResourceNotProvisioned'],
    ['throttle', 429, 'TooManyRequests'],
    ['authorization-failed', 403, 'AuthorizationFailed'],
    ['precondition-failed', 412, 'PreconditionFailed'],
  ])('%s refuses once', async (fault, status, code) => {
    await arm.control('faults', [{ match: { method: 'PUT', path: '/virtualNetworkPeerings/' }, fault, times: 1 }]);

    const refused = await arm.put(half, peeringTo(data));
    const taken = await arm.put(half, peeringTo(data));

    expect([refused.status, refused.body.error.code, taken.status]).toEqual([status, code, 201]);
    expect(refused.headers.has('retry-after')).toBe(fault === 'throttle');
  });

  it.each([
    ['VnetAddressSpacesOverlap', 400],
    ['VnetAddressSpaceOverlapsWithAlreadyPeeredVnet', 400],
    ['RemotePeeringIsDisconnected', 400],
    ['RemoteVnetHasNoGateways', 400],
    ['ReferencedResourceNotProvisioned', 400],
    ['AnotherOperationInProgress', 409],
    ['RetryableError', 429],
    ['RetryableErrorDueToAnotherOperation', 429],
    ['PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled', 400],
    ['PrivateEndpointCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled', 400],
    ['PrivateEndpointConnectionCannotBeCreatedByServiceProvider', 400],
    ['InvalidResourceReference', 400],
    ['SubnetIsFull', 400],
    ['PrivateIPAddressNotInSubnet', 400],
    ['InUseSubnetCannotBeDeleted', 400],
    ['ResourceNotPermittedOnDelegatedSubnet', 400],
    ['BadRequest', 400],
    ['Conflict', 409],
    ['PreconditionFailed', 412],
    ['AuthorizationFailed', 403],
    ['LinkedAuthorizationFailed', 403],
    ['DenyAssignmentAuthorizationFailed', 403],
    ['ScopeLocked', 409],
    ['RequestDisallowedByPolicy', 403],
    ['SubscriptionNotRegistered', 409],
    ['MissingSubscriptionRegistration', 409],
    ['TooManyRequests', 429],
  ])('%s refuses at once by its code, and late as the end of the operation', async (code, status) => {
    await arm.control('faults', [{ match: { method: 'PUT' }, fault: code, times: 1 }]);
    const refused = await arm.put(half, peeringTo(data));
    await arm.control('faults', [{ match: { method: 'PUT' }, fault: `late:${code}`, times: 1 }]);
    const accepted = await arm.put(half, peeringTo(data));
    arm.pass(60);
    const ended = await arm.operation(accepted);

    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    expect(refused.headers.has('retry-after')).toBe(status === 429);
    expect(accepted.status).toBe(201);
    expect(ended.body).toMatchObject({ status: 'Failed', error: { code } });
  });

  it('lro-fails lets the accepted work end in Failed, and a second try succeed', async () => {
    await arm.control('faults', [{ match: { method: 'PUT' }, fault: 'lro-fails', times: 1 }]);

    const accepted = await arm.put(half, peeringTo(data));
    arm.pass(60);
    const status = await arm.operation(accepted);
    const failed = await arm.get(half);
    await arm.put(half, peeringTo(data));
    arm.pass(60);
    const repaired = await arm.get(half);

    expect(accepted.status).toBe(201);
    expect(status.body).toMatchObject({ status: 'Failed', error: { code: 'InternalServerError' } });
    expect(failed.body.properties.provisioningState).toBe('Failed');
    expect(repaired.body.properties.provisioningState).toBe('Succeeded');
  });

  it('operation-lost hides the operation while the work completes', async () => {
    await arm.control('faults', [{ match: { method: 'PUT' }, fault: 'operation-lost', times: 1 }]);

    const accepted = await arm.put(half, peeringTo(data));
    const lost = await arm.operation(accepted);
    arm.pass(60);

    expect(lost.status).toBe(404);
    expect((await arm.get(half)).body.properties.provisioningState).toBe('Succeeded');
  });

  it('slow makes the work take ten times as long', async () => {
    await arm.control('faults', [{ match: { method: 'PUT' }, fault: 'slow', times: 1 }]);

    const accepted = await arm.put(half, peeringTo(data));
    arm.pass(60);
    const early = await arm.operation(accepted);
    arm.pass(80);
    const late = await arm.operation(accepted);

    expect([early.body.status, late.body.status]).toEqual(['InProgress', 'Succeeded']);
  });

  it('refuses a fault that it does not know', async () => {
    const answer = await arm.control('faults', [{ match: {}, fault: 'earthquake', times: 1 }]);

    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain('lro-fails');
  });
});

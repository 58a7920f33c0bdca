import { describe, expect, it } from 'vitest';
import { explainFailure, OddAnswerError, shortReason } from '../../src/azure/errors.ts';

function azureError(code: string | undefined, statusCode: number | undefined, message = 'As Azure says it.'): Error {
  return Object.assign(new Error(message), {
    ...(code === undefined ? {} : { code }),
    ...(statusCode === undefined ? {} : { statusCode }),
  });
}

describe('a failed call', () => {
  it.each([
    ['AnotherOperationInProgress', 409, 'retry'],
    ['ReferencedResourceNotProvisioned', 400, 'retry'],
    ['RetryableError', 429, 'retry'],
    ['RetryableErrorDueToAnotherOperation', 429, 'retry'],
    ['TooManyRequests', 429, 'retry'],
    ['SomethingNew', 503, 'retry'],
    ['SomethingNew', 429, 'retry'],
    ['ECONNREFUSED', undefined, 'retry'],
    ['ECONNRESET', undefined, 'retry'],
    ['VnetAddressSpacesOverlap', 400, 'stop'],
    ['VnetAddressSpaceOverlapsWithAlreadyPeeredVnet', 400, 'stop'],
    ['RemotePeeringIsDisconnected', 400, 'stop'],
    ['PreconditionFailed', 412, 'stop'],
    ['SomethingNew', 400, 'stop'],
    ['AuthorizationFailed', 403, 'ask'],
    ['LinkedAuthorizationFailed', 403, 'ask'],
    ['DenyAssignmentAuthorizationFailed', 403, 'ask'],
    ['ScopeLocked', 409, 'ask'],
    ['RequestDisallowedByPolicy', 403, 'ask'],
    ['SubscriptionNotRegistered', 409, 'ask'],
    ['SomethingNew', 403, 'ask'],
    ['SomethingNew', 401, 'ask'],
  ] as const)('with %s and HTTP %s is of class %s, and ends with what to do', (code, status, expected) => {
    const failure = explainFailure(azureError(code, status));

    expect(failure).toMatchObject({ class: expected, code });
    expect(failure.because).not.toBe('');
    expect(failure.wayOut).toMatch(/\.$/);
  });

  it('that was denied names action and scope', () => {
    const message =
      "The client 'x' with object id 'y' does not have authorization to perform action 'Microsoft.Network/virtualNetworks/peer/action' over scope '/subscriptions/s/resourceGroups/g' or the scope is invalid.";

    const { because } = explainFailure(azureError('AuthorizationFailed', 403, message));

    expect(because).toContain('Microsoft.Network/virtualNetworks/peer/action, on /subscriptions/s/resourceGroups/g');
    expect(because).not.toContain('object id');
  });

  it('that lacks a right on a linked scope names that right, not the one that is there', () => {
    const message =
      "The client 'x' has permission to perform action 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write' on scope '/subscriptions/s/a'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/peer/action' on the linked scope(s) '/subscriptions/t/b' (respectively) or the linked scope(s) are invalid.";

    expect(explainFailure(azureError('LinkedAuthorizationFailed', 403, message)).because).toContain(
      'Action: Microsoft.Network/virtualNetworks/peer/action, on /subscriptions/t/b.',
    );
  });

  it('that needs a second directory says so', () => {
    const message =
      "The client 'x' has permission to perform action 'a/write' on scope '/s'; however the current tenant 't' is not authorized to access linked subscription 'u'.";

    expect(explainFailure(azureError('LinkedAuthorizationFailed', 403, message))).toMatchObject({
      class: 'ask',
      because: expect.stringContaining('another directory'),
      wayOut: expect.stringContaining('Two directories'),
    });
  });

  it('that a deny assignment blocks is Mendix’s, also when only the words say so', () => {
    const failure = explainFailure(
      azureError('LinkedAuthorizationFailed', 403, 'The access is blocked by deny assignments on the linked scope.'),
    );

    expect(failure).toMatchObject({ class: 'ask', because: expect.stringContaining('managed by Mendix') });
  });

  it('because of a second zone of the name says to plan again', () => {
    const message =
      "A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with 'a' and 'a' zones.";

    expect(explainFailure(azureError('BadRequest', 400, message))).toMatchObject({
      class: 'stop',
      wayOut: expect.stringContaining('Make the plan again'),
    });
  });

  it('with a very long message is cut', () => {
    expect(explainFailure(azureError('Odd', 400, 'x'.repeat(5000))).because.length).toBeLessThan(400);
  });

  it('that makes no sense is retried, and one of our own is not called Azure’s', () => {
    expect(explainFailure(new OddAnswerError('No id.')).class).toBe('retry');
    expect(explainFailure(new TypeError('x is not a function')).because).toContain('on my side');
  });
});

it('a reason for something unread is short', () => {
  expect(shortReason(azureError('AuthorizationFailed', 403, "… to perform action 'a/read' over scope '/s'"))).toBe(
    'AuthorizationFailed: a/read is missing',
  );
  expect(shortReason(azureError(undefined, 503))).toBe('HTTP 503');
});

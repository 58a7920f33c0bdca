/**
 * Errors of the real service that a test can have by their own code, as faults: `SubnetIsFull` refuses the request at
 * once, `late:SubnetIsFull` accepts the write and lets its operation end in Failed with that code. Status and wording
 * follow the real ones; `{id}` is the path of the request.
 */
import { ArmError } from './arm-error.ts';

interface NamedError {
  status: number;
  message: string;
}

function bad(message: string): NamedError {
  return { status: 400, message };
}

const errors: Record<string, NamedError> = {
  VnetAddressSpacesOverlap: bad(
    'Cannot create or update peering {id}. Virtual networks cannot be peered because their address spaces overlap. Overlapping address prefixes: 10.0.0.0/16.',
  ),
  VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: bad(
    'Cannot create or update peering {id}. Virtual networks cannot be peered because address space of the first virtual network overlaps with address space of a virtual network already peered with the second virtual network. Overlapping address prefixes: 10.0.0.0/16.',
  ),
  RemotePeeringIsDisconnected: bad(
    'Cannot create or update peering {id} because the remote peering is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state.',
  ),
  RemoteVnetHasNoGateways: bad(
    'Peering {id} cannot have UseRemoteGateways flag set to true because remote virtual network referenced by the peering does not have any gateways.',
  ),
  ReferencedResourceNotProvisioned: bad(
    'Cannot proceed with operation because a resource used by resource {id} is not in Succeeded state. Resource is in Updating state and the last operation that updated/is updating the resource is PutSubnetOperation.',
  ),
  AnotherOperationInProgress: {
    status: 409,
    message: 'Another operation on this or dependent resource is in progress. Resource: {id}.',
  },
  RetryableError: { status: 429, message: 'A retryable error occurred.' },
  RetryableErrorDueToAnotherOperation: {
    status: 429,
    message: 'Operation on {id} is pre-empted by another operation on the resource or on one that it depends on.',
  },
  PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled: bad(
    'Private link service {id} cannot be created in a subnet since it has private link service network policies enabled.',
  ),
  PrivateEndpointCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled: bad(
    'Private endpoint {id} cannot be created in a subnet since it has private endpoint network policies enabled.',
  ),
  PrivateEndpointConnectionCannotBeCreatedByServiceProvider: bad(
    'Private Endpoint Connection {id} cannot be created by service provider.',
  ),
  InvalidResourceReference: bad(
    'A resource referenced by resource {id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.',
  ),
  SubnetIsFull: bad('The subnet of {id} does not have enough capacity for 1 IP addresses.'),
  PrivateIPAddressNotInSubnet: bad('The private static IP address of {id} does not belong to the range of its subnet.'),
  InUseSubnetCannotBeDeleted: bad(
    'A subnet of {id} is in use and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet.',
  ),
  ResourceNotPermittedOnDelegatedSubnet: bad('Resource {id} cannot be created in its subnet because it is delegated.'),
  BadRequest: bad('A virtual network cannot be linked to multiple zones with overlapping namespaces.'),
  Conflict: { status: 409, message: 'The identity of the virtual network of {id} is already in use.' },
  PreconditionFailed: { status: 412, message: 'Precondition failed.' },
  AuthorizationFailed: {
    status: 403,
    message:
      "The client does not have authorization to perform action over scope '{id}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
  },
  LinkedAuthorizationFailed: {
    status: 403,
    message:
      "The client has permission to perform action on scope '{id}'; however, it does not have permission to perform action(s) on the linked scope(s), or the linked scope(s) are invalid.",
  },
  DenyAssignmentAuthorizationFailed: {
    status: 403,
    message:
      "The client has permission to perform action on scope '{id}'; however, the access is denied because of the deny assignment with name 'deny'.",
  },
  ScopeLocked: {
    status: 409,
    message:
      "The scope '{id}' cannot perform the operation because following scope(s) are locked. Please remove the lock and try again.",
  },
  RequestDisallowedByPolicy: { status: 403, message: "Resource '{id}' was disallowed by policy." },
  SubscriptionNotRegistered: { status: 409, message: 'The subscription of {id} is not registered with NRP.' },
  MissingSubscriptionRegistration: {
    status: 409,
    message: "The subscription is not registered to use namespace 'Microsoft.Network'.",
  },
  TooManyRequests: { status: 429, message: 'The request is being throttled. Please try again later.' },
  InternalServerError: { status: 500, message: 'An error occurred.' },
};

const late = 'late:';

export const namedErrors: readonly string[] = Object.keys(errors).flatMap((code) => [code, `${late}${code}`]);

/** Undefined for a name that stands for no error, or for one that comes late. */
export function namedRefusal(name: string, path: string, retryAfterSeconds: number): ArmError | undefined {
  const error = errors[name];
  const headers: Record<string, string> = error?.status === 429 ? { 'Retry-After': String(retryAfterSeconds) } : {};
  return error === undefined ? undefined : new ArmError(error.status, name, wordsFor(error, path), headers);
}

/** How an operation ends whose error comes late. */
export function namedFailure(name: string, path: string): { code: string; message: string } | undefined {
  const code = name.startsWith(late) ? name.slice(late.length) : '';
  const error = errors[code];
  return error === undefined ? undefined : { code, message: wordsFor(error, path) };
}

function wordsFor(error: NamedError, path: string): string {
  return error.message.replaceAll('{id}', path);
}

/**
 * Codes with which Azure refuses network and DNS work, in people's words. `retry` passes by itself, `stop` needs another
 * plan, `ask` needs somebody with other rights.
 */
export type FailureClass = 'retry' | 'stop' | 'ask';

export interface KnownFailure {
  class: FailureClass;
  text: string;
  wayOut: string;
}

const overlap: KnownFailure = {
  class: 'stop',
  text: 'The address ranges overlap, so Azure refuses the peering.',
  wayOut: 'Undo what was done and plan Private Link instead: it translates addresses.',
};

const busy: KnownFailure = {
  class: 'retry',
  text: 'Somebody else is changing the same network, and did not finish in time.',
  wayOut: 'Wait until that change is over, then try again from here.',
};

const denied: KnownFailure = {
  class: 'ask',
  text: 'The bot’s identity may not do this.',
  wayOut: 'Ask the owner of the resource to grant the action, then try again from here.',
};

export const knownFailures: Readonly<Record<string, KnownFailure>> = {
  VnetAddressSpacesOverlap: overlap,
  VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: overlap,
  RemotePeeringIsDisconnected: {
    class: 'stop',
    text: 'The other half of this peering was deleted, and Azure does not connect the remaining half again.',
    wayOut: 'Make the plan again: it deletes the dead half and makes both new, after a new approval.',
  },
  RemoteVnetHasNoGateways: {
    class: 'stop',
    text: 'The peering wants to use a gateway of the other network, which has none or does not share it.',
    wayOut:
      'Let the owner of the other network make the gateway and share it first, or ask for the connection without it; then make the plan again.',
  },
  InvalidResourceReference: {
    class: 'stop',
    text: 'Something that the change refers to, such as the frontend of the load balancer, is gone or in another region.',
    wayOut: 'Make the plan again: it reads the load balancer anew.',
  },
  PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled: {
    class: 'stop',
    text: 'The subnet keeps Private Link services out by its network policies.',
    wayOut: 'Make the plan again: it switches that policy of the subnet off first.',
  },
  PrivateEndpointCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled: {
    class: 'stop',
    text: 'The subnet keeps private endpoints out by its network policies, as some regions still do.',
    wayOut:
      'Ask the owner of the network to switch “private endpoint network policies” of the subnet off, then make the plan again.',
  },
  PrivateEndpointConnectionCannotBeCreatedByServiceProvider: {
    class: 'retry',
    text: 'Azure still makes the connection of the endpoint, and only then it can be accepted.',
    wayOut: 'Wait some minutes, then try again from here.',
  },
  SubnetIsFull: {
    class: 'stop',
    text: 'The subnet has no free address left.',
    wayOut: 'Make the plan again with another subnet, or ask the owner of the network for a larger one.',
  },
  PrivateIPAddressNotInSubnet: {
    class: 'stop',
    text: 'The address that was asked for lies outside the subnet.',
    wayOut: 'Make the plan again from a fresh reading: the subnet has changed.',
  },
  InUseSubnetCannotBeDeleted: {
    class: 'stop',
    text: 'The write would have taken a subnet away that is in use; Azure refused all of it, and nothing has changed.',
    wayOut: 'Somebody changed the subnets of the network meanwhile. Make the plan again from a fresh reading.',
  },
  ResourceNotPermittedOnDelegatedSubnet: {
    class: 'stop',
    text: 'The subnet belongs to one Azure service alone and takes nothing else.',
    wayOut: 'Make the plan again with another subnet.',
  },
  /** Not Azure's own code: its words for something that passes and for this differ in one only. */
  ReferencedResourceFailed: {
    class: 'stop',
    text: 'Something that the change needs, such as the network or its subnet, is itself in a failed state; Azure takes nothing new there.',
    wayOut:
      'Ask its owner to write it once more as it is (az network vnet update, az network vnet subnet update), then try again from here.',
  },
  AnotherOperationInProgress: busy,
  ReferencedResourceNotProvisioned: busy,
  RetryableError: busy,
  RetryableErrorDueToAnotherOperation: busy,
  TooManyRequests: {
    class: 'retry',
    text: 'Azure asks for fewer requests, and did so for too long.',
    wayOut: 'Wait some minutes, then try again from here.',
  },
  Conflict: {
    class: 'stop',
    text: 'Azure says that the resource is in conflict with another one, as happens with a network that was deleted and made again under its old name.',
    wayOut:
      'Open a request with Microsoft support and name the resource and this code; afterwards make the plan again.',
  },
  PreconditionFailed: {
    class: 'stop',
    text: 'Somebody changed the resource at the same moment.',
    wayOut: 'Make the plan again from a fresh reading.',
  },
  ResourceNotFound: {
    class: 'stop',
    text: 'The resource, or the one that it belongs to, is gone.',
    wayOut: 'Make the plan again from a fresh reading.',
  },
  ResourceGroupNotFound: {
    class: 'stop',
    text: 'The resource group is gone.',
    wayOut: 'Make the plan again from a fresh reading.',
  },
  InternalServerError: {
    class: 'stop',
    text: 'Azure broke off while doing it and names no reason.',
    wayOut: 'Try again from here: often it works the second time.',
  },
  AuthorizationFailed: denied,
  InvalidAuthenticationTokenTenant: {
    class: 'ask',
    text: 'The subscription is in another directory (tenant), in which the bot’s identity may not sign in.',
    wayOut:
      'Ask your Azure administrator to add the bot’s application there, as the guide to Azure says under “Two directories”; then try again from here.',
  },
  LinkedAuthorizationFailed: {
    class: 'ask',
    text: 'The bot’s identity may not use the other resource that the change refers to.',
    wayOut: 'Ask the owner of that resource for the action, then try again from here.',
  },
  DenyAssignmentAuthorizationFailed: {
    class: 'ask',
    text: 'The managed resource group forbids this: it is managed by Mendix, and the publisher allows only some changes.',
    wayOut: 'Open a support ticket and name the action; nobody on your side can grant it.',
  },
  ScopeLocked: {
    class: 'ask',
    text: 'A lock protects the resource.',
    wayOut: 'Ask the owner to remove the lock for the time of the change, then try again from here.',
  },
  RequestDisallowedByPolicy: {
    class: 'ask',
    text: 'A policy of your organisation forbids this change.',
    wayOut: 'Ask your Azure governance team for an exemption, then try again from here.',
  },
  SubscriptionNotRegistered: {
    class: 'ask',
    text: 'The subscription is not registered for Microsoft.Network.',
    wayOut: 'Ask an owner of the subscription to register the provider, then try again from here.',
  },
  MissingSubscriptionRegistration: {
    class: 'ask',
    text: 'The subscription is not registered for this kind of resource.',
    wayOut: 'Ask an owner of the subscription to register the provider, then try again from here.',
  },
};

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
    wayOut: 'Delete the remaining half in the Azure portal, then make the plan again; it creates both halves new.',
  },
  RemoteVnetHasNoGateways: {
    class: 'stop',
    text: 'The peering wants to use a gateway of the other network, which has none.',
    wayOut: 'Switch “use remote gateway” off on the peering, then make the plan again.',
  },
  InvalidResourceReference: {
    class: 'stop',
    text: 'Something that the change refers to is gone or in another region.',
    wayOut: 'Make the plan again from a fresh reading.',
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
    text: 'Azure says that the resource is in conflict with another one.',
    wayOut: 'Look at the resource in the Azure portal; then make the plan again.',
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

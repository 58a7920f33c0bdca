/** Requests that are neither a resource nor a list of resources: questions to Azure's network, by POST or GET. */
import type { SimRequest } from '../server.ts';
import { isAddress, isReserved, nextFree, prefixesContain } from './address-space.ts';
import { allocationsIn, subnetPrefixes } from './allocations.ts';
import { badRequest } from './arm-error.ts';
import { refuseForbidden } from './authorization.ts';
import { answerConnectivityCheck } from './connectivity-check.ts';
import type { Caller } from './identity.ts';
import { policiesAgainst } from './policies.ts';
import { type Answer, refuseMissingHolder } from './reads.ts';
import { readBody } from './request-body.ts';
import { type ResourceId, readResourceId, type Target } from './resource-id.ts';
import { isVisible, serviceNamed } from './types/private-endpoint-rules.ts';
import { prefixesOf } from './types/peering-state.ts';
import { subnetsOf } from './types/subnets.ts';
import { type Arm, find, type Json, keyOf, type Resource } from './world.ts';

interface Question {
  arm: Arm;
  request: SimRequest;
  caller: Caller;
  target: Extract<Target, { kind: 'collection' }>;
}

const actions: Record<string, (question: Question) => Answer> = {
  'POST microsoft.network/locations/checkprivatelinkservicevisibility': answerVisibility,
  'POST microsoft.network/networkwatchers/connectivitycheck': ({ arm, request, target }) =>
    answerConnectivityCheck(arm, request, target.under),
  'GET microsoft.network/virtualnetworks/checkipaddressavailability': answerAvailability,
  'POST microsoft.policyinsights/checkpolicyrestrictions': answerRestrictions,
};

/** `type` in lower case, as {@link Target} has it. */
export function actionFor(method: string, type: string): ((question: Question) => Answer) | undefined {
  return actions[`${method} ${type}`];
}

/** Whether endpoints of the asking subscription may name this alias. */
function answerVisibility({ arm, request, caller, target }: Question): Answer {
  refuseForbidden(arm.world, target.under, 'Microsoft.Network/locations/checkPrivateLinkServiceVisibility/action');
  const alias = aliasIn(request);
  const service = serviceNamed(arm.world, alias);
  const id = service === undefined ? undefined : readResourceId(service.id);
  const asking = { subscription: target.subscription } as ResourceId;
  const visible = service !== undefined && id !== undefined && isVisible({ arm, caller, id: asking }, service, id);
  return { status: 200, body: { visible } };
}

function aliasIn(request: SimRequest): string {
  const { privateLinkServiceAlias: alias } = readBody(request);
  if (typeof alias !== 'string') {
    throw badRequest('InvalidRequestFormat', 'The property privateLinkServiceAlias is required.');
  }
  return alias;
}

/** Which policies would refuse a resource with this content, and by which of their conditions. */
function answerRestrictions({ arm, request, target }: Question): Answer {
  refuseForbidden(arm.world, target.under, 'Microsoft.PolicyInsights/checkPolicyRestrictions/action');
  const { resourceDetails } = readBody(request) as { resourceDetails?: { resourceContent?: Json } };
  const content = resourceDetails?.resourceContent;
  if (typeof content?.['type'] !== 'string') {
    throw badRequest(
      'InvalidCheckRestrictionsRequest',
      'The property resourceDetails.resourceContent.type is required.',
    );
  }
  const policyEvaluations = policiesAgainst(arm.world, target.under, content);
  return { status: 200, body: { fieldRestrictions: [], contentEvaluationResult: { policyEvaluations } } };
}

const suggestions = 5;

function answerAvailability({ arm, request, target }: Question): Answer {
  refuseForbidden(arm.world, target.under, 'Microsoft.Network/virtualNetworks/read');
  const network = find(arm.world, target.under);
  if (network === undefined) {
    refuseMissingHolder(arm, target.under);
  }
  const address = request.query.get('ipAddress') ?? '';
  if (!isAddress(address) || !prefixesContain(prefixesOf(network), address)) {
    throw badRequest(
      'PrivateIPAddressNotInAnySubnet',
      `Private static IP address ${address} does not belong to the range of any subnet in the virtual network ${target.under}.`,
    );
  }
  const subnet = subnetsOf(arm.world, target.under).find((each) => prefixesContain(subnetPrefixes(each), address));
  const reserved = subnet !== undefined && isReserved(subnetPrefixes(subnet), address);
  const taken = subnet === undefined ? new Set<string>() : takenIn(arm, subnet);
  const available = subnet !== undefined && !reserved && !taken.has(address);
  return {
    status: 200,
    body: {
      available,
      ...(available || subnet === undefined ? {} : { availableIPAddresses: freeIn(subnet, taken) }),
      isPlatformReserved: reserved,
    },
  };
}

function takenIn(arm: Arm, subnet: Resource): Set<string> {
  return new Set(allocationsIn(arm.world, keyOf(subnet)).flatMap(({ address }) => address ?? []));
}

function freeIn(subnet: Resource, taken: ReadonlySet<string>): string[] {
  const free: string[] = [];
  while (free.length < suggestions) {
    const next = nextFree(subnetPrefixes(subnet), new Set([...taken, ...free]));
    if (next === undefined) {
      break;
    }
    free.push(next);
  }
  return free;
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleGroups,
  exampleLoadBalancers,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo, startBench } from './arm-client.ts';
import { natAddress, natSubnet, serviceBody } from './private-link-bodies.ts';

const { hub, data, mendixProd } = exampleNetworks;
const { workloads, connectivity } = exampleSubscriptions;
const service = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/privateLinkServices/apps`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function openSubnet(): Promise<void> {
  await arm.make(natSubnet, {
    properties: { addressPrefix: '192.168.1.0/26', privateLinkServiceNetworkPolicies: 'Disabled' },
  });
}

async function codeOf(path: string, body: unknown): Promise<unknown[]> {
  const answer = await arm.put(path, body);
  return [answer.status, answer.body.error?.code];
}

describe('a Private Link service is refused', () => {
  it('in a subnet whose policies are not switched off', async () => {
    const answer = await arm.put(service, serviceBody());

    expect([answer.status, answer.body.error.code]).toEqual([
      400,
      'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
    ]);
    expect(answer.body.error.message).toContain(natSubnet);
  });

  it.each<[string, unknown, string]>([
    ['no region', serviceBody({}, { location: undefined }), 'LocationRequired'],
    ['another region than its load balancer', serviceBody({}, { location: 'eastus' }), 'InvalidResourceReference'],
    [
      'no frontend',
      serviceBody({ loadBalancerFrontendIpConfigurations: [] }),
      'PrivateLinkServiceMustHaveLoadBalancerFrontendIpConfigurations',
    ],
    [
      'a frontend that is not there',
      serviceBody({
        loadBalancerFrontendIpConfigurations: [
          { id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/gone` },
        ],
      }),
      'InvalidResourceReference',
    ],
    ['no NAT address', serviceBody({ ipConfigurations: [] }), 'PrivateLinkServiceInvalidIpConfigurations'],
    [
      'nine NAT addresses',
      serviceBody({ ipConfigurations: Array.from({ length: 9 }, (_, index) => natAddress(`n${index}`)) }),
      'PrivateLinkServiceInvalidIpConfigurations',
    ],
    [
      'no primary NAT address',
      serviceBody({ ipConfigurations: [natAddress('other')] }),
      'PrivateLinkServiceMustHaveOnePrimaryIpConfiguration',
    ],
    [
      'a NAT address in another network than the load balancer',
      serviceBody({ ipConfigurations: [natAddress('first', { subnet: { id: `${data}/subnets/ingest` } })] }),
      'PrivateLinkServiceSubnetNotInLoadBalancerVirtualNetwork',
    ],
    [
      'a NAT address outside of its subnet',
      serviceBody({
        ipConfigurations: [
          natAddress('first', { privateIPAllocationMethod: 'Static', privateIPAddress: '192.168.0.99' }),
        ],
      }),
      'PrivateIPAddressNotInSubnet',
    ],
    [
      'an auto-approval beyond its visibility',
      serviceBody({ visibility: { subscriptions: [workloads] }, autoApproval: { subscriptions: [connectivity] } }),
      'PrivateLinkServiceAutoApprovalMustBeSubsetOfVisibility',
    ],
    [
      'too many subscriptions',
      serviceBody({ visibility: { subscriptions: Array.from({ length: 101 }, (_, index) => `s${index}`) } }),
      'PrivateLinkServiceSubscriptionsLimitReached',
    ],
  ])('with %s', async (_what, body, code) => {
    await openSubnet();

    expect(await codeOf(service, body)).toEqual([400, code]);
  });

  it('behind a public frontend, and behind a Basic load balancer', async () => {
    await openSubnet();
    function frontendIn(balancer: string): unknown {
      return serviceBody({
        loadBalancerFrontendIpConfigurations: [{ id: `${balancer}/frontendIPConfigurations/ingress` }],
      });
    }
    const { resources } = await arm.world();
    const key = exampleLoadBalancers.mendixProd.toLowerCase();

    const outside = await codeOf(service, frontendIn(exampleLoadBalancers.mendixUat));
    await arm.control('world', { resources: { ...resources, [key]: { ...resources[key], sku: { name: 'Basic' } } } });
    const basic = await codeOf(service, frontendIn(exampleLoadBalancers.mendixProd));

    expect(outside).toEqual([400, 'PrivateLinkServiceRequiresPrivateFrontend']);
    expect(basic).toEqual([400, 'PrivateLinkServiceRequiresStandardLoadBalancer']);
  });

  it('when the frontend is taken, and as long as its network is being written', async () => {
    await openSubnet();
    await arm.put(`${mendixProd}/virtualNetworkPeerings/to-hub`, peeringTo(hub));
    const busy = await codeOf(service, serviceBody());
    arm.pass();
    await arm.make(service, serviceBody());

    expect(busy).toEqual([400, 'ReferencedResourceNotProvisioned']);
    expect(await codeOf(`${service}-2`, serviceBody())).toEqual([
      400,
      'LoadBalancerFrontendIpConfigurationInUseByPrivateLinkService',
    ]);
  });

  it('when it would lose one of several NAT addresses', async () => {
    await openSubnet();
    await arm.make(service, serviceBody({ ipConfigurations: [natAddress('first'), natAddress('second')] }));

    expect(await codeOf(service, serviceBody())).toEqual([400, 'PrivateLinkServiceIpConfigurationCannotBeRemoved']);
  });

  it('as the ninth on one load balancer', async () => {
    await openSubnet();
    const { resources } = await arm.world();
    const balancer = resources[exampleLoadBalancers.mendixProd.toLowerCase()];
    const [ingress] = (balancer?.properties.frontendIPConfigurations ?? []) as { properties: object }[];
    const frontends = Array.from({ length: 9 }, (_, index) => ({
      ...ingress,
      id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/f${index}`,
      name: `f${index}`,
      properties: { ...ingress?.properties, privateIPAddress: `192.168.0.${20 + index}` },
    }));
    const wide = { ...balancer, properties: { ...balancer?.properties, frontendIPConfigurations: frontends } };
    await arm.control('world', { resources: { ...resources, [exampleLoadBalancers.mendixProd]: wide } });
    const bodies = frontends.map(({ id }) => serviceBody({ loadBalancerFrontendIpConfigurations: [{ id }] }));
    for (const [index, body] of bodies.slice(0, 8).entries()) {
      await arm.make(`${service}-${index}`, body);
    }

    expect(await codeOf(`${service}-8`, bodies[8])).toEqual([400, 'PrivateLinkServicesPerLoadBalancerLimitReached']);
  });
});

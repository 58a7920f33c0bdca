/** Bodies of services and endpoints for tests of what Azure refuses: right as they are, and wrong with a change. */
import {
  exampleLinkServices,
  exampleLoadBalancers,
  exampleNetworks,
} from '../../../src/simulators/azure/example-world.ts';

const { hub, mendixProd } = exampleNetworks;
export const natSubnet = `${mendixProd}/subnets/private-endpoints`;

export function natAddress(name: string, more: Record<string, unknown> = {}): unknown {
  return { name, properties: { subnet: { id: natSubnet }, primary: name === 'first', ...more } };
}

export function serviceBody(change: Record<string, unknown> = {}, top: Record<string, unknown> = {}): unknown {
  return {
    location: 'westeurope',
    properties: {
      loadBalancerFrontendIpConfigurations: [
        { id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/ingress` },
      ],
      ipConfigurations: [natAddress('first')],
      ...change,
    },
    ...top,
  };
}

export function endpointBody(change: Record<string, unknown> = {}, top: Record<string, unknown> = {}): unknown {
  return {
    location: 'westeurope',
    properties: {
      subnet: { id: `${hub}/subnets/shared` },
      privateLinkServiceConnections: [
        { name: 'it', properties: { privateLinkServiceId: exampleLinkServices.inventory } },
      ],
      ...change,
    },
    ...top,
  };
}

export function wish(target: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { privateLinkServiceConnections: [{ name: 'it', properties: { privateLinkServiceId: target, ...more } }] };
}

/** Internal services that apps may want to call, each behind a Private Link service with another kind of owner. */
import type { Json } from '../world.ts';
import {
  exampleAliases,
  exampleGroups,
  exampleLinkServices,
  exampleNetworks,
  exampleSubscriptions,
  resourceId,
} from './ids.ts';
import { frontendId, linkService, loadBalancer } from './link-parts.ts';
import { network } from './parts.ts';

interface ServicePart {
  networkId: string;
  prefix: string;
  group: string;
  name: 'inventory' | 'erp' | 'crm';
  address: string;
  natAddress: string;
  subnetPrefix: string;
  visibleTo: string[];
  autoApproves: string[];
}

export function services(): Json[] {
  const { workloads, connectivity } = exampleSubscriptions;
  return [
    {
      networkId: exampleNetworks.services,
      prefix: '10.71.0.0/16',
      group: exampleGroups.services,
      name: 'inventory' as const,
      subnetPrefix: '10.71.0.0/24',
      address: '10.71.0.10',
      natAddress: '10.71.0.4',
      visibleTo: [workloads, connectivity],
      autoApproves: [workloads],
    },
    {
      networkId: exampleNetworks.finance,
      prefix: '10.70.0.0/16',
      group: exampleGroups.finance,
      name: 'erp' as const,
      subnetPrefix: '10.70.0.0/24',
      address: '10.70.0.10',
      natAddress: '10.70.0.4',
      visibleTo: [workloads],
      autoApproves: [],
    },
    {
      networkId: exampleNetworks.contoso,
      prefix: '192.168.0.0/22',
      group: exampleGroups.contoso,
      name: 'crm' as const,
      subnetPrefix: '192.168.0.0/24',
      address: '192.168.0.20',
      natAddress: '192.168.0.4',
      visibleTo: ['*'],
      autoApproves: [],
    },
  ].flatMap(service);
}

function service(part: ServicePart): Json[] {
  const subnetId = `${part.networkId}/subnets/services`;
  const balancer = resourceId(part.group, 'loadBalancers', `${part.name}-balancer`);
  return [
    network(part.networkId, part.prefix, {
      services: { addressPrefix: part.subnetPrefix, privateLinkServiceNetworkPolicies: 'Disabled' },
    }),
    loadBalancer(balancer, [{ name: part.name, at: { subnetId, address: part.address }, ports: [443] }]),
    ...linkService(exampleLinkServices[part.name], {
      alias: exampleAliases[part.name],
      frontendId: frontendId(balancer, part.name),
      subnetId,
      natAddress: part.natAddress,
      visibleTo: part.visibleTo,
      autoApproves: part.autoApproves,
    }),
  ];
}

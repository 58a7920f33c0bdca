/**
 * The environments, each with what Mendix on Azure puts into a managed resource group. mendix-prod has everything;
 * mendix-acc has no copy of its database; mendix-uat answers to the internet only, and its database has a subnet for
 * itself; in mendix-pilot the publisher allows nothing.
 */
import type { DenyAssignment, Json } from '../world.ts';
import {
  exampleAppAddresses,
  exampleApplications,
  exampleDatabases,
  exampleGroups,
  exampleLoadBalancers,
  exampleNetworks,
  resourceId,
} from './ids.ts';
import { flexibleServer, loadBalancer, publicAddress, serviceEndpoint } from './link-parts.ts';
import { delegatedSubnet, group, managedApplication, network, peering, privateZone, securityGroup } from './parts.ts';

const cluster = { 'aks-managed-cluster-name': 'mendix' };

export function environments(): Json[] {
  return [...production(), ...acceptance(), ...userAcceptance(), ...pilot()];
}

export function environmentGroups(): Json[] {
  const { mendix, mendixProdManaged, mendixAccManaged, mendixUatManaged, mendixPilotManaged } = exampleGroups;
  return [
    group(mendix),
    group(mendixProdManaged, exampleApplications.mendixProd),
    group(mendixAccManaged, exampleApplications.mendixAcc),
    group(mendixUatManaged, exampleApplications.mendixUat),
    group(mendixPilotManaged, exampleApplications.mendixPilot),
  ];
}

/** All writing is the publisher's, but for what a customer needs to connect private networks. */
export function publisherDenies(): DenyAssignment[] {
  const exempt = [
    'virtualNetworks/write',
    'virtualNetworks/peer/action',
    'virtualNetworks/join/action',
    'virtualNetworks/virtualNetworkPeerings/*',
    'virtualNetworks/subnets/write',
    'virtualNetworks/subnets/join/action',
    'networkSecurityGroups/join/action',
    'loadBalancers/frontendIPConfigurations/join/action',
    'privateLinkServices/*',
    'privateEndpoints/*',
    'privateDnsZones/*',
  ].map((action) => `Microsoft.Network/${action}`);
  return [
    publisherDeny('mendix-prod', exampleGroups.mendixProdManaged, exempt),
    publisherDeny('mendix-acc', exampleGroups.mendixAccManaged, exempt),
    publisherDeny('mendix-uat', exampleGroups.mendixUatManaged, exempt),
    publisherDeny('mendix-pilot', exampleGroups.mendixPilotManaged, []),
  ];
}

function publisherDeny(environment: string, scope: string, excludedActions: string[]): DenyAssignment {
  const name = `System deny assignment of managed application ${environment}`;
  return { name, scope, actions: ['*'], notActions: ['*/read'], excludedActions };
}

function production(): Json[] {
  const { mendixProdManaged: inGroup } = exampleGroups;
  const { mendixProd: database, mendixProdReplica: replica } = exampleDatabases;
  const nsg = resourceId(inGroup, 'networkSecurityGroups', 'aks-agentpool-nsg');
  const endpoints = `${exampleNetworks.mendixProd}/subnets/private-endpoints`;
  const [databaseEndpoint, replicaEndpoint] = [database, replica].map((id) => endpointIdOf(inGroup, id));
  return [
    managedApplication(exampleApplications.mendixProd, inGroup),
    securityGroup(nsg),
    network(exampleNetworks.mendixProd, '192.168.0.0/22', {
      'aks-nodes': { addressPrefix: '192.168.0.0/24', networkSecurityGroup: { id: nsg } },
      'private-endpoints': '192.168.1.0/26',
      database: '192.168.1.64/26',
    }),
    apps('mendixProd'),
    flexibleServer(database, { primary: true, by: { endpointId: databaseEndpoint ?? '' } }),
    flexibleServer(replica, { replicaOf: database, by: { endpointId: replicaEndpoint ?? '' } }),
    ...serviceEndpoint(databaseEndpoint ?? '', at(endpoints, '192.168.1.4'), database, 'postgresqlServer'),
    ...serviceEndpoint(replicaEndpoint ?? '', at(endpoints, '192.168.1.5'), replica, 'postgresqlServer'),
    ...managedService(inGroup, { kind: registry, name: 'mendixprod', ...at(endpoints, '192.168.1.6') }),
    ...managedService(inGroup, { kind: storage, name: 'mendixprodbackup', ...at(endpoints, '192.168.1.7') }),
    ...linkedZone('mendixProd', 'privatelink.postgres.database.azure.com', {
      'mendix-prod-db': '192.168.1.4',
      'mendix-prod-db-replica': '192.168.1.5',
    }),
    ...linkedZone('mendixProd', 'privatelink.azurecr.io', { mendixprod: '192.168.1.6' }),
    ...linkedZone('mendixProd', 'privatelink.blob.core.windows.net', { mendixprodbackup: '192.168.1.7' }),
  ];
}

function acceptance(): Json[] {
  const { mendixAccManaged: inGroup } = exampleGroups;
  const database = exampleDatabases.mendixAcc;
  const endpoint = endpointIdOf(inGroup, database);
  const endpoints = `${exampleNetworks.mendixAcc}/subnets/private-endpoints`;
  return [
    managedApplication(exampleApplications.mendixAcc, inGroup),
    network(
      exampleNetworks.mendixAcc,
      '192.168.4.0/22',
      { 'aks-nodes': '192.168.4.0/24', 'private-endpoints': '192.168.5.0/26', database: '192.168.5.64/26' },
      { peerings: [peering('to-corp', exampleNetworks.corp, '10.60.0.0/16')] },
    ),
    apps('mendixAcc'),
    flexibleServer(database, { by: { endpointId: endpoint } }),
    ...serviceEndpoint(endpoint, at(endpoints, '192.168.5.4'), database, 'postgresqlServer'),
    // Linked to corp-vnet as well, so that the DNS server there knows the database when this network asks it.
    ...linkedZone('mendixAcc', 'privatelink.postgres.database.azure.com', { 'mendix-acc-db': '192.168.5.4' }, [
      exampleNetworks.corp,
    ]),
  ];
}

function userAcceptance(): Json[] {
  const { mendixUatManaged: inGroup } = exampleGroups;
  const { mendixUat: database, mendixUatReplica: replica } = exampleDatabases;
  const outside = resourceId(inGroup, 'publicIPAddresses', 'kubernetes-ingress');
  const zoneName = 'mendix-uat.private.postgres.database.azure.com';
  const by = {
    subnetId: `${exampleNetworks.mendixUat}/subnets/database`,
    zoneId: resourceId(inGroup, 'privateDnsZones', zoneName),
  };
  return [
    managedApplication(exampleApplications.mendixUat, inGroup),
    network(exampleNetworks.mendixUat, '192.168.8.0/22', {
      'aks-nodes': '192.168.8.0/24',
      'private-endpoints': '192.168.9.0/26',
      database: {
        ...delegatedSubnet('192.168.9.64/26', 'Microsoft.DBforPostgreSQL/flexibleServers'),
        serviceAssociationLinks: [{ id: `${by.subnetId}/serviceAssociationLinks/postgres`, name: 'postgres' }],
      },
    }),
    publicAddress(outside, '20.101.77.12'),
    loadBalancer(
      exampleLoadBalancers.mendixUat,
      [{ name: 'ingress', at: { publicAddressId: outside }, ports: [80, 443] }],
      cluster,
    ),
    flexibleServer(database, { primary: true, by }),
    flexibleServer(replica, { replicaOf: database, by }),
    ...linkedZone('mendixUat', zoneName, {
      'mendix-uat-db': '192.168.9.68',
      'mendix-uat-db-replica': '192.168.9.69',
    }),
  ];
}

function pilot(): Json[] {
  return [
    managedApplication(exampleApplications.mendixPilot, exampleGroups.mendixPilotManaged),
    network(exampleNetworks.mendixPilot, '192.168.12.0/22', {
      'aks-nodes': '192.168.12.0/24',
      'private-endpoints': '192.168.13.0/26',
    }),
    apps('mendixPilot'),
  ];
}

/** What a cluster makes for its ingress. */
function apps(environment: keyof typeof exampleAppAddresses): Json {
  const subnetId = `${exampleNetworks[environment]}/subnets/aks-nodes`;
  return loadBalancer(
    exampleLoadBalancers[environment],
    [{ name: 'ingress', at: { subnetId, address: exampleAppAddresses[environment] }, ports: [80, 443] }],
    cluster,
  );
}

interface ServiceKind {
  type: string;
  groupId: string;
}

const registry: ServiceKind = { type: 'Microsoft.ContainerRegistry/registries', groupId: 'registry' };
const storage: ServiceKind = { type: 'Microsoft.Storage/storageAccounts', groupId: 'blob' };

/** A service of Azure that the environment uses, and the endpoint by which it does. */
function managedService(
  inGroup: string,
  part: { kind: ServiceKind; name: string; subnetId: string; address: string },
): Json[] {
  const id = `${inGroup}/providers/${part.kind.type}/${part.name}`;
  return [
    { id, name: part.name, type: part.kind.type, location: 'westeurope', tags: {}, properties: {} },
    ...serviceEndpoint(endpointIdOf(inGroup, id), part, id, part.kind.groupId),
  ];
}

function linkedZone(
  environment: 'mendixProd' | 'mendixAcc' | 'mendixUat',
  name: string,
  records: Record<string, string>,
  others: readonly string[] = [],
): Json[] {
  const id = resourceId(exampleGroups[`${environment}Managed`], 'privateDnsZones', name);
  return privateZone(id, records, [exampleNetworks[environment], ...others]);
}

function endpointIdOf(inGroup: string, id: string): string {
  return resourceId(inGroup, 'privateEndpoints', `${id.slice(id.lastIndexOf('/') + 1)}-endpoint`);
}

function at(subnetId: string, address: string): { subnetId: string; address: string } {
  return { subnetId, address };
}

/** Ids of the example world, by what they stand for. */

export const exampleSubscriptions = {
  workloads: '1c0a5b1e-7d2f-4a61-9b3e-000000000001',
  connectivity: '1c0a5b1e-7d2f-4a61-9b3e-000000000002',
  analytics: '1c0a5b1e-7d2f-4a61-9b3e-000000000003',
  /** Here the bot may read and nothing else. */
  finance: '1c0a5b1e-7d2f-4a61-9b3e-000000000004',
};

/** Another company, with a directory of its own. */
export const exampleForeign = {
  tenant: '9a7d3c10-0000-4000-8000-0000000000aa',
  subscription: '1c0a5b1e-7d2f-4a61-9b3e-000000000009',
};

const { workloads, connectivity, analytics, finance } = exampleSubscriptions;

export const exampleGroups = {
  mendix: groupId(workloads, 'mendix'),
  mendixProdManaged: groupId(workloads, 'mrg-mendix-prod'),
  mendixAccManaged: groupId(workloads, 'mrg-mendix-acc'),
  mendixUatManaged: groupId(workloads, 'mrg-mendix-uat'),
  mendixPilotManaged: groupId(workloads, 'mrg-mendix-pilot'),
  hub: groupId(connectivity, 'network-hub'),
  partner: groupId(connectivity, 'partner'),
  legacy: groupId(connectivity, 'legacy'),
  corp: groupId(connectivity, 'corp'),
  office: groupId(connectivity, 'office'),
  retail: groupId(connectivity, 'retail'),
  depot: groupId(connectivity, 'depot'),
  america: groupId(connectivity, 'america'),
  vault: groupId(connectivity, 'vault'),
  compact: groupId(connectivity, 'compact'),
  governed: groupId(connectivity, 'governed'),
  regulated: groupId(connectivity, 'regulated'),
  data: groupId(analytics, 'data-platform'),
  services: groupId(analytics, 'services'),
  /** Made by Azure with the first network of a subscription. */
  watcher: groupId(analytics, 'NetworkWatcherRG'),
  finance: groupId(finance, 'finance'),
  contoso: groupId(exampleForeign.subscription, 'contoso-shared'),
};

export const exampleApplications = {
  mendixProd: applicationId('mendix-prod'),
  mendixAcc: applicationId('mendix-acc'),
  mendixUat: applicationId('mendix-uat'),
  mendixPilot: applicationId('mendix-pilot'),
};

export const exampleNetworks = {
  mendixProd: networkId(exampleGroups.mendixProdManaged, 'mendix-prod-vnet'),
  mendixAcc: networkId(exampleGroups.mendixAccManaged, 'mendix-acc-vnet'),
  mendixUat: networkId(exampleGroups.mendixUatManaged, 'mendix-uat-vnet'),
  mendixPilot: networkId(exampleGroups.mendixPilotManaged, 'mendix-pilot-vnet'),
  hub: networkId(exampleGroups.hub, 'hub-vnet'),
  data: networkId(exampleGroups.data, 'data-vnet'),
  legacy: networkId(exampleGroups.legacy, 'legacy-vnet'),
  partner: networkId(exampleGroups.partner, 'partner-vnet'),
  spoke7: networkId(exampleGroups.partner, 'spoke-7-vnet'),
  corp: networkId(exampleGroups.corp, 'corp-vnet'),
  branch: networkId(exampleGroups.corp, 'branch-vnet'),
  office: networkId(exampleGroups.office, 'office-vnet'),
  retail: networkId(exampleGroups.retail, 'retail-vnet'),
  depot: networkId(exampleGroups.depot, 'depot-vnet'),
  america: networkId(exampleGroups.america, 'america-vnet'),
  vault: networkId(exampleGroups.vault, 'vault-vnet'),
  compact: networkId(exampleGroups.compact, 'compact-vnet'),
  governed: networkId(exampleGroups.governed, 'governed-vnet'),
  regulated: networkId(exampleGroups.regulated, 'regulated-vnet'),
  services: networkId(exampleGroups.services, 'services-vnet'),
  finance: networkId(exampleGroups.finance, 'finance-vnet'),
  contoso: networkId(exampleGroups.contoso, 'contoso-vnet'),
};

export const exampleLoadBalancers = {
  mendixProd: resourceId(exampleGroups.mendixProdManaged, 'loadBalancers', 'kubernetes-internal'),
  mendixAcc: resourceId(exampleGroups.mendixAccManaged, 'loadBalancers', 'kubernetes-internal'),
  mendixUat: resourceId(exampleGroups.mendixUatManaged, 'loadBalancers', 'kubernetes'),
  mendixPilot: resourceId(exampleGroups.mendixPilotManaged, 'loadBalancers', 'kubernetes-internal'),
};

/** Where the apps of each environment answer, on ports 80 and 443. */
export const exampleAppAddresses = {
  mendixProd: '192.168.0.10',
  mendixAcc: '192.168.4.10',
  mendixPilot: '192.168.12.10',
};

export const exampleLinkServices = {
  /** Lets the environments in without asking. */
  inventory: resourceId(exampleGroups.services, 'privateLinkServices', 'pls-inventory'),
  /** Another team's: asks its owner. */
  erp: resourceId(exampleGroups.finance, 'privateLinkServices', 'pls-erp'),
  /** Another company's: known by its alias only. */
  crm: resourceId(exampleGroups.contoso, 'privateLinkServices', 'pls-crm'),
};

export const exampleAliases = {
  inventory: 'pls-inventory.5b0c1f6e-2d1a-4f7e-9c55-000000000001.westeurope.azure.privatelinkservice',
  erp: 'pls-erp.5b0c1f6e-2d1a-4f7e-9c55-000000000002.westeurope.azure.privatelinkservice',
  crm: 'pls-crm.5b0c1f6e-2d1a-4f7e-9c55-000000000003.westeurope.azure.privatelinkservice',
};

export const exampleDatabases = {
  mendixProd: databaseId(exampleGroups.mendixProdManaged, 'mendix-prod-db'),
  mendixProdReplica: databaseId(exampleGroups.mendixProdManaged, 'mendix-prod-db-replica'),
  mendixAcc: databaseId(exampleGroups.mendixAccManaged, 'mendix-acc-db'),
  mendixUat: databaseId(exampleGroups.mendixUatManaged, 'mendix-uat-db'),
  mendixUatReplica: databaseId(exampleGroups.mendixUatManaged, 'mendix-uat-db-replica'),
};

export const exampleGateway = resourceId(exampleGroups.office, 'virtualNetworkGateways', 'office-gateway');

/** A machine in data-vnet from which Network Watcher can try connections. */
export const exampleProbe = {
  virtualMachine: `${exampleGroups.data}/providers/Microsoft.Compute/virtualMachines/probe-vm`,
  networkWatcher: resourceId(exampleGroups.watcher, 'networkWatchers', 'NetworkWatcher_westeurope'),
};

export function resourceId(group: string, type: string, name: string): string {
  return `${group}/providers/Microsoft.Network/${type}/${name}`;
}

function groupId(subscription: string, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

function networkId(group: string, name: string): string {
  return resourceId(group, 'virtualNetworks', name);
}

function applicationId(name: string): string {
  return `${exampleGroups.mendix}/providers/Microsoft.Solutions/applications/${name}`;
}

function databaseId(group: string, name: string): string {
  return `${group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/${name}`;
}

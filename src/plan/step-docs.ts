/** Where each kind of step is described in public; shown beside the step, so that anybody can check what it follows. */
import type { StepKind } from './plan.ts';

const learn = 'https://learn.microsoft.com/en-us/azure';

export const stepDocs: Readonly<Record<StepKind, string>> = {
  peering: `${learn}/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering`,
  'peering-repair': `${learn}/virtual-network/virtual-network-troubleshoot-peering-issues`,
  'subnet-policy': `${learn}/private-link/disable-private-link-service-network-policy`,
  'private-link-service': `${learn}/private-link/create-private-link-service-portal?tabs=dynamic-ip#create-a-private-link-service`,
  'private-endpoint': `${learn}/private-link/private-endpoint-overview`,
  'endpoint-approval': `${learn}/private-link/manage-private-endpoint`,
  'endpoint-wait': `${learn}/private-link/private-endpoint-overview#access-to-a-private-link-resource-using-approval-workflow`,
  'dns-zone': `${learn}/dns/private-dns-privatednszone`,
  'dns-record': `${learn}/dns/dns-operations-recordsets-portal`,
  'dns-link': `${learn}/dns/private-dns-virtual-network-links`,
  'dns-servers': `${learn}/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances`,
  'security-rule': `${learn}/virtual-network/manage-network-security-group`,
  route: `${learn}/virtual-network/manage-route-table#create-a-route`,
  'route-table': `${learn}/virtual-network/manage-route-table#associate-a-route-table-to-a-subnet`,
};

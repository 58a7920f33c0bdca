/** Azure's limits that a plan can run into. Source: Microsoft's pages on networking and Private Link limits. */
export const limits = {
  peeringsPerNetwork: 500,
  dnsServersPerNetwork: 20,
  linkServicesPerLoadBalancer: 8,
  endpointsPerNetwork: 1000,
  endpointsPerLinkService: 1000,
  linksPerZone: 1000,
  recordSetsPerZone: 25_000,
  rulesPerSecurityGroup: 1000,
  /** Addresses of each subnet that Azure keeps for itself. */
  reservedPerSubnet: 5,
  /** Characters of the message to the owner of a private link service. */
  requestMessage: 140,
} as const;

/** Names of resource types to which more than one type refers, in the case in which the service writes them. */
export const networkTypeName = 'Microsoft.Network/virtualNetworks';
export const loadBalancerTypeName = 'Microsoft.Network/loadBalancers';
export const interfaceTypeName = 'Microsoft.Network/networkInterfaces';
export const securityGroupTypeName = 'Microsoft.Network/networkSecurityGroups';
export const routeTableTypeName = 'Microsoft.Network/routeTables';
export const gatewayTypeName = 'Microsoft.Network/virtualNetworkGateways';
export const linkServiceTypeName = 'Microsoft.Network/privateLinkServices';
export const connectionTypeName = 'Microsoft.Network/privateLinkServices/privateEndpointConnections';
export const endpointTypeName = 'Microsoft.Network/privateEndpoints';
export const databaseTypeName = 'Microsoft.DBforPostgreSQL/flexibleServers';

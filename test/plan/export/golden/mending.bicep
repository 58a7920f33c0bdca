// file: main.bicep
// Plan a6ce0e66b229: apps reached through a network peering, for mendix-prod.
//
// Because: It fits what was asked for. (The guide, A section)
// Take care: Something to know. Look at it.
// Gains reach: hub-vnet to 10.20.1.4, port 443
//
// This text holds 5 files. Save it as plan.bicep in an empty folder, then split it:
//   awk '/^[/][/] file: /{name = $3} {print > name}' plan.bicep
// Look first, with what-if in place of create:
//   az deployment group create \
//     --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
//     --resource-group network-hub \
//     --name causeway-a6ce0e66b229 \
//     --template-file main.bicep
// It makes a deployment in each resource group. Where the managed resource group does not allow that, use the
// Azure CLI commands of this plan instead.
//
// Before the deployment, run:
//
//   # Step 2 of 10, change: peering-repair of causeway-to-hub-vnet (the dead half goes first)
//   az network vnet peering delete \
//     --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/virtualNetworkPeerings/causeway-to-hub-vnet
//
// After the deployment, run:
//
//   # Step 3 of 10, change: peering of causeway-to-data-vnet (Bicep cannot ask for new addresses)
//   az network vnet peering sync \
//     --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
//     --resource-group network-hub \
//     --vnet-name hub-vnet \
//     --name causeway-to-data-vnet
//
//   # Step 4 of 10, change: peering of causeway-to-hub-vnet (Bicep cannot ask for new addresses)
//   az network vnet peering sync \
//     --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000003 \
//     --resource-group data-platform \
//     --vnet-name data-vnet \
//     --name causeway-to-hub-vnet
//
//   # Step 10 of 10, change: route-table of people (not for Bicep)
//   az network vnet subnet update \
//     --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/people \
//     --route-table /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/routeTables/hub-routes \
//     --output none
//
// Left as it is:
// Step 5 of 10, keep as it is: private-endpoint of kept
// /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/kept
// Step 6 of 10, keep as it is: dns-zone of azure.mendixapps.io
// /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io

targetScope = 'resourceGroup'

// Not made here; its address is needed.
resource endpointOfStep5 'Microsoft.Network/privateEndpoints@2024-05-01' existing = {
  name: 'kept'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000002', 'network-hub')
}

// Step 1 of 10, create: peering of causeway-to-mendix-prod-vnet
// Step 7 of 10, change: dns-record of *
// Step 8 of 10, create: security-rule of causeway-apps
// Step 9 of 10, create: route of causeway-apps
module part1 'part-1.bicep' = {
  name: 'causeway-a6ce0e66b229-1'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000002', 'network-hub')
  params: {
    nicOfStep5: endpointOfStep5.properties.networkInterfaces[0].id
  }
}

// Step 2 of 10, change: peering-repair of causeway-to-hub-vnet
module part2 'part-2.bicep' = {
  name: 'causeway-a6ce0e66b229-2'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000001', 'mrg-mendix-prod')
  dependsOn: [
    part1
  ]
}

// Step 3 of 10, change: peering of causeway-to-data-vnet
module part3 'part-3.bicep' = {
  name: 'causeway-a6ce0e66b229-3'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000002', 'network-hub')
  dependsOn: [
    part2
  ]
}

// Step 4 of 10, change: peering of causeway-to-hub-vnet
module part4 'part-4.bicep' = {
  name: 'causeway-a6ce0e66b229-4'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000003', 'data-platform')
  dependsOn: [
    part3
  ]
}

// file: part-1.bicep
targetScope = 'resourceGroup'

@description('Id of the network interface of the private endpoint.')
param nicOfStep5 string

resource interfaceOfStep5 'Microsoft.Network/networkInterfaces@2024-05-01' existing = {
  name: last(split(nicOfStep5, '/'))
  scope: resourceGroup(split(nicOfStep5, '/')[2], split(nicOfStep5, '/')[4])
}

resource parentOfStep1 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'hub-vnet'
}

// Step 1 of 10, create: peering of causeway-to-mendix-prod-vnet
// Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
// every switch is said.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
resource step1 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: parentOfStep1
  name: 'causeway-to-mendix-prod-vnet'
  properties: {
    remoteVirtualNetwork: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet'
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
  }
}

resource parentOfStep7 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: 'azure.mendixapps.io'
}

// Step 7 of 10, change: dns-record of *
// Why: It leads the name to the private address.
// Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
resource step7 'Microsoft.Network/privateDnsZones/A@2024-06-01' = {
  parent: parentOfStep7
  name: '*'
  properties: {
    ttl: 300
    aRecords: [
      {
        ipv4Address: interfaceOfStep5.properties.ipConfigurations[0].properties.privateIPAddress
      }
    ]
  }
}

resource parentOfStep8 'Microsoft.Network/networkSecurityGroups@2024-05-01' existing = {
  name: 'hub-nsg'
}

// Step 8 of 10, create: security-rule of causeway-apps
// Why: Without it the security group would hold this traffic up.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-network-security-group
resource step8 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: parentOfStep8
  name: 'causeway-apps'
  properties: {
    priority: 200
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefix: '*'
    sourcePortRange: '*'
    destinationAddressPrefixes: [
      '192.168.0.0/22'
      '192.168.4.0/22'
    ]
    destinationPortRange: '443'
    description: 'Apps of mendix-prod, case C-1'
  }
}

resource parentOfStep9 'Microsoft.Network/routeTables@2024-05-01' existing = {
  name: 'hub-routes'
}

// Step 9 of 10, create: route of causeway-apps
// Why: It tells this network the way to the other one.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-route-table#create-a-route
resource step9 'Microsoft.Network/routeTables/routes@2024-05-01' = {
  parent: parentOfStep9
  name: 'causeway-apps'
  properties: {
    addressPrefix: '192.168.0.0/22'
    nextHopType: 'VirtualAppliance'
    nextHopIpAddress: '10.20.0.36'
  }
}

// file: part-2.bicep
targetScope = 'resourceGroup'

resource parentOfStep2 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'mendix-prod-vnet'
}

// Step 2 of 10, change: peering-repair of causeway-to-hub-vnet
// Why: The other half of this peering was deleted. Azure takes no change to a half that is left over, so it is
// deleted and made again.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-troubleshoot-peering-issues
resource step2 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: parentOfStep2
  name: 'causeway-to-hub-vnet'
  properties: {
    remoteVirtualNetwork: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet'
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
  }
}

// file: part-3.bicep
targetScope = 'resourceGroup'

resource parentOfStep3 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'hub-vnet'
}

// Step 3 of 10, change: peering of causeway-to-data-vnet
// Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
// every switch is said.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
resource step3 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: parentOfStep3
  name: 'causeway-to-data-vnet'
  properties: {
    remoteVirtualNetwork: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000003/resourceGroups/data-platform/providers/Microsoft.Network/virtualNetworks/data-vnet'
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
  }
}

// file: part-4.bicep
targetScope = 'resourceGroup'

resource parentOfStep4 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'data-vnet'
}

// Step 4 of 10, change: peering of causeway-to-hub-vnet
// Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
// every switch is said.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
resource step4 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: parentOfStep4
  name: 'causeway-to-hub-vnet'
  properties: {
    remoteVirtualNetwork: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet'
    }
    allowVirtualNetworkAccess: true
    allowForwardedTraffic: false
    allowGatewayTransit: false
    useRemoteGateways: false
  }
}

// file: main.bicep
// Plan e2499b5dd903: own DNS servers for the environment, for mendix-prod.
//
// Because: It fits what was asked for. (The guide, A section)
// Take care: Something to know. Look at it.
// Gains reach: hub-vnet to 10.20.1.4, port 443
//
// This text holds 3 files. Save it as plan.bicep in an empty folder, then split it:
//   awk '/^[/][/] file: /{name = $3} {print > name}' plan.bicep
// Look first, with what-if in place of create:
//   az deployment group create \
//     --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
//     --resource-group network-hub \
//     --name causeway-e2499b5dd903 \
//     --template-file main.bicep
// It makes a deployment in each resource group. Where the managed resource group does not allow that, use the
// Azure CLI commands of this plan instead.
//
// After the deployment, run:
//
//   # Step 3 of 3, change: dns-servers of mendix-prod-vnet (not for Bicep)
//   az network vnet update \
//     --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet \
//     --dns-servers 10.20.0.4 10.20.0.5 \
//     --output none

targetScope = 'resourceGroup'

// Step 1 of 3, create: peering of causeway-to-mendix-prod-vnet
module part1 'part-1.bicep' = {
  name: 'causeway-e2499b5dd903-1'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000002', 'network-hub')
}

// Step 2 of 3, create: peering of causeway-to-hub-vnet
module part2 'part-2.bicep' = {
  name: 'causeway-e2499b5dd903-2'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000001', 'mrg-mendix-prod')
  dependsOn: [
    part1
  ]
}

// file: part-1.bicep
targetScope = 'resourceGroup'

resource parentOfStep1 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'hub-vnet'
}

// Step 1 of 3, create: peering of causeway-to-mendix-prod-vnet
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

// file: part-2.bicep
targetScope = 'resourceGroup'

resource parentOfStep2 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'mendix-prod-vnet'
}

// Step 2 of 3, create: peering of causeway-to-hub-vnet
// Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
// every switch is said.
// Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
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

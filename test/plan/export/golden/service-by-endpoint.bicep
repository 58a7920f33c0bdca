// file: main.bicep
// Plan 7c4294dce3f9: an internal service reached by apps through a private endpoint, for mendix-prod.
//
// Because: It fits what was asked for. (The guide, A section)
// Take care: Something to know. Look at it.
// Gains reach: hub-vnet to 10.20.1.4, port 443
//
// This text holds 3 files. Save it as plan.bicep in an empty folder, then split it:
//   awk '/^[/][/] file: /{name = $3} {print > name}' plan.bicep
// Look first, with what-if in place of create:
//   az deployment group create \
//     --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
//     --resource-group mrg-mendix-prod \
//     --name causeway-7c4294dce3f9 \
//     --template-file main.bicep
// It makes a deployment in each resource group. Where the managed resource group does not allow that, use the
// Azure CLI commands of this plan instead.
//
// After the deployment, run:
//
//   # Step 2 of 5, wait: endpoint-wait of causeway-erp (not for Bicep)
//   # The owner of the service sees the request in the Azure portal, under Private Link Center, Pending connections. Or they run:
//   #   az network private-link-service show --ids <id of their service> --query privateEndpointConnections
//   #   az network private-link-service connection update --ids <id of the connection> --connection-status Approved
//   az network private-endpoint show \
//     --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateEndpoints/causeway-erp \
//     --query '[privateLinkServiceConnections, manualPrivateLinkServiceConnections][].privateLinkServiceConnectionState.status | [0]' \
//     --output tsv

targetScope = 'resourceGroup'

// Step 1 of 5, create: private-endpoint of causeway-erp
// Step 3 of 5, create: dns-zone of erp.corp.example
module part1 'part-1.bicep' = {
  name: 'causeway-7c4294dce3f9-1'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000001', 'mrg-mendix-prod')
}

// Step 4 of 5, create: dns-record of @
// Step 5 of 5, create: dns-link of causeway-link
module part2 'part-2.bicep' = {
  name: 'causeway-7c4294dce3f9-2'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000001', 'mrg-mendix-prod')
  params: {
    nicOfStep1: part1.outputs.nicOfStep1
  }
  dependsOn: [
    part1
  ]
}

// file: part-1.bicep
targetScope = 'resourceGroup'

// Step 1 of 5, create: private-endpoint of causeway-erp
// Why: It is the one address in this network behind which the other side answers.
// Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
resource step1 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'causeway-erp'
  location: 'westeurope'
  tags: {
    'created-by': 'causeway'
    'causeway-case': 'C-1'
  }
  properties: {
    subnet: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints'
    }
    manualPrivateLinkServiceConnections: [
      {
        name: 'causeway'
        properties: {
          privateLinkServiceId: 'erp.2f0f7d7c-0000-4000-8000-000000000001.westeurope.azure.privatelinkservice'
          requestMessage: 'For case C-1'
        }
      }
    ]
  }
}

output nicOfStep1 string = step1.properties.networkInterfaces[0].id

// Step 3 of 5, create: dns-zone of erp.corp.example
// Why: It answers for this name in the networks that are linked to it, and for no others.
// Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-privatednszone
resource step3 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: 'erp.corp.example'
  location: 'global'
  tags: {
    'created-by': 'causeway'
    'causeway-case': 'C-1'
  }
}

// file: part-2.bicep
targetScope = 'resourceGroup'

@description('Id of the network interface of the private endpoint.')
param nicOfStep1 string

resource interfaceOfStep1 'Microsoft.Network/networkInterfaces@2024-05-01' existing = {
  name: last(split(nicOfStep1, '/'))
  scope: resourceGroup(split(nicOfStep1, '/')[2], split(nicOfStep1, '/')[4])
}

resource parentOfStep4 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: 'erp.corp.example'
}

// Step 4 of 5, create: dns-record of @
// Why: It leads the name to the private address.
// Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
resource step4 'Microsoft.Network/privateDnsZones/A@2024-06-01' = {
  parent: parentOfStep4
  name: '@'
  properties: {
    ttl: 300
    aRecords: [
      {
        ipv4Address: interfaceOfStep1.properties.ipConfigurations[0].properties.privateIPAddress
      }
    ]
  }
}

// Step 5 of 5, create: dns-link of causeway-link
// Why: From now on the network asks the zone. It comes after the record, so that nobody remembers “no such
// name”.
// Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
resource step5 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: parentOfStep4
  name: 'causeway-link'
  location: 'global'
  properties: {
    virtualNetwork: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet'
    }
    registrationEnabled: false
  }
  dependsOn: [
    step4
  ]
}

// file: main.bicep
// Plan 177b3f8d6f25: apps reached through Private Link, for mendix-prod.
//
// Because: It fits what was asked for. (The guide, A section)
// Take care: Something to know. Look at it.
// Gains reach: hub-vnet to 10.20.1.4, port 443
//
// This text holds 4 files. Save it as plan.bicep in an empty folder, then split it:
//   awk '/^[/][/] file: /{name = $3} {print > name}' plan.bicep
// Look first, with what-if in place of create:
//   az deployment group create \
//     --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
//     --resource-group mrg-mendix-prod \
//     --name causeway-177b3f8d6f25 \
//     --template-file main.bicep
// It makes a deployment in each resource group. Where the managed resource group does not allow that, use the
// Azure CLI commands of this plan instead.
//
// Before the deployment, run:
//
//   # Step 1 of 7, change: subnet-policy of private-endpoints (not for Bicep)
//   az network vnet subnet update \
//     --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints \
//     --private-link-service-network-policies Disabled \
//     --output none
//
// After the deployment, run:
//
//   # Prints the id of the connection that an endpoint asked for; Azure names it <endpoint>.<a new id>.
//   connection_of() { # <id of the service> <id of the endpoint, or its end>
//     local found look
//     for look in $(seq 60); do
//       found="$(az network private-link-service show --ids "$1" \
//         --query 'privateEndpointConnections[].[id, privateEndpoint.id]' --output tsv |
//         wanted="$2" awk -F '\t' '
//           BEGIN { wanted = tolower(ENVIRON["wanted"]) }
//           { endpoint = tolower($2); from = length(endpoint) - length(wanted) + 1 }
//           from > 0 && substr(endpoint, from) == wanted && !seen++ { print $1 }
//         ')" || return 1
//       if [ -n "$found" ]; then echo "$found"; return 0; fi
//       echo "  waiting for the connection to appear (look $look of 60)" >&2
//       sleep "${CAUSEWAY_WAIT_SECONDS:-10}"
//     done
//     echo "The service lists no connection of $2." >&2
//     return 1
//   }
//
//   # Step 4 of 7, create: endpoint-approval of causeway-mendix-prod (not for Bicep)
//   connection_4="$(connection_of /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/causeway-mendix-prod)"
//   az network private-link-service connection update \
//     --ids "$connection_4" \
//     --connection-status Approved \
//     --description 'Approved by Anna Approver, case C-1' \
//     --output none

targetScope = 'resourceGroup'

// Step 2 of 7, create: private-link-service of causeway-mendix-prod
module part1 'part-1.bicep' = {
  name: 'causeway-177b3f8d6f25-1'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000001', 'mrg-mendix-prod')
}

// Step 3 of 7, create: private-endpoint of causeway-mendix-prod
// Step 5 of 7, create: dns-zone of orders.azure.mendixapps.io
module part2 'part-2.bicep' = {
  name: 'causeway-177b3f8d6f25-2'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000002', 'network-hub')
  dependsOn: [
    part1
  ]
}

// Step 6 of 7, create: dns-record of @
// Step 7 of 7, create: dns-link of causeway-link
module part3 'part-3.bicep' = {
  name: 'causeway-177b3f8d6f25-3'
  scope: resourceGroup('1c0a5b1e-7d2f-4a61-9b3e-000000000002', 'network-hub')
  params: {
    nicOfStep3: part2.outputs.nicOfStep3
  }
  dependsOn: [
    part2
  ]
}

// file: part-1.bicep
targetScope = 'resourceGroup'

// Step 2 of 7, create: private-link-service of causeway-mendix-prod
// Why: It exposes one frontend of the load balancer to private endpoints, and nothing else of the network.
// Described at https://learn.microsoft.com/en-us/azure/private-link/create-private-link-service-portal?tabs=dynamic-ip#create-a-private-link-service
resource step2 'Microsoft.Network/privateLinkServices@2024-05-01' = {
  name: 'causeway-mendix-prod'
  location: 'westeurope'
  tags: {
    'created-by': 'causeway'
    'causeway-case': 'C-1'
  }
  properties: {
    loadBalancerFrontendIpConfigurations: [
      {
        id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/loadBalancers/kubernetes-internal/frontendIPConfigurations/ingress'
      }
    ]
    ipConfigurations: [
      {
        name: 'primary'
        properties: {
          subnet: {
            id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints'
          }
          primary: true
          privateIPAllocationMethod: 'Dynamic'
          privateIPAddressVersion: 'IPv4'
        }
      }
    ]
    visibility: {
      subscriptions: [
        '1c0a5b1e-7d2f-4a61-9b3e-000000000002'
      ]
    }
    autoApproval: {
      subscriptions: []
    }
    enableProxyProtocol: false
  }
}

// file: part-2.bicep
targetScope = 'resourceGroup'

// Step 3 of 7, create: private-endpoint of causeway-mendix-prod
// Why: It is the one address in this network behind which the other side answers.
// Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
resource step3 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'causeway-mendix-prod'
  location: 'westeurope'
  tags: {
    'created-by': 'causeway'
    'causeway-case': 'C-1'
  }
  properties: {
    subnet: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/shared'
    }
    manualPrivateLinkServiceConnections: [
      {
        name: 'causeway'
        properties: {
          privateLinkServiceId: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod'
          requestMessage: 'For case C-1'
        }
      }
    ]
  }
}

output nicOfStep3 string = step3.properties.networkInterfaces[0].id

// Step 5 of 7, create: dns-zone of orders.azure.mendixapps.io
// Why: It answers for this name in the networks that are linked to it, and for no others.
// Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-privatednszone
resource step5 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: 'orders.azure.mendixapps.io'
  location: 'global'
  tags: {
    'created-by': 'causeway'
    'causeway-case': 'C-1'
  }
}

// file: part-3.bicep
targetScope = 'resourceGroup'

@description('Id of the network interface of the private endpoint.')
param nicOfStep3 string

resource interfaceOfStep3 'Microsoft.Network/networkInterfaces@2024-05-01' existing = {
  name: last(split(nicOfStep3, '/'))
  scope: resourceGroup(split(nicOfStep3, '/')[2], split(nicOfStep3, '/')[4])
}

resource parentOfStep6 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: 'orders.azure.mendixapps.io'
}

// Step 6 of 7, create: dns-record of @
// Why: It leads the name to the private address.
// Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
resource step6 'Microsoft.Network/privateDnsZones/A@2024-06-01' = {
  parent: parentOfStep6
  name: '@'
  properties: {
    ttl: 300
    aRecords: [
      {
        ipv4Address: interfaceOfStep3.properties.ipConfigurations[0].properties.privateIPAddress
      }
    ]
  }
}

// Step 7 of 7, create: dns-link of causeway-link
// Why: From now on the network asks the zone. It comes after the record, so that nobody remembers “no such
// name”.
// Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
resource step7 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: parentOfStep6
  name: 'causeway-link'
  location: 'global'
  properties: {
    virtualNetwork: {
      id: '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet'
    }
    registrationEnabled: false
  }
  dependsOn: [
    step6
  ]
}

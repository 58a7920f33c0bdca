#!/usr/bin/env bash
# Plan 177b3f8d6f25: apps reached through Private Link, for mendix-prod.
#
# Because: It fits what was asked for. (The guide, A section)
# Take care: Something to know. Look at it.
# Gains reach: hub-vnet to 10.20.1.4, port 443
#
# Needs bash and the Azure CLI 2.60 or newer, signed in (az login) with rights on every resource named below.
# It stops at the first thing that fails. Then make the plan again: the new one keeps what was done.
set -euo pipefail

# Looks again until a command prints what is wanted; gives up after 60 looks.
wait_until() { # <wanted> <command…>
  local wanted="$1" seen="" look
  shift
  for look in $(seq 60); do
    seen="$("$@")" || seen="nothing yet"
    if [ "$seen" = "$wanted" ]; then return 0; fi
    echo "  waiting for $wanted, now $seen (look $look of 60)" >&2
    sleep "${CAUSEWAY_WAIT_SECONDS:-10}"
  done
  echo "It did not become $wanted; look at it in the Azure portal, then make the plan again." >&2
  return 1
}

# Prints the private address of an endpoint, which Azure gives to its network interface.
address_of() { # <id of the endpoint>
  local nic address
  nic="$(az network private-endpoint show --ids "$1" --query 'networkInterfaces[0].id' --output tsv)" || return 1
  address="$(az network nic show --ids "$nic" --query 'ipConfigurations[0].privateIPAddress' --output tsv)" || return 1
  if [ -z "$address" ]; then echo "The endpoint $1 has no address yet." >&2; return 1; fi
  echo "$address"
}

# Prints the id of the connection that an endpoint asked for; Azure names it <endpoint>.<a new id>.
connection_of() { # <id of the service> <id of the endpoint, or its end>
  local found look
  for look in $(seq 60); do
    found="$(az network private-link-service show --ids "$1" \
      --query 'privateEndpointConnections[].[id, privateEndpoint.id]' --output tsv |
      wanted="$2" awk -F '\t' '
        BEGIN { wanted = tolower(ENVIRON["wanted"]) }
        { endpoint = tolower($2); from = length(endpoint) - length(wanted) + 1 }
        from > 0 && substr(endpoint, from) == wanted && !seen++ { print $1 }
      ')" || return 1
    if [ -n "$found" ]; then echo "$found"; return 0; fi
    echo "  waiting for the connection to appear (look $look of 60)" >&2
    sleep "${CAUSEWAY_WAIT_SECONDS:-10}"
  done
  echo "The service lists no connection of $2." >&2
  return 1
}

# Step 1 of 7, change: subnet-policy of private-endpoints
# Why: A Private Link service takes addresses from a subnet only when network policies for such services are off
# in it. Nothing else of the subnet changes.
# Described at https://learn.microsoft.com/en-us/azure/private-link/disable-private-link-service-network-policy
echo 'Step 1 of 7, change: subnet-policy of private-endpoints' >&2
az network vnet subnet update \
  --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints \
  --private-link-service-network-policies Disabled \
  --output none

# Step 2 of 7, create: private-link-service of causeway-mendix-prod
# Why: It exposes one frontend of the load balancer to private endpoints, and nothing else of the network.
# Described at https://learn.microsoft.com/en-us/azure/private-link/create-private-link-service-portal?tabs=dynamic-ip#create-a-private-link-service
echo 'Step 2 of 7, create: private-link-service of causeway-mendix-prod' >&2
az resource create \
  --id /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod \
  --api-version 2024-05-01 \
  --is-full-object \
  --properties '{
  "location": "westeurope",
  "tags": {
    "created-by": "causeway",
    "causeway-case": "C-1"
  },
  "properties": {
    "loadBalancerFrontendIpConfigurations": [
      {
        "id": "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/loadBalancers/kubernetes-internal/frontendIPConfigurations/ingress"
      }
    ],
    "ipConfigurations": [
      {
        "name": "primary",
        "properties": {
          "subnet": {
            "id": "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints"
          },
          "primary": true,
          "privateIPAllocationMethod": "Dynamic",
          "privateIPAddressVersion": "IPv4"
        }
      }
    ],
    "visibility": {
      "subscriptions": [
        "1c0a5b1e-7d2f-4a61-9b3e-000000000002"
      ]
    },
    "autoApproval": {
      "subscriptions": []
    },
    "enableProxyProtocol": false
  }
}' \
  --output none

# Step 3 of 7, create: private-endpoint of causeway-mendix-prod
# Why: It is the one address in this network behind which the other side answers.
# Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
echo 'Step 3 of 7, create: private-endpoint of causeway-mendix-prod' >&2
az network private-endpoint create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --name causeway-mendix-prod \
  --location westeurope \
  --subnet /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/shared \
  --connection-name causeway \
  --private-connection-resource-id /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod \
  --manual-request true \
  --request-message 'For case C-1' \
  --tags created-by=causeway causeway-case=C-1 \
  --output none

# Step 4 of 7, create: endpoint-approval of causeway-mendix-prod
# Why: Until the connection of the endpoint is accepted, nothing flows through it.
# Described at https://learn.microsoft.com/en-us/azure/private-link/manage-private-endpoint
echo 'Step 4 of 7, create: endpoint-approval of causeway-mendix-prod' >&2
connection_4="$(connection_of /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/causeway-mendix-prod)"
az network private-link-service connection update \
  --ids "$connection_4" \
  --connection-status Approved \
  --description 'Approved by Anna Approver, case C-1' \
  --output none

# Step 5 of 7, create: dns-zone of orders.azure.mendixapps.io
# Why: It answers for this name in the networks that are linked to it, and for no others.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-privatednszone
echo 'Step 5 of 7, create: dns-zone of orders.azure.mendixapps.io' >&2
az network private-dns zone create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --name orders.azure.mendixapps.io \
  --tags created-by=causeway causeway-case=C-1 \
  --output none

# Step 6 of 7, create: dns-record of @
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
echo 'Step 6 of 7, create: dns-record of @' >&2
address_3="$(address_of /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/causeway-mendix-prod)"
az network private-dns record-set a create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --zone-name orders.azure.mendixapps.io \
  --name @ \
  --ttl 300 \
  --output none
az network private-dns record-set a add-record \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --zone-name orders.azure.mendixapps.io \
  --record-set-name @ \
  --ipv4-address "$address_3" \
  --output none

# Step 7 of 7, create: dns-link of causeway-link
# Why: From now on the network asks the zone. It comes after the record, so that nobody remembers “no such
# name”.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
echo 'Step 7 of 7, create: dns-link of causeway-link' >&2
az network private-dns link vnet create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --zone-name orders.azure.mendixapps.io \
  --name causeway-link \
  --virtual-network /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet \
  --registration-enabled false \
  --output none
wait_until Completed \
  az network private-dns link vnet show \
    --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io/virtualNetworkLinks/causeway-link \
    --query virtualNetworkLinkState \
    --output tsv

echo 'Plan 177b3f8d6f25 is carried out.' >&2

# To take it back, run these in this order, without the leading "# ". Look first whether something else depends on it.
#
# ## Delete the zone link causeway-link of orders.azure.mendixapps.io
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io/virtualNetworkLinks/causeway-link \
#   --output none
#
# ## Delete the record @ of orders.azure.mendixapps.io
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io/A/@ \
#   --output none
#
# ## Delete the private zone orders.azure.mendixapps.io
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io \
#   --output none
#
# ## Delete the private endpoint causeway-mendix-prod
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/causeway-mendix-prod \
#   --output none
#
# ## Delete the private link service causeway-mendix-prod
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod \
#   --output none
#
# ## Put back the policy of the subnet private-endpoints: Enabled
# az network vnet subnet update \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints \
#   --private-link-service-network-policies Enabled \
#   --output none

#!/usr/bin/env bash
# Plan 7c4294dce3f9: an internal service reached by apps through a private endpoint, for mendix-prod.
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

# Step 1 of 5, create: private-endpoint of causeway-erp
# Why: It is the one address in this network behind which the other side answers.
# Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
echo 'Step 1 of 5, create: private-endpoint of causeway-erp' >&2
az network private-endpoint create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
  --resource-group mrg-mendix-prod \
  --name causeway-erp \
  --location westeurope \
  --subnet /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints \
  --connection-name causeway \
  --private-connection-resource-id erp.2f0f7d7c-0000-4000-8000-000000000001.westeurope.azure.privatelinkservice \
  --manual-request true \
  --request-message 'For case C-1' \
  --tags created-by=causeway causeway-case=C-1 \
  --output none

# Step 2 of 5, wait: endpoint-wait of causeway-erp
# Why: Only the owner of the service can accept the connection; nothing is written here.
# Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview#access-to-a-private-link-resource-using-approval-workflow
echo 'Step 2 of 5, wait: endpoint-wait of causeway-erp' >&2
# The owner of the service sees the request in the Azure portal, under Private Link Center, Pending connections. Or they run:
#   az network private-link-service show --ids <id of their service> --query privateEndpointConnections
#   az network private-link-service connection update --ids <id of the connection> --connection-status Approved
az network private-endpoint show \
  --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateEndpoints/causeway-erp \
  --query '[privateLinkServiceConnections, manualPrivateLinkServiceConnections][].privateLinkServiceConnectionState.status | [0]' \
  --output tsv

# Step 3 of 5, create: dns-zone of erp.corp.example
# Why: It answers for this name in the networks that are linked to it, and for no others.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-privatednszone
echo 'Step 3 of 5, create: dns-zone of erp.corp.example' >&2
az network private-dns zone create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
  --resource-group mrg-mendix-prod \
  --name erp.corp.example \
  --tags created-by=causeway causeway-case=C-1 \
  --output none

# Step 4 of 5, create: dns-record of @
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
echo 'Step 4 of 5, create: dns-record of @' >&2
address_1="$(address_of /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateEndpoints/causeway-erp)"
az network private-dns record-set a create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
  --resource-group mrg-mendix-prod \
  --zone-name erp.corp.example \
  --name @ \
  --ttl 300 \
  --output none
az network private-dns record-set a add-record \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
  --resource-group mrg-mendix-prod \
  --zone-name erp.corp.example \
  --record-set-name @ \
  --ipv4-address "$address_1" \
  --output none

# Step 5 of 5, create: dns-link of causeway-link
# Why: From now on the network asks the zone. It comes after the record, so that nobody remembers “no such
# name”.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
echo 'Step 5 of 5, create: dns-link of causeway-link' >&2
az network private-dns link vnet create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
  --resource-group mrg-mendix-prod \
  --zone-name erp.corp.example \
  --name causeway-link \
  --virtual-network /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet \
  --registration-enabled false \
  --output none
wait_until Completed \
  az network private-dns link vnet show \
    --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateDnsZones/erp.corp.example/virtualNetworkLinks/causeway-link \
    --query virtualNetworkLinkState \
    --output tsv

echo 'Plan 7c4294dce3f9 is carried out.' >&2

# To take it back, run these in this order, without the leading "# ". Look first whether something else depends on it.
#
# ## Delete the zone link causeway-link of erp.corp.example
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateDnsZones/erp.corp.example/virtualNetworkLinks/causeway-link \
#   --output none
#
# ## Delete the record @ of erp.corp.example
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateDnsZones/erp.corp.example/A/@ \
#   --output none
#
# ## Delete the private zone erp.corp.example
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateDnsZones/erp.corp.example \
#   --output none
#
# ## Delete the private endpoint causeway-erp
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateEndpoints/causeway-erp \
#   --output none

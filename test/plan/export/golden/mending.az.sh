#!/usr/bin/env bash
# Plan a6ce0e66b229: apps reached through a network peering, for mendix-prod.
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

# Step 1 of 10, create: peering of causeway-to-mendix-prod-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
echo 'Step 1 of 10, create: peering of causeway-to-mendix-prod-vnet' >&2
az network vnet peering create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --vnet-name hub-vnet \
  --name causeway-to-mendix-prod-vnet \
  --remote-vnet /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# Step 2 of 10, change: peering-repair of causeway-to-hub-vnet
# Why: The other half of this peering was deleted. Azure takes no change to a half that is left over, so it is
# deleted and made again.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-troubleshoot-peering-issues
echo 'Step 2 of 10, change: peering-repair of causeway-to-hub-vnet' >&2
az network vnet peering delete \
  --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/virtualNetworkPeerings/causeway-to-hub-vnet
az network vnet peering create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000001 \
  --resource-group mrg-mendix-prod \
  --vnet-name mendix-prod-vnet \
  --name causeway-to-hub-vnet \
  --remote-vnet /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
wait_until Connected \
  az network vnet peering show \
    --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/virtualNetworkPeerings/causeway-to-hub-vnet \
    --query peeringState \
    --output tsv

# Step 3 of 10, change: peering of causeway-to-data-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
echo 'Step 3 of 10, change: peering of causeway-to-data-vnet' >&2
az network vnet peering sync \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --vnet-name hub-vnet \
  --name causeway-to-data-vnet

# Step 4 of 10, change: peering of causeway-to-hub-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
echo 'Step 4 of 10, change: peering of causeway-to-hub-vnet' >&2
az network vnet peering update \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000003 \
  --resource-group data-platform \
  --vnet-name data-vnet \
  --name causeway-to-hub-vnet \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
az network vnet peering sync \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000003 \
  --resource-group data-platform \
  --vnet-name data-vnet \
  --name causeway-to-hub-vnet
wait_until Connected \
  az network vnet peering show \
    --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000003/resourceGroups/data-platform/providers/Microsoft.Network/virtualNetworks/data-vnet/virtualNetworkPeerings/causeway-to-hub-vnet \
    --query peeringState \
    --output tsv

# Step 5 of 10, keep as it is: private-endpoint of kept
# Nothing is written: /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/kept

# Step 6 of 10, keep as it is: dns-zone of azure.mendixapps.io
# Nothing is written: /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io

# Step 7 of 10, change: dns-record of *
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
echo 'Step 7 of 10, change: dns-record of *' >&2
address_5="$(address_of /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/kept)"
az rest \
  --method put \
  --url 'https://management.azure.com/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io/A/*?api-version=2024-06-01' \
  --body '{
  "properties": {
    "ttl": 300,
    "aRecords": [
      {
        "ipv4Address": "'"$address_5"'"
      }
    ]
  }
}' \
  --output none

# Step 8 of 10, create: security-rule of causeway-apps
# Why: Without it the security group would hold this traffic up.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-network-security-group
echo 'Step 8 of 10, create: security-rule of causeway-apps' >&2
az network nsg rule create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --nsg-name hub-nsg \
  --name causeway-apps \
  --priority 200 \
  --direction Outbound \
  --access Allow \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes 192.168.0.0/22 192.168.4.0/22 \
  --destination-port-ranges 443 \
  --description 'Apps of mendix-prod, case C-1' \
  --output none

# Step 9 of 10, create: route of causeway-apps
# Why: It tells this network the way to the other one.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-route-table#create-a-route
echo 'Step 9 of 10, create: route of causeway-apps' >&2
az network route-table route create \
  --subscription 1c0a5b1e-7d2f-4a61-9b3e-000000000002 \
  --resource-group network-hub \
  --route-table-name hub-routes \
  --name causeway-apps \
  --address-prefix 192.168.0.0/22 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.20.0.36 \
  --output none

# Step 10 of 10, change: route-table of people
# Why: Routes count for a subnet only when their table is attached to it. Nothing else of the subnet changes.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-route-table#associate-a-route-table-to-a-subnet
echo 'Step 10 of 10, change: route-table of people' >&2
az network vnet subnet update \
  --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/people \
  --route-table /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/routeTables/hub-routes \
  --output none

echo 'Plan a6ce0e66b229 is carried out.' >&2

# To take it back, run these in this order, without the leading "# ". Look first whether something else depends on it.
#
# ## Put back the route table of the subnet people: as before
# az network vnet subnet update \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/people \
#   --route-table null \
#   --output none
#
# ## Delete the route causeway-apps
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/routeTables/hub-routes/routes/causeway-apps \
#   --output none
#
# ## Delete the security rule causeway-apps
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/networkSecurityGroups/hub-nsg/securityRules/causeway-apps \
#   --output none
#
# ## Put back the record * of azure.mendixapps.io: 10.0.0.9
# az rest \
#   --method put \
#   --url 'https://management.azure.com/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io/A/*?api-version=2024-06-01' \
#   --body '{
#   "properties": {
#     "ttl": 3600,
#     "aRecords": [
#       {
#         "ipv4Address": "10.0.0.9"
#       }
#     ]
#   }
# }' \
#   --output none
#
# ## Put back the peering causeway-to-hub-vnet of data-vnet: as before
# az rest \
#   --method put \
#   --url 'https://management.azure.com/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000003/resourceGroups/data-platform/providers/Microsoft.Network/virtualNetworks/data-vnet/virtualNetworkPeerings/causeway-to-hub-vnet?api-version=2024-05-01' \
#   --body '{
#   "properties": {
#     "remoteVirtualNetwork": {
#       "id": "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet"
#     },
#     "allowVirtualNetworkAccess": false,
#     "allowForwardedTraffic": false,
#     "allowGatewayTransit": false,
#     "useRemoteGateways": false
#   }
# }' \
#   --output none
# az resource wait \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000003/resourceGroups/data-platform/providers/Microsoft.Network/virtualNetworks/data-vnet/virtualNetworkPeerings/causeway-to-hub-vnet \
#   --api-version 2024-05-01 \
#   --created
#
# ## Delete the peering causeway-to-mendix-prod-vnet of hub-vnet
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/virtualNetworkPeerings/causeway-to-mendix-prod-vnet \
#   --output none

#!/usr/bin/env bash
# Plan e2499b5dd903: own DNS servers for the environment, for mendix-prod.
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

# Step 1 of 3, create: peering of causeway-to-mendix-prod-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
echo 'Step 1 of 3, create: peering of causeway-to-mendix-prod-vnet' >&2
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

# Step 2 of 3, create: peering of causeway-to-hub-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
echo 'Step 2 of 3, create: peering of causeway-to-hub-vnet' >&2
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

# Step 3 of 3, change: dns-servers of mendix-prod-vnet
# Why: Azure takes DNS servers only with the whole network. It is read first, only the servers are changed, and
# everything else is sent back as it was.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances
echo 'Step 3 of 3, change: dns-servers of mendix-prod-vnet' >&2
az network vnet update \
  --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet \
  --dns-servers 10.20.0.4 10.20.0.5 \
  --output none

echo 'Plan e2499b5dd903 is carried out.' >&2

# To take it back, run these in this order, without the leading "# ". Look first whether something else depends on it.
#
# ## Put back the DNS servers of mendix-prod-vnet: Azure’s resolver
# az network vnet update \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet \
#   --dns-servers '' \
#   --output none
#
# ## Delete the peering causeway-to-hub-vnet of mendix-prod-vnet
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/virtualNetworkPeerings/causeway-to-hub-vnet \
#   --output none
#
# ## Delete the peering causeway-to-mendix-prod-vnet of hub-vnet
# az resource delete \
#   --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/virtualNetworkPeerings/causeway-to-mendix-prod-vnet \
#   --output none

# Plan a6ce0e66b229: apps reached through a network peering, for mendix-prod.
#
# Because: It fits what was asked for. (The guide, A section)
# Take care: Something to know. Look at it.
# Gains reach: hub-vnet to 10.20.1.4, port 443
#
# Save it as main.tf in an empty folder, then: terraform init, terraform plan, terraform apply.
# terraform destroy takes back what was created; what azapi_update_resource changed stays changed.

terraform {
  required_version = ">= 1.7.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}

# Where the subscriptions belong to several directories, add auxiliary_tenant_ids to each provider.

provider "azurerm" {
  alias                           = "subscription_1"
  subscription_id                 = "1c0a5b1e-7d2f-4a61-9b3e-000000000002"
  resource_provider_registrations = "none"

  features {}
}

provider "azurerm" {
  alias                           = "subscription_2"
  subscription_id                 = "1c0a5b1e-7d2f-4a61-9b3e-000000000001"
  resource_provider_registrations = "none"

  features {}
}

provider "azurerm" {
  alias                           = "subscription_3"
  subscription_id                 = "1c0a5b1e-7d2f-4a61-9b3e-000000000003"
  resource_provider_registrations = "none"

  features {}
}

provider "azapi" {}

# The address of this endpoint is needed below.
data "azurerm_private_endpoint_connection" "endpoint_1" {
  provider            = azurerm.subscription_1
  name                = "kept"
  resource_group_name = "network-hub"
}

# Step 1 of 10, create: peering of causeway-to-mendix-prod-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
resource "azurerm_virtual_network_peering" "step_1" {
  provider                     = azurerm.subscription_1
  name                         = "causeway-to-mendix-prod-vnet"
  resource_group_name          = "network-hub"
  virtual_network_name         = "hub-vnet"
  remote_virtual_network_id    = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet"
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
}

# Step 2 of 10, change: peering-repair of causeway-to-hub-vnet
# Why: The other half of this peering was deleted. Azure takes no change to a half that is left over, so it is
# deleted and made again.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-troubleshoot-peering-issues
# Delete what is left of the peering first:
#   az network vnet peering delete \
#     --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/virtualNetworkPeerings/causeway-to-hub-vnet
resource "azurerm_virtual_network_peering" "step_2" {
  provider                     = azurerm.subscription_2
  name                         = "causeway-to-hub-vnet"
  resource_group_name          = "mrg-mendix-prod"
  virtual_network_name         = "mendix-prod-vnet"
  remote_virtual_network_id    = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet"
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on                   = [azurerm_virtual_network_peering.step_1]
}

# Step 3 of 10, change: peering of causeway-to-data-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
import {
  to = azurerm_virtual_network_peering.step_3
  id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/virtualNetworkPeerings/causeway-to-data-vnet"
}

resource "azurerm_virtual_network_peering" "step_3" {
  provider                     = azurerm.subscription_1
  name                         = "causeway-to-data-vnet"
  resource_group_name          = "network-hub"
  virtual_network_name         = "hub-vnet"
  remote_virtual_network_id    = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000003/resourceGroups/data-platform/providers/Microsoft.Network/virtualNetworks/data-vnet"
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  triggers = {
    plan = "a6ce0e66b229"
  }
  depends_on = [azurerm_virtual_network_peering.step_2]
}

# Step 4 of 10, change: peering of causeway-to-hub-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
import {
  to = azurerm_virtual_network_peering.step_4
  id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000003/resourceGroups/data-platform/providers/Microsoft.Network/virtualNetworks/data-vnet/virtualNetworkPeerings/causeway-to-hub-vnet"
}

resource "azurerm_virtual_network_peering" "step_4" {
  provider                     = azurerm.subscription_3
  name                         = "causeway-to-hub-vnet"
  resource_group_name          = "data-platform"
  virtual_network_name         = "data-vnet"
  remote_virtual_network_id    = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet"
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  triggers = {
    plan = "a6ce0e66b229"
  }
  depends_on = [azurerm_virtual_network_peering.step_3]
}

# Step 5 of 10, keep as it is: private-endpoint of kept
# Only read.
data "azapi_resource" "step_5" {
  type        = "Microsoft.Network/privateEndpoints@2024-05-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateEndpoints/kept"
}

# Step 6 of 10, keep as it is: dns-zone of azure.mendixapps.io
# Only read.
data "azapi_resource" "step_6" {
  type        = "Microsoft.Network/privateDnsZones@2024-06-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io"
}

# Step 7 of 10, change: dns-record of *
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
import {
  to = azurerm_private_dns_a_record.step_7
  id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io/A/*"
}

resource "azurerm_private_dns_a_record" "step_7" {
  provider            = azurerm.subscription_1
  name                = "*"
  resource_group_name = "network-hub"
  zone_name           = "azure.mendixapps.io"
  ttl                 = 300
  records = [
    data.azurerm_private_endpoint_connection.endpoint_1.private_service_connection[0].private_ip_address,
  ]
}

# Step 8 of 10, create: security-rule of causeway-apps
# Why: Without it the security group would hold this traffic up.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-network-security-group
resource "azurerm_network_security_rule" "step_8" {
  provider                     = azurerm.subscription_1
  name                         = "causeway-apps"
  resource_group_name          = "network-hub"
  network_security_group_name  = "hub-nsg"
  priority                     = 200
  direction                    = "Outbound"
  access                       = "Allow"
  protocol                     = "Tcp"
  source_address_prefix        = "*"
  source_port_range            = "*"
  destination_address_prefixes = ["192.168.0.0/22", "192.168.4.0/22"]
  destination_port_range       = "443"
  description                  = "Apps of mendix-prod, case C-1"
}

# Step 9 of 10, create: route of causeway-apps
# Why: It tells this network the way to the other one.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-route-table#create-a-route
resource "azurerm_route" "step_9" {
  provider               = azurerm.subscription_1
  name                   = "causeway-apps"
  resource_group_name    = "network-hub"
  route_table_name       = "hub-routes"
  address_prefix         = "192.168.0.0/22"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = "10.20.0.36"
}

# Step 10 of 10, change: route-table of people
# Why: Routes count for a subnet only when their table is attached to it. Nothing else of the subnet changes.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/manage-route-table#associate-a-route-table-to-a-subnet
resource "azapi_update_resource" "step_10" {
  type        = "Microsoft.Network/virtualNetworks/subnets@2024-05-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/people"
  body = {
    properties = {
      routeTable = {
        id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/routeTables/hub-routes"
      }
    }
  }
  locks = [
    "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet",
  ]
  depends_on = [azurerm_virtual_network_peering.step_4, azurerm_route.step_9]
}

# Plan 165308d2d5be: direct read access to the database, for mendix-prod.
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

provider "azapi" {}

# Step 1 of 5, create: peering of causeway-to-mendix-prod-vnet
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

# Step 2 of 5, create: peering of causeway-to-hub-vnet
# Why: A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so
# every switch is said.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-manage-peering?tabs=peering-portal#create-a-virtual-network-peering
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

# Step 3 of 5, use as it is: dns-zone of privatelink.postgres.database.azure.com
# Only read.
data "azapi_resource" "step_3" {
  type        = "Microsoft.Network/privateDnsZones@2024-06-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com"
}

# Step 4 of 5, create: dns-record of mendix-prod-replica
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
resource "azurerm_private_dns_a_record" "step_4" {
  provider            = azurerm.subscription_1
  name                = "mendix-prod-replica"
  resource_group_name = "network-hub"
  zone_name           = "privatelink.postgres.database.azure.com"
  ttl                 = 300
  records             = ["192.168.1.70"]
}

# Step 5 of 5, keep as it is: dns-link of hub
# Only read.
data "azapi_resource" "step_5" {
  type        = "Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com/virtualNetworkLinks/hub"
}

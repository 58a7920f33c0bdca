# Plan e2499b5dd903: own DNS servers for the environment, for mendix-prod.
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

# Step 1 of 3, create: peering of causeway-to-mendix-prod-vnet
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

# Step 2 of 3, create: peering of causeway-to-hub-vnet
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

# Step 3 of 3, change: dns-servers of mendix-prod-vnet
# Why: Azure takes DNS servers only with the whole network. It is read first, only the servers are changed, and
# everything else is sent back as it was.
# Described at https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances
resource "azapi_update_resource" "step_3" {
  type        = "Microsoft.Network/virtualNetworks@2024-05-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet"
  body = {
    properties = {
      dhcpOptions = {
        dnsServers = ["10.20.0.4", "10.20.0.5"]
      }
    }
  }
  locks = [
    "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet",
  ]
  depends_on = [azurerm_virtual_network_peering.step_2]
}

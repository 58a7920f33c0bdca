# Plan 7c4294dce3f9: an internal service reached by apps through a private endpoint, for mendix-prod.
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

provider "azurerm" {
  alias                           = "subscription_1"
  subscription_id                 = "1c0a5b1e-7d2f-4a61-9b3e-000000000001"
  resource_provider_registrations = "none"

  features {}
}

provider "azapi" {}

# Step 1 of 5, create: private-endpoint of causeway-erp
# Why: It is the one address in this network behind which the other side answers.
# Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
resource "azurerm_private_endpoint" "step_1" {
  provider            = azurerm.subscription_1
  name                = "causeway-erp"
  resource_group_name = "mrg-mendix-prod"
  location            = "westeurope"
  subnet_id           = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints"
  tags = {
    "created-by"    = "causeway"
    "causeway-case" = "C-1"
  }

  private_service_connection {
    name                              = "causeway"
    private_connection_resource_alias = "erp.2f0f7d7c-0000-4000-8000-000000000001.westeurope.azure.privatelinkservice"
    is_manual_connection              = true
    request_message                   = "For case C-1"
  }
}

# Step 2 of 5, wait: endpoint-wait of causeway-erp
# Why: Only the owner of the service can accept the connection; nothing is written here.
# The owner of the service sees the request in the Azure portal, under Private Link Center, Pending connections. Or they run:
# az network private-link-service show --ids <id of their service> --query privateEndpointConnections
# az network private-link-service connection update --ids <id of the connection> --connection-status Approved
# az network private-endpoint show \
# --ids /subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateEndpoints/causeway-erp \
# --query '[privateLinkServiceConnections, manualPrivateLinkServiceConnections][].privateLinkServiceConnectionState.status | [0]' \
# --output tsv

# Step 3 of 5, create: dns-zone of erp.corp.example
# Why: It answers for this name in the networks that are linked to it, and for no others.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-privatednszone
resource "azurerm_private_dns_zone" "step_3" {
  provider            = azurerm.subscription_1
  name                = "erp.corp.example"
  resource_group_name = "mrg-mendix-prod"
  tags = {
    "created-by"    = "causeway"
    "causeway-case" = "C-1"
  }
}

# Step 4 of 5, create: dns-record of @
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
resource "azurerm_private_dns_a_record" "step_4" {
  provider            = azurerm.subscription_1
  name                = "@"
  resource_group_name = "mrg-mendix-prod"
  zone_name           = "erp.corp.example"
  ttl                 = 300
  records             = [azurerm_private_endpoint.step_1.private_service_connection[0].private_ip_address]
  depends_on          = [azurerm_private_endpoint.step_1, azurerm_private_dns_zone.step_3]
}

# Step 5 of 5, create: dns-link of causeway-link
# Why: From now on the network asks the zone. It comes after the record, so that nobody remembers “no such
# name”.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
resource "azurerm_private_dns_zone_virtual_network_link" "step_5" {
  provider              = azurerm.subscription_1
  name                  = "causeway-link"
  resource_group_name   = "mrg-mendix-prod"
  private_dns_zone_name = "erp.corp.example"
  virtual_network_id    = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet"
  registration_enabled  = false
  depends_on = [
    azurerm_private_endpoint.step_1,
    azurerm_private_dns_zone.step_3,
    azurerm_private_dns_a_record.step_4,
  ]
}

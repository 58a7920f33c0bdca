# Plan 177b3f8d6f25: apps reached through Private Link, for mendix-prod.
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
  subscription_id                 = "1c0a5b1e-7d2f-4a61-9b3e-000000000001"
  resource_provider_registrations = "none"

  features {}
}

provider "azurerm" {
  alias                           = "subscription_2"
  subscription_id                 = "1c0a5b1e-7d2f-4a61-9b3e-000000000002"
  resource_provider_registrations = "none"

  features {}
}

provider "azapi" {}

# Step 1 of 7, change: subnet-policy of private-endpoints
# Why: A Private Link service takes addresses from a subnet only when network policies for such services are off
# in it. Nothing else of the subnet changes.
# Described at https://learn.microsoft.com/en-us/azure/private-link/disable-private-link-service-network-policy
resource "azapi_update_resource" "step_1" {
  type        = "Microsoft.Network/virtualNetworks/subnets@2024-05-01"
  resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints"
  body = {
    properties = {
      privateLinkServiceNetworkPolicies = "Disabled"
    }
  }
  locks = [
    "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet",
  ]
}

# Step 2 of 7, create: private-link-service of causeway-mendix-prod
# Why: It exposes one frontend of the load balancer to private endpoints, and nothing else of the network.
# Described at https://learn.microsoft.com/en-us/azure/private-link/create-private-link-service-portal?tabs=dynamic-ip#create-a-private-link-service
resource "azurerm_private_link_service" "step_2" {
  provider            = azurerm.subscription_1
  name                = "causeway-mendix-prod"
  resource_group_name = "mrg-mendix-prod"
  location            = "westeurope"
  load_balancer_frontend_ip_configuration_ids = [
    "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/loadBalancers/kubernetes-internal/frontendIPConfigurations/ingress",
  ]
  visibility_subscription_ids    = ["1c0a5b1e-7d2f-4a61-9b3e-000000000002"]
  auto_approval_subscription_ids = []
  enable_proxy_protocol          = false
  tags = {
    "created-by"    = "causeway"
    "causeway-case" = "C-1"
  }

  nat_ip_configuration {
    name                       = "primary"
    primary                    = true
    subnet_id                  = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/virtualNetworks/mendix-prod-vnet/subnets/private-endpoints"
    private_ip_address_version = "IPv4"
  }

  depends_on = [azapi_update_resource.step_1]
}

# Step 3 of 7, create: private-endpoint of causeway-mendix-prod
# Why: It is the one address in this network behind which the other side answers.
# Described at https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
resource "azurerm_private_endpoint" "step_3" {
  provider            = azurerm.subscription_2
  name                = "causeway-mendix-prod"
  resource_group_name = "network-hub"
  location            = "westeurope"
  subnet_id           = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet/subnets/shared"
  tags = {
    "created-by"    = "causeway"
    "causeway-case" = "C-1"
  }

  private_service_connection {
    name                           = "causeway"
    private_connection_resource_id = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod"
    is_manual_connection           = true
    request_message                = "For case C-1"
  }

  depends_on = [azurerm_private_link_service.step_2]
}

# Step 4 of 7, create: endpoint-approval of causeway-mendix-prod
# Why: Until the connection of the endpoint is accepted, nothing flows through it.
# Described at https://learn.microsoft.com/en-us/azure/private-link/manage-private-endpoint
data "azapi_resource_list" "step_4" {
  type                   = "Microsoft.Network/privateLinkServices/privateEndpointConnections@2024-05-01"
  parent_id              = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/privateLinkServices/causeway-mendix-prod"
  response_export_values = ["*"]
  depends_on             = [azurerm_private_endpoint.step_3]
}

resource "azapi_update_resource" "step_4" {
  type        = "Microsoft.Network/privateLinkServices/privateEndpointConnections@2024-05-01"
  resource_id = one([for connection in data.azapi_resource_list.step_4.output.value : connection.id if endswith(lower(connection.properties.privateEndpoint.id), "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourcegroups/network-hub/providers/microsoft.network/privateendpoints/causeway-mendix-prod")])
  body = {
    properties = {
      privateLinkServiceConnectionState = {
        status      = "Approved"
        description = "Approved by Anna Approver, case C-1"
      }
    }
  }
}

# Step 5 of 7, create: dns-zone of orders.azure.mendixapps.io
# Why: It answers for this name in the networks that are linked to it, and for no others.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-privatednszone
resource "azurerm_private_dns_zone" "step_5" {
  provider            = azurerm.subscription_2
  name                = "orders.azure.mendixapps.io"
  resource_group_name = "network-hub"
  tags = {
    "created-by"    = "causeway"
    "causeway-case" = "C-1"
  }
}

# Step 6 of 7, create: dns-record of @
# Why: It leads the name to the private address.
# Described at https://learn.microsoft.com/en-us/azure/dns/dns-operations-recordsets-portal
resource "azurerm_private_dns_a_record" "step_6" {
  provider            = azurerm.subscription_2
  name                = "@"
  resource_group_name = "network-hub"
  zone_name           = "orders.azure.mendixapps.io"
  ttl                 = 300
  records             = [azurerm_private_endpoint.step_3.private_service_connection[0].private_ip_address]
  depends_on          = [azurerm_private_endpoint.step_3, azurerm_private_dns_zone.step_5]
}

# Step 7 of 7, create: dns-link of causeway-link
# Why: From now on the network asks the zone. It comes after the record, so that nobody remembers “no such
# name”.
# Described at https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
resource "azurerm_private_dns_zone_virtual_network_link" "step_7" {
  provider              = azurerm.subscription_2
  name                  = "causeway-link"
  resource_group_name   = "network-hub"
  private_dns_zone_name = "orders.azure.mendixapps.io"
  virtual_network_id    = "/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000002/resourceGroups/network-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet"
  registration_enabled  = false
  depends_on = [
    azurerm_private_endpoint.step_3,
    azurerm_private_dns_zone.step_5,
    azurerm_private_dns_a_record.step_6,
  ]
}

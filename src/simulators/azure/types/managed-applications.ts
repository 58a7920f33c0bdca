/** Managed applications: read only. Each names the managed resource group in which its resources stand. */
import type { ResourceType } from '../resource-type.ts';

export const managedApplications: ResourceType = { name: 'Microsoft.Solutions/applications', family: 'other' };

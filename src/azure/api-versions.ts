/** Versions of the interfaces that are called without the SDK's models. The network one is what the SDK itself uses. */

export const networkVersion = '2026-01-01';
const zoneVersion = '2024-06-01';
export const computeVersion = '2024-07-01';
export const databaseVersion = '2024-08-01';
export const managedApplicationVersion = '2021-07-01';
export const authorizationVersion = '2022-04-01';
export const policyAssignmentVersion = '2022-06-01';
export const policyCheckVersion = '2023-03-01';
export const lockVersion = '2020-05-01';

/** For a resource that a plan can make. */
export function versionFor(resource: string): string {
  return /\/privateDnsZones\//i.test(resource) ? zoneVersion : networkVersion;
}

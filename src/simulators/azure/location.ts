/** The region of a resource: required, and for ever the one in which it was made. */
import { ArmError, locationRequired } from './arm-error.ts';
import type { Write } from './resource-type.ts';

/** In the spelling without blanks, as in `westeurope`. */
export function regionOf(write: Write): string {
  const location = write.body['location'];
  if (typeof location !== 'string') {
    throw locationRequired();
  }
  const before = write.existing?.location;
  if (before !== undefined && normal(before) !== normal(location)) {
    throw new ArmError(
      409,
      'InvalidResourceLocation',
      `The resource '${write.id.name}' already exists in location '${before}' in resource group '${write.id.group}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    );
  }
  return normal(location);
}

/** Regions are written with blanks and without; what has none, such as a zone, stands everywhere. */
export function sameRegion(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || normal(one) === normal(other);
}

function normal(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

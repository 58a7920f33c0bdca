/** Where administrators are told what went wrong: in private, on the one platform that this version speaks. */
import type { Mode } from '../config/mode.ts';
import type { Place } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';

export function adminPlaces(directory: Directory, mode: Mode): Place[] {
  if (mode === 'serve') {
    return [];
  }
  const admins = directory.people.filter((person) => person.roles.includes('admin'));
  return admins.map(({ id }) => ({ platform: 'web', conversation: `dm-${id}`, thread: null }));
}

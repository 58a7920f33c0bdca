/** Where administrators are told what went wrong: each in their own private chat. */
import type { Place } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';

export function adminPlaces({ people, personPlaces }: Directory): Place[] {
  const admins = people.filter((person) => person.roles.includes('admin'));
  return admins.flatMap(({ id }) => personPlaces?.get(id)?.slice(0, 1) ?? []);
}

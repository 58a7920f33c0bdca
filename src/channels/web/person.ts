/** Who speaks: the local page has no sign-in, so each request says it (`as`). */
import type { Person } from '../../flows/people.ts';
import { BadRequest } from '../body.ts';
import type { WebDeps } from './deps.ts';

/** @throws {BadRequest} for somebody whom the settings do not name */
export function personNamed(id: string | undefined, deps: WebDeps): Person {
  const person = deps.people().find((known) => known.id === id);
  if (person === undefined) {
    const names = deps.people().map((known) => known.id);
    throw new BadRequest(`I do not know who “${id ?? ''}” is. Say who you are with “as”: ${names.join(', ')}.`);
  }
  return person;
}

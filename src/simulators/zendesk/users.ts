/** The part of the Users API that answers here. */
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { type Account, addUser, findUser, findUserByEmail } from './account.ts';
import { created, type Handled, notFound, ok, recordInvalid } from './answers.ts';
import { baseUrl, page } from './paging.ts';
import type { User } from './records.ts';
import { readBody } from './request-body.ts';
import { instantText } from './times.ts';

const UserBody = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  role: z.enum(['end-user', 'agent', 'admin']).optional(),
  external_id: z.string().nullable().optional(),
  verified: z.boolean().optional(),
});

/** 201 for somebody new, 200 for somebody who is known by e-mail address or external id. */
export function createOrUpdateUser(account: Account, request: SimRequest): Handled {
  const { name, email, ...rest } = readBody(request, 'user', UserBody);
  const known = findKnown(account, email, rest.external_id);
  if (known !== undefined) {
    Object.assign(known, { ...rest, name: name ?? known.name, updated_at: instantText(account.now()) });
    return ok({ user: showUser(request, known) });
  }
  if ((name ?? '').trim() === '' || name === undefined) {
    throw recordInvalid('name', 'Name: is too short (minimum one character)', 'InvalidFormat');
  }
  if (email !== undefined && !email.includes('@')) {
    throw recordInvalid('email', `Email: ${email} is not properly formatted`, 'InvalidFormat');
  }
  const { role, external_id } = rest;
  const added = addUser(account, {
    name,
    email: email ?? '',
    ...(role !== undefined && { role }),
    ...(external_id !== undefined && { external_id }),
  });
  return created({ user: showUser(request, added) });
}

export function getMe(request: SimRequest, asker: User): Handled {
  return ok({ user: { ...showUser(request, asker), authenticity_token: 'simulated' } });
}

export function getUser(account: Account, request: SimRequest, id: number): Handled {
  const user = findUser(account, id);
  if (user === undefined) {
    throw notFound();
  }
  return ok({ user: showUser(request, user) });
}

export function showManyUsers(account: Account, request: SimRequest): Handled {
  const ids = (request.query.get('ids') ?? '').split(',').map(Number);
  const users = ids.flatMap((id) => findUser(account, id) ?? []).map((user) => showUser(request, user));
  return ok({ users, count: users.length, next_page: null, previous_page: null });
}

/** `query` is a part of a name or an address, with or without `email:` and `type:user`; `external_id` is exact. */
export function searchUsers(account: Account, request: SimRequest): Handled {
  const externalId = request.query.get('external_id');
  const terms = (request.query.get('query') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const words = terms.filter((term) => term !== 'type:user').map((term) => term.replaceAll(/^email:|"/g, ''));
  const found = account.users.filter((user) =>
    externalId === null
      ? words.length > 0 && words.every((word) => `${user.name} ${user.email}`.toLowerCase().includes(word))
      : user.external_id?.toLowerCase() === externalId.toLowerCase(),
  );
  return ok(
    page(
      request,
      'users',
      found.map((user) => showUser(request, user)),
    ),
  );
}

export function showUser(request: SimRequest, user: User) {
  return {
    url: `${baseUrl(request)}/api/v2/users/${user.id}.json`,
    ...user,
    iana_time_zone: 'Etc/UTC',
    locale: 'en-US',
    organization_id: null,
    suspended: false,
    tags: [],
    user_fields: {},
  };
}

function findKnown(
  account: Account,
  email: string | undefined,
  externalId: string | null | undefined,
): User | undefined {
  const byEmail = email === undefined ? undefined : findUserByEmail(account, email);
  return byEmail ?? (externalId == null ? undefined : account.users.find((user) => user.external_id === externalId));
}

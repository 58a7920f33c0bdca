/**
 * The people, environments and rotations that rules speak about. They come from the settings file (CONTRACTS.md
 * section 9); the rules only need to know their shape.
 */

export type PersonId = string;

/** `approver:<group>` approves for one group only. */
export type Role = 'admin' | 'approver' | 'support' | 'requester' | `approver:${string}`;

export interface Person {
  id: PersonId;
  name: string;
  email: string;
  /** IANA time zone in which this person is shown times. */
  zone: string;
  roles: readonly Role[];
}

/** One Mendix on Azure environment and who may ask for a connection of it. */
export interface Environment {
  name: string;
  subscription: string;
  managedResourceGroup: string;
  /** Suffix of the app names, such as `azure.mendixapps.io`. */
  domainSuffix: string;
  /** Roles or person ids. */
  mayRequest: readonly string[];
  /** Absent: the name tells. */
  production?: boolean | undefined;
}

/** A name such as `mendix-prod` says it, `non-prod` or `preprod` does not; the settings have the last word. */
export function isProduction({ name, production }: Pick<Environment, 'name' | 'production'>): boolean {
  return production ?? /(?<!non[-_. ]?|pre[-_. ]?)prod/i.test(name);
}

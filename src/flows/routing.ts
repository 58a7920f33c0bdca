/** Where support notices go, whom they call, and what waits until the morning (settings key `routing`). */
import { kindOfEnvironment } from '../policy/alert-facts.ts';
import { personOnCall } from '../policy/on-call.ts';
import type { PersonId } from '../policy/people.ts';
import { quietUntil, type RoutingRule, ruleFor } from '../policy/routing.ts';
import type { Severity } from '../policy/severity.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import type { Context, Directory } from './flow.ts';

/** What is known of a case; null: not known. */
export interface Routed {
  /** Name as in the settings, or kind such as `production`. */
  environment: string | null;
  severity: Severity | null;
}

function ruleOf(directory: Directory, { environment, severity }: Routed): RoutingRule<Place> | null {
  const known = directory.environments.find(({ name }) => name === environment);
  const kind = known === undefined ? null : kindOfEnvironment(known);
  const names = [environment, kind].filter((name) => name !== null);
  return ruleFor(directory.routing?.rules ?? [], { environment: names, severity });
}

/** Where notices of this environment and severity go, the digest included; null when the settings name no channel. */
export function supportChannelFor(directory: Directory, routed: Routed): Place | null {
  return ruleOf(directory, routed)?.channel ?? directory.places.support;
}

/** Where a case of this environment and severity has a message of its own; null too when the digest tells of it. */
export function supportPlaceFor(directory: Directory, routed: Routed): Place | null {
  return isForDigest(directory, routed) ? null : supportChannelFor(directory, routed);
}

export function isForDigest(directory: Directory, { severity }: Routed): boolean {
  return severity === 'low' && (directory.routing?.digest ?? null) !== null;
}

/** Every channel in which support notices may stand, once. */
export function supportChannels(directory: Directory): Place[] {
  const all = [...(directory.routing?.rules ?? []).map((rule) => rule.channel), directory.places.support];
  const known = all.filter((place) => place !== null);
  return known.filter((place, index) => known.findIndex((other) => isSamePlace(place, other)) === index);
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.platform === other.platform && one.conversation === other.conversation;
}

/** Whom something critical calls: whoever is on call in the rule's rotation. */
export function calledFor(routed: Routed, { directory, at }: Context): PersonId[] {
  if (routed.severity !== 'critical') {
    return [];
  }
  const rotation = ruleOf(directory, routed)?.rotation ?? null;
  const onCall = rotation === null ? null : personOnCall(rotation, Temporal.Instant.from(at));
  return onCall === null ? [] : [onCall.person];
}

/** When a notice of this severity may be posted: null for at once. Edits of what stands already never wait. */
export function waitsUntil({ severity }: Routed, { directory, at }: Context): string | null {
  const quiet = directory.routing?.quiet ?? null;
  const end = quiet === null || severity === 'critical' ? null : quietUntil(quiet, Temporal.Instant.from(at));
  return end === null ? null : end.toString({ fractionalSecondDigits: 3 });
}

/** In quiet hours the first post waits until the morning; what is posted then is what the message says by then. */
export function quietly(message: ShowMessage, routed: Routed, context: Context): ShowMessage {
  const notBefore = waitsUntil(routed, context);
  return notBefore === null ? message : { ...message, notBefore };
}

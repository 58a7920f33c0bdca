/**
 * Where the bot speaks up by itself about support, and when: rules by environment and severity, quiet hours in which
 * only what is critical is posted, and the local time of the daily digest. The first matching rule wins.
 */
import type { Rotation } from './on-call.ts';
import type { Severity } from './severity.ts';

export interface RoutingRule<Channel> {
  /** Names, or kinds such as `production`; null: every environment, also one that is not known. */
  environments: readonly string[] | null;
  severities: readonly Severity[] | null;
  channel: Channel;
  /** Whose person on call is mentioned when it is critical; null: nobody. */
  rotation: Rotation | null;
}

/** Local times as `08:30`. */
export interface QuietHours {
  zone: string;
  from: string;
  until: string;
  /** ISO weekdays (1 Monday to 7 Sunday) that are quiet as a whole. */
  daysOff: readonly number[];
}

export interface DigestTime {
  zone: string;
  at: string;
}

export interface Routing<Channel> {
  rules: readonly RoutingRule<Channel>[];
  quiet: QuietHours | null;
  /** When what is low is told of, once a day; null: at once, like the rest. */
  digest: DigestTime | null;
}

/** What is known of a case. */
export interface Routed {
  /** Name and kind of the environment, as far as they are known. */
  environment: readonly string[];
  severity: Severity | null;
}

/** Null when no rule is about it. */
export function ruleFor<Channel>(rules: readonly RoutingRule<Channel>[], routed: Routed): RoutingRule<Channel> | null {
  return rules.find((rule) => fitsEnvironment(rule, routed) && fitsSeverity(rule, routed)) ?? null;
}

function fitsEnvironment({ environments }: RoutingRule<unknown>, { environment }: Routed): boolean {
  return environments === null || environments.some((name) => environment.includes(name));
}

function fitsSeverity({ severities }: RoutingRule<unknown>, { severity }: Routed): boolean {
  return severities === null || (severity !== null && severities.includes(severity));
}

/** More than a week of quiet days has no end. */
const mostSteps = 10;

/** The end of the quiet time at this instant; null when it is not quiet, or never anything else. */
export function quietUntil(quiet: QuietHours, at: Temporal.Instant): Temporal.Instant | null {
  let end: Temporal.Instant | null = null;
  for (let step = 0; step < mostSteps; step += 1) {
    const next = endOfQuiet(quiet, end ?? at);
    if (next === null) {
      return end;
    }
    end = next;
  }
  return null;
}

function endOfQuiet({ zone, from, until, daysOff }: QuietHours, at: Temporal.Instant): Temporal.Instant | null {
  const local = at.toZonedDateTimeISO(zone);
  const day = local.toPlainDate();
  if (daysOff.includes(local.dayOfWeek)) {
    return day.add({ days: 1 }).toZonedDateTime(zone).toInstant();
  }
  const [now, begin, end] = [local.toPlainTime(), Temporal.PlainTime.from(from), Temporal.PlainTime.from(until)];
  const isOvernight = Temporal.PlainTime.compare(begin, end) > 0;
  const hasBegun = Temporal.PlainTime.compare(now, begin) >= 0;
  const isBeforeEnd = Temporal.PlainTime.compare(now, end) < 0;
  if (isOvernight ? !hasBegun && !isBeforeEnd : !hasBegun || !isBeforeEnd) {
    return null;
  }
  const last = isOvernight && hasBegun ? day.add({ days: 1 }) : day;
  const over = last.toZonedDateTime({ timeZone: zone, plainTime: end }).toInstant();
  // In an hour that comes twice the end has been already.
  return Temporal.Instant.compare(over, at) > 0 ? over : null;
}

export interface DigestSlot {
  /** Local date, which names it. */
  day: string;
  at: Temporal.Instant;
}

/** The last time at which a digest was due. A local time that a change of the clock skips is due right after it. */
export function lastDigestSlot(digest: DigestTime, at: Temporal.Instant): DigestSlot {
  const today = at.toZonedDateTimeISO(digest.zone).toPlainDate();
  const slot = slotOn(digest, today);
  return Temporal.Instant.compare(slot.at, at) <= 0 ? slot : slotOn(digest, today.subtract({ days: 1 }));
}

function slotOn({ zone, at }: DigestTime, day: Temporal.PlainDate): DigestSlot {
  const local = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(at) });
  return { day: day.toString(), at: local.toInstant() };
}

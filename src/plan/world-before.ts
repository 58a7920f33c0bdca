/** The zones as they were before a plan: what it created taken out again, what it changed put back. */
import type { Json, Plan, PlanStep } from './plan.ts';
import { type RecordSeen, sameResource, type Survey, type ZoneSeen } from './world.ts';

export function worldBefore(plan: Plan, seen: Survey): Survey {
  const zones = seen.zones.filter((zone) => !isCreated(plan, zone.id)).map((zone) => zoneBefore(plan, zone));
  return { ...seen, zones };
}

function zoneBefore(plan: Plan, zone: ZoneSeen): ZoneSeen {
  return {
    ...zone,
    records: zone.records.filter((record) => !isCreated(plan, record.id)).map((record) => recordBefore(plan, record)),
    links: zone.links.filter((link) => !isCreated(plan, link.id)),
  };
}

function recordBefore(plan: Plan, record: RecordSeen): RecordSeen {
  const step = stepOf(plan, record.id);
  return step?.change === 'update' ? { ...record, addresses: addressesIn(step.before) } : record;
}

function addressesIn(body: Json): string[] {
  const { properties } = (body ?? {}) as { properties?: { aRecords?: { ipv4Address: string }[] } };
  return (properties?.aRecords ?? []).map((entry) => entry.ipv4Address);
}

function isCreated(plan: Plan, id: string): boolean {
  return stepOf(plan, id)?.change === 'create';
}

function stepOf(plan: Plan, id: string): PlanStep | undefined {
  return plan.steps.find((step) => sameResource(step.resource, id));
}

/**
 * What is different between an approved plan and the plan that the same request gives now, in people's words. Each is a
 * clause without a full stop, so that several can be joined.
 */
import { canonicalJson } from './hash.ts';
import type { Json, Plan, Planned, PlanStep } from './plan.ts';

/**
 * Differences that matter for what is written. Empty: the approved plan is still right. `started` are the steps that
 * this very plan has begun to write: that they are there now is no difference.
 */
export function diffPlans(approved: Plan, now: Planned, started: ReadonlySet<string> = new Set()): string[] {
  if (now.kind === 'refused') {
    const stops = now.findings.filter((finding) => finding.level === 'stop');
    // What cannot be read any more stops a plan as well.
    return (stops.length > 0 ? stops : now.findings).map((finding) => finding.text.replace(/\.$/, ''));
  }
  const present = new Map(now.plan.steps.map((step) => [step.id, step]));
  const approvedIds = new Set(approved.steps.map((step) => step.id));
  return [
    ...approved.steps.flatMap((step) => diffStep(step, present.get(step.id), started.has(step.id))),
    ...now.plan.steps.filter((step) => !approvedIds.has(step.id)).map((step) => `New in the plan: ${step.title}`),
  ];
}

function diffStep(approved: PlanStep, now: PlanStep | undefined, started: boolean): string[] {
  if (now === undefined) {
    return [`No longer in the plan: ${approved.title}`];
  }
  if (started) {
    return now.body !== null && !sameBody(approved, now) ? [changed(approved, now)] : [];
  }
  const sameChange = approved.change === now.change || !(writes(approved) || writes(now));
  if (sameChange && sameBody(approved, now)) {
    return isReplacing(approved) && !sameJson(approved.before, now.before) ? [replaces(now)] : [];
  }
  return [sameChange ? changed(approved, now) : becameText(now)];
}

function writes(step: PlanStep): boolean {
  return step.change === 'create' || step.change === 'update';
}

function sameBody(one: PlanStep, other: PlanStep): boolean {
  return sameJson(one.body, other.body);
}

function sameJson(one: Json, other: Json): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** What stood there was shown to whoever approved, and is what an undo puts back. */
function isReplacing({ change }: PlanStep): boolean {
  return change === 'update';
}

function replaces({ title }: PlanStep): string {
  return `“${title}” would now replace something else than what stood there`;
}

function changed(approved: PlanStep, now: PlanStep): string {
  return approved.title === now.title
    ? `“${approved.title}” would now write something else than what was approved`
    : `“${approved.title}” would now be “${now.title}”`;
}

function becameText(now: PlanStep): string {
  switch (now.change) {
    case 'keep':
    case 'adopt':
      return `Somebody has done it meanwhile: ${now.title}`;
    case 'create':
      return `What was there is gone: the plan would now have to ${lowerFirst(now.title)}`;
    case 'update':
    default:
      return `What is there has changed: the plan would now have to ${lowerFirst(now.title)}`;
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

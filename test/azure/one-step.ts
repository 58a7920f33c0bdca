/** Carries out single steps, without a plan around them. */
import { type Patience, usualPatience } from '../../src/azure/pauses.ts';
import { openDurations } from '../../src/azure/durations.ts';
import { runStep } from '../../src/azure/run-step.ts';
import { openSiblings } from '../../src/azure/siblings.ts';
import type { StepResult } from '../../src/azure/step-run.ts';
import { openZoneTurns } from '../../src/azure/zone-turns.ts';
import { openStepLog } from '../../src/azure/step-log.ts';
import type { Json, PlanStep, StepKind } from '../../src/plan/plan.ts';
import { readSteps, type StepRecord } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import type { House, Report } from './house.ts';

const planId = 'plan-1';

export function stepOf(kind: StepKind, resource: string, more: Partial<PlanStep> = {}): PlanStep {
  const name = resource.split('/').at(-1) ?? '';
  const base = { id: `${kind}/${name}`, kind, resource, after: [], change: 'create' as const };
  return { ...base, title: name, before: null, body: null, docs: '', ...more };
}

export interface StepRun {
  result: StepResult;
  row: StepRecord | undefined;
  reports: Report[];
}

export async function carryOut(
  house: House,
  store: Store,
  step: PlanStep,
  patience: Partial<Patience> = {},
  shared = { siblings: openSiblings(), turns: openZoneTurns() },
): Promise<StepRun> {
  const reports: Report[] = [];
  const log = await openStepLog(store, planId);
  const result = await runStep({
    arm: house.arm,
    step,
    record: log.of(step),
    report: (report) => {
      reports.push(report);
      return Promise.resolve();
    },
    now: () => Temporal.Now.instant(),
    patience: { ...usualPatience, ...patience },
    mayWrite: () => Promise.resolve(null),
    durations: await openDurations(store),
    spareMs: 0,
    ...shared,
  });
  const rows = await readSteps(store.read, planId);
  return { result, reports, row: rows.find((row) => row.stepId === step.id) };
}

/** Side by side, as the steps of one plan. */
export function carryOutAll(house: House, store: Store, steps: readonly PlanStep[]): Promise<StepRun[]> {
  const shared = { siblings: openSiblings(), turns: openZoneTurns() };
  return Promise.all(steps.map((step) => carryOut(house, store, step, {}, shared)));
}

/** As somebody else would, straight at Azure; waits until the resource has come to rest. */
export async function putAsOthers(house: House, id: string, body: unknown): Promise<void> {
  const url = `${house.origin}${id}?api-version=2024-06-01`;
  const headers = { authorization: 'Bearer somebody', 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${id}: ${await response.text()}`);
  }
  await atRest(house, id);
}

export async function atRest(house: House, id: string): Promise<void> {
  for (;;) {
    const found = await readAsOthers<{ properties?: Record<string, string> }>(house, id);
    const { provisioningState = '', virtualNetworkLinkState = '' } = found?.properties ?? {};
    if (!/^(?:Updating|Creating|Deleting)$/.test(provisioningState) && virtualNetworkLinkState !== 'InProgress') {
      return;
    }
  }
}

export async function readAsOthers<Body>(house: House, id: string): Promise<Body | null> {
  const headers = { authorization: 'Bearer somebody' };
  const response = await fetch(`${house.origin}${id}?api-version=2024-06-01`, { headers });
  return response.ok ? ((await response.json()) as Body) : null;
}

export async function deleteAsOthers(house: House, id: string): Promise<void> {
  const headers = { authorization: 'Bearer somebody' };
  await fetch(`${house.origin}${id}?api-version=2024-06-01`, { method: 'DELETE', headers });
  while ((await readAsOthers<Json>(house, id)) !== null) {
    // The simulator is fast.
  }
}

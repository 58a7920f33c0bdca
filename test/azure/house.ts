/** What a test of the Azure side needs: a simulator, a client for it, a store and something durable. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Arm, createArm } from '../../src/azure/arm.ts';
import { keepBudgets } from '../../src/azure/budgets.ts';
import { applyPlan, type ExecutorDeps } from '../../src/azure/executor.ts';
import { survey } from '../../src/azure/survey.ts';
import { applyUndo } from '../../src/azure/undo.ts';
import type { Durable, Outcome } from '../../src/engine/engine.ts';
import type { EventOf, PlanOutcome } from '../../src/flows/event.ts';
import type { ConnectAnswers, EnvironmentAt, Plan, Planned } from '../../src/plan/plan.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { planConnection } from '../../src/plan/planner.ts';
import { exampleGroups, exampleNetworks, exampleSubscriptions } from '../../src/simulators/azure/example-world.ts';
import { startAzureSimulator } from '../../src/simulators/azure/start.ts';
import type { Store } from '../../src/store/store.ts';
import { openFreshStore } from '../support/fresh-store.ts';

export const mendixProd: EnvironmentAt = {
  name: 'mendix-prod',
  subscription: exampleSubscriptions.workloads,
  managedResourceGroup: exampleGroups.mendixProdManaged.split('/').at(-1) ?? '',
  domainSuffix: 'azure.mendixapps.io',
};
export const hub = exampleNetworks.hub;
export const orders = 'orders.azure.mendixapps.io';

export interface Logged {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

interface WorldOverHttp {
  resources: Record<string, { properties?: Record<string, unknown>; [more: string]: unknown }>;
}

export interface House {
  arm: Arm;
  origin: string;
  get<Answer>(name: string): Promise<Answer>;
  post<Answer>(name: string, body: unknown): Promise<Answer>;
  world(): Promise<WorldOverHttp>;
  /** PUT requests that were sent, in order. */
  writes(): Promise<Logged[]>;
  fault(fault: string, path: string, method?: string, times?: number): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** A thousand times as fast as Azure unless told otherwise. */
  speed?: number;
  world?: unknown;
  /** After how long a call without an answer is given up. */
  answerMs?: number;
}

export async function openHouse({ answerMs, ...options }: HouseOptions = {}): Promise<House> {
  const simulator = await startAzureSimulator({ speed: 1000, ...options });
  async function get<Answer>(name: string): Promise<Answer> {
    return (await (await fetch(`${simulator.origin}/_sim/${name}`)).json()) as Answer;
  }
  async function post<Answer>(name: string, body: unknown): Promise<Answer> {
    const response = await fetch(`${simulator.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${name}: ${await response.text()}`);
    }
    return (await response.json()) as Answer;
  }
  return {
    arm: createArm({
      armUrl: simulator.origin,
      retryDelayMs: 20,
      budgets: keepBudgets(options.speed ?? 1000),
      ...(answerMs === undefined ? {} : { answerMs }),
    }),
    origin: simulator.origin,
    get,
    post,
    world: () => get('world'),
    writes: async () => (await get<Logged[]>('requests')).filter((request) => request.method === 'PUT'),
    fault: async (fault, path, method = 'PUT', times = 1) => {
      await post('faults', [{ match: { method, path }, fault, times }]);
    },
    close: () => simulator.close(),
  };
}

export function answersFor(
  networks: readonly string[] = [hub],
  apps: readonly string[] | '*' = ['orders'],
): ConnectAnswers {
  return { scenario: null, environment: mendixProd.name, networks, apps, method: null };
}

export async function makePlan(arm: Arm, answers = answersFor(), at = mendixProd): Promise<Planned> {
  const seen = await survey(arm, at, answers);
  const method = answers.method ?? 'peering';
  return planConnection(answers, seen, { method, because: [] }, { 'causeway-case': 'C-1' });
}

export async function plannedWith(arm: Arm, answers = answersFor(), at = mendixProd): Promise<Plan> {
  const planned = await makePlan(arm, answers, at);
  if (planned.kind !== 'planned') {
    throw new Error(JSON.stringify(planned.findings));
  }
  return planned.plan;
}

export async function openTestStore(): Promise<{ store: Store; close: () => Promise<void> }> {
  const { close, store } = await openFreshStore();
  return { store, close };
}

/** Runs a step once per name, as the engine does; the engine itself has its own tests. */
export function memoryDurable(): Durable {
  const outcomes = new Map<string, Promise<Outcome<unknown>>>();
  async function attempt<T>(run: () => Promise<T>): Promise<Outcome<unknown>> {
    try {
      return { ok: true, value: await run() };
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  }
  return {
    runId: 'run-1',
    once<T>(name: string, run: () => Promise<T>) {
      const outcome = outcomes.get(name) ?? attempt(run);
      outcomes.set(name, outcome);
      return outcome as Promise<Outcome<T>>;
    },
    async gate(_name, look, { timeoutSeconds = 10 }) {
      const until = performance.now() + timeoutSeconds * 1000;
      for (;;) {
        const found = await look();
        if (found !== null || performance.now() > until) {
          return found;
        }
        await wait(20);
      }
    },
    wake: () => Promise.resolve(),
    sleep: () => Promise.resolve(),
  };
}

export type Report = EventOf<'step-changed'>['step'];

export async function takeBack(
  house: House,
  store: Store,
  plan: Plan,
  undoId = 'undo-1',
  more: Partial<ExecutorDeps> = {},
): Promise<Applied> {
  const { answers, environment } = plan.madeFrom;
  const planned = planUndo(plan, await survey(house.arm, environment, answers));
  if (planned.kind !== 'planned') {
    throw new Error(JSON.stringify(planned.findings));
  }
  const reports: Report[] = [];
  const outcome = await applyUndo({
    ...depsFor(house, store, plan, reports),
    ...more,
    undo: planned.undo,
    planId: undoId,
  });
  return { outcome, reports };
}

export interface Applied {
  outcome: PlanOutcome;
  reports: Report[];
}

export async function apply(
  house: House,
  store: Store,
  plan: Plan,
  more: Partial<ExecutorDeps> = {},
): Promise<Applied> {
  const reports: Report[] = [];
  const outcome = await applyPlan({ ...depsFor(house, store, plan, reports), ...more });
  return { outcome, reports };
}

export function depsFor(house: House, store: Store, plan: Plan, reports: Report[]): ExecutorDeps {
  return {
    arm: house.arm,
    store,
    plan,
    planId: 'plan-1',
    durable: memoryDurable(),
    report: ({ step }) => {
      reports.push(step);
      return Promise.resolve();
    },
    now: () => Temporal.Now.instant(),
    owner: 'test',
    about: 'the plan of Rosa for mendix-prod',
    begin: () => Promise.resolve(true),
    mayWrite: () => Promise.resolve({ ok: true }),
  };
}

/** The plan of each scenario of a connection, carried out in this process: hundreds of times what a process can be started for. */
import { isDeepStrictEqual } from 'node:util';
import { usualPatience, type Patience } from '../../src/azure/pauses.ts';
import { verify } from '../../src/azure/verify.ts';
import type { ConnectAnswers, EnvironmentAt, Plan, PlanStep } from '../../src/plan/plan.ts';
import { exampleLinkServices, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { answersFor, type House, hub, mendixProd, openHouse, openTestStore, plannedWith } from '../azure/house.ts';

const service = { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory };
const acceptance: EnvironmentAt = { ...mendixProd, name: 'mendix-acc', managedResourceGroup: 'mrg-mendix-acc' };

interface Wish {
  answers: Partial<ConnectAnswers>;
  at: EnvironmentAt;
}

const wishes = {
  'apps-by-peering': { answers: { scenario: 'apps-by-peering' }, at: mendixProd },
  'apps-by-private-link': {
    answers: { scenario: 'apps-by-private-link', method: 'private-link', networks: [exampleNetworks.data] },
    at: mendixProd,
  },
  'service-by-endpoint': {
    answers: { scenario: 'service-by-endpoint', networks: [], apps: [], service },
    at: mendixProd,
  },
  'dns-servers': {
    answers: { scenario: 'dns-servers', networks: [], apps: [], dnsServers: ['10.60.0.4'] },
    at: acceptance,
  },
  'database-read': {
    answers: { scenario: 'database-read', apps: [], networks: [exampleNetworks.data] },
    at: mendixProd,
  },
} as const satisfies Record<string, Wish>;

export type PlanName = keyof typeof wishes;
export const planNames = Object.keys(wishes) as PlanName[];

export interface Bench {
  house: House;
  store: Store;
  plan: Plan;
  /** Steps that write, in the order of the plan. */
  writes: readonly PlanStep[];
  /** Of the world before anything. */
  before: Record<string, unknown>;
  close(): Promise<void>;
}

/** No quiet seconds before anything is told, and no long patience with what does not pass. */
export const patience: Patience = { ...usualPatience, retryForMs: 3000, quietForMs: 0 };

/** @param answerMs After how long a call without an answer is given up. */
export async function openBench(name: PlanName, answerMs?: number): Promise<Bench> {
  const house = await openHouse(answerMs === undefined ? {} : { answerMs });
  const { store, close } = await openTestStore();
  const { answers, at } = wishes[name];
  const plan = await plannedWith(house.arm, { ...answersFor([hub]), environment: at.name, ...answers }, at);
  return {
    house,
    store,
    plan,
    writes: plan.steps.filter(({ body }) => body !== null),
    before: await standing(house),
    close: async () => {
      await house.close();
      await close();
    },
  };
}

const volatile: ReadonlySet<string> = new Set(['etag', 'resourceGuid', 'provisioningState']);

/** Without what changes by itself: a resource that Azure takes only whole is sent as it was read. */
function lasting(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part: unknown) => (volatile.has(key) ? undefined : part)) ?? 'null');
}

/** The world without what changes by itself. */
export async function standing(house: House): Promise<Record<string, unknown>> {
  return lasting((await house.world()).resources) as Record<string, unknown>;
}

/** What a plan that was carried out leaves to be desired. */
export async function wrongAfterwards({ house, plan }: Bench): Promise<string[]> {
  const { evidence } = await verify(house.arm, plan);
  return evidence.filter(({ good }) => good === false).map(({ text }) => `the proof says: ${text}`);
}

/** A write that Azure took twice must have asked for the same both times. */
export async function contradicting({ house }: Bench): Promise<string[]> {
  const taken = (await house.writes()).filter(({ status }) => status < 300);
  const bodies = Map.groupBy(taken, ({ path }) => path.split('?')[0]?.toLowerCase() ?? '');
  return [...bodies]
    .filter(([, [first, ...more]]) => !more.every(({ body }) => isDeepStrictEqual(lasting(body), lasting(first?.body))))
    .map(([path]) => `${path} was written with different bodies`);
}

/** Where the rows of the steps, from which the card is made, do not tell the truth about Azure. */
export async function untruths({ before, house, plan, store }: Bench): Promise<string[]> {
  const { resources } = await house.world();
  const rows = new Map((await readSteps(store.read, 'plan-1')).map((row) => [row.stepId, row.status]));
  return plan.steps.flatMap((step) => {
    const key = step.resource.toLowerCase();
    const status = rows.get(step.id) ?? 'pending';
    const isMade = step.change === 'create' && before[key] === undefined;
    if (status === 'running') {
      return [`${step.id} is said to be running after the end`];
    }
    if (status === 'done' && isMade && resources[key] === undefined) {
      return [`${step.id} is said to be done, and is not there`];
    }
    return status === 'pending' && isMade && resources[key] !== undefined
      ? [`${step.id} is said to be not begun, and is there`]
      : [];
  });
}

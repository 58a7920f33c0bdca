import { beforeAll, describe, expect, it } from 'vitest';
import { exportBicep } from '../../../src/plan/export/bicep.ts';
import type { Json, Plan, PlanStep } from '../../../src/plan/plan.ts';
import { addressOf } from '../../../src/plan/resource-id.ts';
import { hostilePlans } from './hostile.ts';
import { type BicepResource, filesOf, modulesIn, resourcesIn, syntaxErrors } from './read-bicep.ts';
import { samplePlans } from './sample-plans.ts';
import { realPlans } from './scenes.ts';

let plans: Record<string, Plan>;

beforeAll(async () => {
  plans = { ...samplePlans, ...(await realPlans()) };
}, 30_000);

/** What the Azure CLI has to do. */
const byHand = new Set(['subnet-policy', 'dns-servers', 'route-table', 'endpoint-approval', 'endpoint-wait']);

function deployed({ steps }: Plan): PlanStep[] {
  return steps.filter(({ kind, change }) => !byHand.has(kind) && (change === 'create' || change === 'update'));
}

/** What is said of the resource itself, with addresses as the plan names them. */
function bodyOf({ body }: BicepResource, plan: Plan): Json {
  const { name: _name, parent: _parent, scope: _scope, dependsOn: _waits, ...rest } = body;
  return withAddresses(rest, plan);
}

function withAddresses(value: Json, plan: Plan): Json {
  if (Array.isArray(value)) {
    return value.map((item) => withAddresses(item, plan));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { expression } = value as { expression?: unknown };
  if (typeof expression === 'string') {
    const [, number] =
      /^interfaceOfStep(\d+)\.properties\.ipConfigurations\[0\]\.properties\.privateIPAddress$/.exec(expression) ?? [];
    return number === undefined ? value : { $addressOf: plan.steps[Number(number) - 1]?.resource ?? '' };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAddresses(item, plan)]));
}

async function expectWhole(name: string, plan: Plan): Promise<void> {
  const text = exportBicep(plan);
  expect({ name, errors: await syntaxErrors(text) }).toEqual({ name, errors: [] });
  for (const [file, content] of filesOf(text)) {
    expect({ name, file, errors: await syntaxErrors(content) }).toEqual({ name, file, errors: [] });
  }
  const resources = await resourcesIn(text);
  const written = resources.filter(({ existing }) => !existing);
  const steps = deployed(plan);
  expect({ name, written: written.map((each) => each.name).toSorted() }).toEqual({
    name,
    written: steps.map((step) => `step${plan.steps.indexOf(step) + 1}`).toSorted(),
  });
  for (const step of steps) {
    const own = written.find((each) => each.name === `step${plan.steps.indexOf(step) + 1}`) as BicepResource;
    expect({ name, step: step.id, body: bodyOf(own, plan) }).toEqual({ name, step: step.id, body: step.body });
    expect(own.body['name']).toBe(addressOf(step.resource).name);
    await expectScope(text, own, step);
  }
}

/** The module's file is called with the resource group of the step, and the parent is the one of its id. */
async function expectScope(text: string, resource: BicepResource, { resource: id }: PlanStep): Promise<void> {
  const { subscription, resourceGroup, names } = addressOf(id);
  const call = (await modulesIn(text)).get(resource.file);
  expect(call?.body['scope']).toEqual({ call: 'resourceGroup', of: [subscription, resourceGroup] });
  if (names.length > 1) {
    const { expression: parent } = resource.body['parent'] as { expression: string };
    const found = (await resourcesIn(text)).find(({ file, name }) => file === resource.file && name === parent);
    expect(found?.body['name']).toBe(names[0]);
  }
}

describe('a plan as Bicep', () => {
  it('deploys exactly the bodies of the plan, each in its resource group, without a syntax error', async () => {
    for (const [name, plan] of Object.entries(plans)) {
      await expectWhole(name, plan);
    }
  });

  it.each(Object.entries(hostilePlans()))('lets nothing break out of %s', async (attack, plan) => {
    await expectWhole(attack, plan);
  });

  it('never writes a network or a subnet, and says the az command for what has to change there', async () => {
    for (const plan of Object.values(plans)) {
      const text = exportBicep(plan);
      const types = (await resourcesIn(text)).filter(({ existing }) => !existing).map(({ type }) => type);
      expect(types.filter((type) => /virtualNetworks(?:\/subnets)?@/i.test(type))).toEqual([]);
      for (const { kind, resource } of plan.steps.filter(({ body, kind: of }) => body !== null && byHand.has(of))) {
        const id = kind === 'endpoint-approval' ? resource.split('/').slice(0, -2).join('/') : resource;
        expect(text).toMatch(new RegExp(`//   .*az network [^]*${id.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')}`, 'i'));
      }
    }
  });

  it('refers to what is there already, and says that it stays as it is', () => {
    const text = exportBicep(samplePlans['database-read'] as Plan);

    expect(text).toMatch(/\/\/ Left as it is:\n\/\/ Step 3 of 5, use as it is: /);
    expect(text).toMatch(/resource parentOfStep4 'Microsoft\.Network\/privateDnsZones@\S+' existing = \{/);
  });

  it('does before the deployment what a resource needs, and after it what needs a resource', () => {
    const text = exportBicep(samplePlans['apps-by-private-link'] as Plan);

    expect(text.indexOf('Step 1 of 7, change')).toBeGreaterThan(text.indexOf('// Before the deployment, run:'));
    expect(text.indexOf('Step 4 of 7, create')).toBeGreaterThan(text.indexOf('// After the deployment, run:'));
  });

  it('calls each part after those it needs, and hands on the interface whose address it needs', async () => {
    const calls = await modulesIn(exportBicep(samplePlans['apps-by-private-link'] as Plan));

    expect([...calls].map(([file, { body }]) => [file, body['dependsOn'] ?? []])).toEqual([
      ['part-1.bicep', []],
      ['part-2.bicep', [{ expression: 'part1' }]],
      ['part-3.bicep', [{ expression: 'part2' }]],
    ]);
    expect(calls.get('part-3.bicep')?.body['params']).toEqual({
      nicOfStep3: { expression: 'part2.outputs.nicOfStep3' },
    });
  });

  it('writes to one network one after the other', async () => {
    for (const [name, plan] of Object.entries(plans)) {
      const waits = await waitsIn(exportBicep(plan));
      const steps = deployed(plan).filter(({ kind }) => !kind.startsWith('dns-'));
      for (const [index, later] of steps.entries()) {
        for (const earlier of steps.slice(0, index)) {
          const shared = networksOf(later).filter((network) => networksOf(earlier).includes(network));
          const inOrder = waits(nameOf(later, plan), nameOf(earlier, plan));
          expect({ name, later: later.id, earlier: earlier.id, inOrder: inOrder || shared.length === 0 }).toEqual({
            name,
            later: later.id,
            earlier: earlier.id,
            inOrder: true,
          });
        }
      }
    }
  });
});

function nameOf(step: PlanStep, plan: Plan): string {
  return `step${plan.steps.indexOf(step) + 1}`;
}

function networksOf({ resource, body }: PlanStep): string[] {
  const texts = JSON.stringify([resource, body]).matchAll(/\/subscriptions\/[^"]*?\/virtualNetworks\/[^/"]+/gi);
  return [...new Set([...texts].map(([id]) => id.toLowerCase()))];
}

/** Whether one resource is deployed only after another, directly or not. */
async function waitsIn(text: string): Promise<(later: string, earlier: string) => boolean> {
  const resources = await resourcesIn(text);
  const modules = await modulesIn(text);
  const before = new Map<string, string[]>(resources.map(({ name, body }) => [name, namesIn(body['dependsOn'])]));
  for (const [file, { body }] of modules) {
    const needed = new Set(namesIn(body['dependsOn']));
    const earlier = resources.filter((each) => needed.has(modules.get(each.file)?.name ?? '')).map(({ name }) => name);
    for (const { name } of resources.filter((each) => each.file === file)) {
      before.set(name, [...(before.get(name) ?? []), ...earlier]);
    }
  }
  function waits(later: string, earlier: string): boolean {
    const direct = before.get(later) ?? [];
    return direct.includes(earlier) || direct.some((between) => waits(between, earlier));
  }
  return waits;
}

function namesIn(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.map((item) => (item as { expression: string }).expression) : [];
}

import { beforeAll, describe, expect, it } from 'vitest';
import { exportTerraform } from '../../../src/plan/export/terraform.ts';
import type { Json, Plan, PlanStep } from '../../../src/plan/plan.ts';
import { addressOf } from '../../../src/plan/resource-id.ts';
import { hostilePlans } from './hostile.ts';
import { bodyOf, readTerraform, type Terraform, type TerraformResource, textOf } from './read-terraform.ts';
import { samplePlans } from './sample-plans.ts';
import { realPlans } from './scenes.ts';

let plans: Record<string, Plan>;

beforeAll(async () => {
  plans = { ...samplePlans, ...(await realPlans()) };
}, 30_000);

function labelOf(step: PlanStep, plan: Plan): string {
  return `step_${plan.steps.indexOf(step) + 1}`;
}

function isWritten({ body, change }: PlanStep): boolean {
  return body !== null && (change === 'create' || change === 'update');
}

/** Addresses as the plan names them. */
function withAddresses(value: Json, read: Terraform, plan: Plan): Json {
  if (Array.isArray(value)) {
    return value.map((item) => withAddresses(item, read, plan));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { expression } = value as { expression?: unknown };
  if (typeof expression === 'string') {
    return { $addressOf: endpointOf(expression, read, plan) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAddresses(item, read, plan)]));
}

function endpointOf(expression: string, { data }: Terraform, plan: Plan): string {
  const [, source, name] =
    /^((?:data\.)?azurerm_private_endpoint(?:_connection)?)\.(\w+)\.private_service_connection\[0\]\.private_ip_address$/.exec(
      expression,
    ) ?? [];
  if (source === 'azurerm_private_endpoint') {
    return plan.steps.find((step) => labelOf(step, plan) === name)?.resource ?? '';
  }
  const reading = data.find((each) => each.type === 'azurerm_private_endpoint_connection' && each.name === name);
  const known = plan.steps.find(
    ({ kind, resource }) =>
      kind === 'private-endpoint' &&
      addressOf(resource).name === reading?.block['name'] &&
      addressOf(resource).resourceGroup === reading.block['resource_group_name'],
  );
  return known?.resource ?? '';
}

async function expectWhole(name: string, plan: Plan): Promise<void> {
  const read = await readTerraform(exportTerraform(plan));
  const written = plan.steps.filter(isWritten);
  expect({ name, labels: read.resources.map((each) => each.name).toSorted() }).toEqual({
    name,
    labels: written.map((step) => labelOf(step, plan)).toSorted(),
  });
  for (const step of written) {
    const own = read.resources.find((each) => each.name === labelOf(step, plan)) as TerraformResource;
    expect({ name, step: step.id, body: withAddresses(bodyOf(own), read, plan) }).toEqual({
      name,
      step: step.id,
      body: step.body,
    });
    expectPlace(own, step, read);
  }
}

function expectPlace({ type, block }: TerraformResource, { kind, resource }: PlanStep, { providers }: Terraform): void {
  const { subscription, resourceGroup, names, name } = addressOf(resource);
  if (type === 'azapi_update_resource') {
    const id = block['resource_id'];
    expect(kind === 'endpoint-approval' ? typeof id : textOf(id).toLowerCase()).toBe(
      kind === 'endpoint-approval' ? 'object' : resource.toLowerCase(),
    );
    return;
  }
  expect(block['name']).toBe(name);
  if (type === 'azapi_resource') {
    expect(resource.toLowerCase().startsWith(textOf(block['parent_id']).toLowerCase())).toBe(true);
    return;
  }
  const { expression } = block['provider'] as { expression: string };
  const alias = providers.find((each) => expression === `azurerm.${textOf(each['alias'])}`);
  expect(alias?.['subscription_id']).toBe(subscription.toLowerCase());
  expect(block['resource_group_name']).toBe(resourceGroup);
  const parent = [
    'virtual_network_name',
    'zone_name',
    'private_dns_zone_name',
    'network_security_group_name',
    'route_table_name',
  ];
  expect(names.length === 1 ? names[0] : parent.map((key) => block[key]).find((value) => value !== undefined)).toBe(
    names[0],
  );
}

describe('a plan as Terraform', () => {
  it('makes exactly the bodies of the plan, each in its subscription and resource group', async () => {
    for (const [name, plan] of Object.entries(plans)) {
      await expectWhole(name, plan);
    }
  });

  it.each(Object.entries(hostilePlans()))('lets nothing break out of %s', async (attack, plan) => {
    await expectWhole(attack, plan);
  });

  it('uses azurerm, and azapi only for parts, approvals and what azurerm cannot say', async () => {
    for (const [name, plan] of Object.entries(samplePlans)) {
      const { resources } = await readTerraform(exportTerraform(plan));
      const byAzapi = resources.filter(({ type }) => type.startsWith('azapi')).map((each) => each.name);
      const expected = plan.steps.filter(({ kind }) =>
        ['subnet-policy', 'dns-servers', 'route-table', 'endpoint-approval'].includes(kind),
      );
      expect({ name, byAzapi }).toEqual({ name, byAzapi: expected.map((step) => labelOf(step, plan)) });
    }
  });

  it('keeps everything that a body says when azurerm has no word for it', async () => {
    const plan = samplePlans['apps-by-peering'] as Plan;
    const more = plan.steps.map((step) =>
      step.kind === 'dns-link'
        ? {
            ...step,
            body: { ...(step.body as object), properties: { ...propertiesOf(step), resolutionPolicy: 'Default' } },
          }
        : step,
    ) as PlanStep[];

    await expectWhole('resolution policy', { ...plan, steps: more });
  });

  it('imports what is there before it changes it, and only reads what stays', async () => {
    const plan = samplePlans['mending'] as Plan;
    const { imports, data } = await readTerraform(exportTerraform(plan));

    expect(imports.map(({ to, id }) => [to, id])).toEqual(
      plan.steps
        .filter(({ change, kind }) => change === 'update' && ['peering', 'dns-record'].includes(kind))
        .map((step) => [
          {
            expression: `${step.kind === 'peering' ? 'azurerm_virtual_network_peering' : 'azurerm_private_dns_a_record'}.${labelOf(step, plan)}`,
          },
          step.resource,
        ]),
    );
    const kept = plan.steps.filter(({ change }) => change === 'keep' || change === 'adopt');
    expect(data.filter(({ type }) => type === 'azapi_resource').map(({ block }) => block['resource_id'])).toEqual(
      kept.map(({ resource }) => resource),
    );
  });

  it('waits for the steps that the plan waits for, and takes one network at a time', async () => {
    const { resources } = await readTerraform(exportTerraform(samplePlans['mending'] as Plan));
    const waits = Object.fromEntries(resources.map(({ name, block }) => [name, block['depends_on'] ?? []]));

    expect(waits).toMatchObject({
      step_2: [{ expression: 'azurerm_virtual_network_peering.step_1' }],
      step_3: [{ expression: 'azurerm_virtual_network_peering.step_2' }],
      step_4: [{ expression: 'azurerm_virtual_network_peering.step_3' }],
      step_10: [{ expression: 'azurerm_virtual_network_peering.step_4' }, { expression: 'azurerm_route.step_9' }],
    });
  });

  it('finds the connection that it accepts by its endpoint, because Azure makes up its name', async () => {
    const { data, resources } = await readTerraform(exportTerraform(samplePlans['apps-by-private-link'] as Plan));

    expect(data.find(({ name }) => name === 'step_4')?.block['parent_id']).toMatch(
      /\/privateLinkServices\/causeway-mendix-prod$/,
    );
    expect(resources.find(({ name }) => name === 'step_4')?.block['resource_id']).toEqual({
      expression: expect.stringMatching(
        /^one\(\[for connection in data\.azapi_resource_list\.step_4\.output\.value : connection\.id if endswith\(/,
      ),
    });
  });
});

function propertiesOf({ body }: PlanStep): object {
  return (body as { properties: object }).properties;
}

/**
 * A plan as Terraform: azurerm where it has a resource that says the same, azapi for the rest. What is there and has to
 * change is imported first; what stays as it is, is only read.
 */
import type { Plan } from '../plan.ts';
import { addressOf } from '../resource-id.ts';
import { headLines } from './az.ts';
import { deleteHalfLines } from './az-peering.ts';
import { ownerLines } from './az-private-link.ts';
import { exportSteps, type ExportStep } from './export-step.ts';
import { attribute, block, hclComment, hclLines } from './hcl.ts';
import { expression, type HclValue, literal } from './hcl-value.ts';
import { spaced, wrapped } from './one-line.ts';
import { keptData } from './terraform-azapi.ts';
import { type Context, type EndpointReading, endpointReadings, stepBlocks } from './terraform-step.ts';

export function exportTerraform(plan: Plan): string {
  const steps = exportSteps(plan);
  const readings = endpointReadings(steps);
  const providers = providersOf(steps, readings);
  const context: Context = { plan, steps, aliasOf: (id) => providers.get(id.toLowerCase()) ?? '' };
  return [
    ...headLines(plan).map(hclComment),
    '#',
    '# Save it as main.tf in an empty folder, then: terraform init, terraform plan, terraform apply.',
    '# terraform destroy takes back what was created; what azapi_update_resource changed stays changed.',
    '',
    ...settingsLines(providers),
    ...spaced(readings.map((reading) => readingLines(reading, context))),
    ...spaced(steps.map((exported) => stepLines(exported, context))),
    '',
  ].join('\n');
}

/** One azurerm provider per subscription, by lower-case id, in the order of the steps. */
function providersOf(steps: readonly ExportStep[], readings: readonly EndpointReading[]): Map<string, string> {
  const subscriptions = [
    ...steps.map(({ address }) => address.subscription),
    ...readings.map(({ endpoint }) => addressOf(endpoint).subscription),
  ];
  const distinct = [...new Set(subscriptions.map((id) => id.toLowerCase()))];
  return new Map(distinct.map((id, index) => [id, `subscription_${index + 1}`]));
}

function settingsLines(providers: ReadonlyMap<string, string>): string[] {
  const required = block(
    'terraform',
    [],
    [
      attribute('required_version', literal('>= 1.7.0')),
      block(
        'required_providers',
        [],
        [
          attribute('azurerm', provider('hashicorp/azurerm', '~> 4.0')),
          attribute('azapi', provider('Azure/azapi', '~> 2.0')),
        ],
      ),
    ],
  );
  const azurerm = [...providers].map(([id, alias]) =>
    block(
      'provider',
      ['azurerm'],
      [
        attribute('alias', literal(alias)),
        attribute('subscription_id', literal(id)),
        attribute('resource_provider_registrations', literal('none')),
        block('features', [], []),
      ],
    ),
  );
  return [
    ...hclLines(required),
    ...(providers.size > 1
      ? ['', '# Where the subscriptions belong to several directories, add auxiliary_tenant_ids to each provider.']
      : []),
    ...spaced([...azurerm, block('provider', ['azapi'], [])].map((each) => hclLines(each))),
  ];
}

function provider(source: string, version: string): HclValue {
  return {
    kind: 'object',
    entries: [
      ['source', literal(source)],
      ['version', literal(version)],
    ],
  };
}

function readingLines({ endpoint, name, waits }: EndpointReading, context: Context): string[] {
  const address = addressOf(endpoint);
  return [
    '# The address of this endpoint is needed below.',
    ...hclLines(
      block(
        'data',
        ['azurerm_private_endpoint_connection', name],
        [
          attribute('provider', expression(`azurerm.${context.aliasOf(address.subscription)}`)),
          attribute('name', literal(address.name)),
          attribute('resource_group_name', literal(address.resourceGroup)),
          ...waits,
        ],
      ),
    ),
  ];
}

function stepLines(exported: ExportStep, context: Context): string[] {
  const { step, heading, reason, writes } = exported;
  if (exported.waits) {
    const lines = ownerLines(exported).map((line) => line.replace(/^# ?/, ''));
    return [heading, ...wrapped(`Why: ${reason}`), ...lines].map(hclComment);
  }
  if (!writes) {
    return unreadable.has(step.kind)
      ? [hclComment(heading), hclComment(`Nothing is written: ${step.resource}`)]
      : [hclComment(heading), '# Only read.', ...hclLines(keptData(exported))];
  }
  return [
    hclComment(heading),
    ...wrapped(`Why: ${reason}`).map(hclComment),
    hclComment(`Described at ${step.docs}`),
    ...(step.kind === 'peering-repair'
      ? ['# Delete what is left of the peering first:', ...deleteHalfLines(exported).flatMap(commented)]
      : []),
    ...spaced(stepBlocks(exported, context).map((each) => hclLines(each))).slice(1),
  ];
}

/** What is named after the endpoint is called otherwise in Azure. */
const unreadable: ReadonlySet<string> = new Set(['endpoint-approval', 'endpoint-wait']);

/** A word in quotes may stand on several lines. */
function commented(line: string): string[] {
  return line.split(/\r\n|\r|\n/).map((part) => `#   ${part}`.trimEnd());
}

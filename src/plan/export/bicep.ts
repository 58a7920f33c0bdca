/**
 * A plan as Bicep: one file that deploys, and one module for each resource group it writes to. What Bicep cannot do
 * without writing a whole network, and what it cannot name, is said in comments with the Azure CLI command for it.
 */
import type { Plan, ResourceId, StepKind } from '../plan.ts';
import { addressOf } from '../resource-id.ts';
import { headLines } from './az.ts';
import { commandLines, option } from './az-command.ts';
import { type AzHelper, helperLines } from './az-helpers.ts';
import { deleteHalfLines, syncLines } from './az-peering.ts';
import { azLines } from './az-step.ts';
import { comment, listLines, moduleLines } from './bicep-module.ts';
import { type BicepPart, bicepParts, endpointName, endpointsOf, partsBefore } from './bicep-parts.ts';
import { bicepText } from './bicep-value.ts';
import { exportSteps, type ExportStep, partKinds, typeOf, versionOf } from './export-step.ts';
import { shortHash } from './step-words.ts';

export function exportBicep(plan: Plan): string {
  const steps = exportSteps(plan);
  const parts = bicepParts(steps.filter((exported) => exported.writes && !byHand.has(exported.step.kind)));
  const files = parts.map((part) => ['', `// file: ${fileOf(part)}`, ...moduleLines(part, steps)]);
  return [
    '// file: main.bicep',
    ...headLines(plan).map(comment),
    '//',
    ...useLines(plan, parts),
    ...handLines(steps, parts),
    ...leftLines(steps),
    '',
    "targetScope = 'resourceGroup'",
    ...keptEndpoints(parts, steps),
    ...parts.flatMap((part) => moduleCall(part, { plan, parts, steps })),
    ...files.flat(),
    '',
  ].join('\n');
}

/** A subnet or network would have to be written whole; the name of a connection is Azure's; a wait is no resource. */
const byHand: ReadonlySet<StepKind> = new Set<StepKind>([...partKinds, 'endpoint-approval', 'endpoint-wait']);

function fileOf(part: BicepPart): string {
  return `part-${part.number}.bicep`;
}

function useLines(plan: Plan, parts: readonly BicepPart[]): string[] {
  const [first] = parts;
  if (first === undefined) {
    return ['// There is nothing in this plan that Bicep can deploy.'];
  }
  const name = `causeway-${shortHash(plan)}`;
  const { managedResourceGroup } = plan.madeFrom.environment;
  const inManaged = parts.some(
    ({ resourceGroup }) => resourceGroup.toLowerCase() === managedResourceGroup.toLowerCase(),
  );
  return [
    `// This text holds ${parts.length + 1} files. Save it as plan.bicep in an empty folder, then split it:`,
    "//   awk '/^[/][/] file: /{name = $3} {print > name}' plan.bicep",
    '// Look first, with what-if in place of create:',
    ...commandLines({
      words: ['deployment', 'group', 'create'],
      options: [
        option('subscription', first.subscription),
        option('resource-group', first.resourceGroup),
        option('name', name),
        option('template-file', 'main.bicep'),
      ],
    }).map((line) => `//   ${line}`),
    ...(inManaged
      ? [
          '// It makes a deployment in each resource group. Where the managed resource group does not allow that, use the',
          '// Azure CLI commands of this plan instead.',
        ]
      : []),
  ];
}

/** What has to be done with the Azure CLI, before the deployment and after it. */
function handLines(steps: readonly ExportStep[], parts: readonly BicepPart[]): string[] {
  const inBicep = new Set(parts.flatMap((part) => part.steps));
  const [before, after]: [HandStep[], HandStep[]] = [[], []];
  for (const exported of steps) {
    const { kind, change } = exported.step;
    if (kind === 'peering-repair' && exported.writes) {
      before.push({ exported, lines: deleteHalfLines(exported), helpers: [], why: 'the dead half goes first' });
    } else if (kind === 'peering' && change === 'update') {
      after.push({ exported, lines: syncLines(exported), helpers: [], why: 'Bicep cannot ask for new addresses' });
    } else if (byHand.has(kind) && (exported.writes || exported.waits)) {
      const late = exported.waits || exported.needs.some((need) => inBicep.has(need) || isIn(after, need));
      (late ? after : before).push({ exported, ...azLines(exported, steps), why: 'not for Bicep' });
    }
  }
  return [...handPart('Before the deployment, run', before), ...handPart('After the deployment, run', after)];
}

interface HandStep {
  exported: ExportStep;
  lines: readonly string[];
  helpers: readonly AzHelper[];
  why: string;
}

function isIn(hand: readonly HandStep[], step: ExportStep): boolean {
  return hand.some(({ exported }) => exported === step);
}

function handPart(title: string, hand: readonly HandStep[]): string[] {
  const helpers = helperLines(new Set(hand.flatMap((step) => step.helpers)));
  const lines = hand.flatMap(({ exported, lines: commands, why }) => [
    '',
    `# ${exported.heading} (${why})`,
    ...commands,
  ]);
  return hand.length === 0 ? [] : ['//', `// ${title}:`, ...[...helpers, ...lines].flatMap(commented)];
}

/** A word in quotes may stand on several lines. */
function commented(line: string): string[] {
  return line.split(/\r\n|\r|\n/).map((part) => `//   ${part}`.trimEnd());
}

function leftLines(steps: readonly ExportStep[]): string[] {
  const left = steps.filter((exported) => !exported.writes && !exported.waits);
  return left.length === 0
    ? []
    : [
        '//',
        '// Left as it is:',
        ...left.flatMap(({ heading, step }) => [comment(`  ${heading}`), comment(`    ${step.resource}`)]),
      ];
}

/** Endpoints whose addresses are needed, and which no part makes. */
function keptEndpoints(parts: readonly BicepPart[], steps: readonly ExportStep[]): string[] {
  return allEndpoints(parts)
    .filter((endpoint) => makerOf(endpoint, parts) === null)
    .flatMap((endpoint) => {
      const { subscription, resourceGroup, name } = addressOf(endpoint);
      return [
        '',
        '// Not made here; its address is needed.',
        `resource endpointOf${endpointName(endpoint, steps)} '${typeOf('private-endpoint')}@${versionOf('')}' existing = {`,
        `  name: ${bicepText(name)}`,
        `  scope: resourceGroup(${bicepText(subscription)}, ${bicepText(resourceGroup)})`,
        '}',
      ];
    });
}

function allEndpoints(parts: readonly BicepPart[]): ResourceId[] {
  const all = parts.flatMap(endpointsOf);
  return all.filter((id, index) => all.findIndex((other) => other.toLowerCase() === id.toLowerCase()) === index);
}

function makerOf(endpoint: ResourceId, parts: readonly BicepPart[]): BicepPart | null {
  return (
    parts.find((part) => part.steps.some(({ step }) => step.resource.toLowerCase() === endpoint.toLowerCase())) ?? null
  );
}

interface Whole {
  plan: Plan;
  parts: readonly BicepPart[];
  steps: readonly ExportStep[];
}

function moduleCall(part: BicepPart, { plan, parts, steps }: Whole): string[] {
  const params = endpointsOf(part).map((endpoint) => {
    const name = endpointName(endpoint, steps);
    const maker = makerOf(endpoint, parts);
    const value =
      maker === null
        ? `endpointOf${name}.properties.networkInterfaces[0].id`
        : `part${maker.number}.outputs.nicOf${name}`;
    return `    nicOf${name}: ${value}`;
  });
  return [
    '',
    ...part.steps.map(({ heading }) => comment(heading)),
    `module part${part.number} '${fileOf(part)}' = {`,
    `  name: 'causeway-${shortHash(plan)}-${part.number}'`,
    `  scope: resourceGroup(${bicepText(part.subscription)}, ${bicepText(part.resourceGroup)})`,
    ...(params.length === 0 ? [] : ['  params: {', ...params, '  }']),
    ...listLines(
      'dependsOn',
      partsBefore(part, parts).map((other) => `part${other.number}`),
    ),
    '}',
  ];
}

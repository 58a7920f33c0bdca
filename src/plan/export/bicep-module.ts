/** One module: the resources of a plan in one resource group. */
import { addressOf, parentOf } from '../resource-id.ts';
import { type BicepPart, endpointName, endpointsOf } from './bicep-parts.ts';
import { bicepFields, bicepText } from './bicep-value.ts';
import { type ExportStep, needsAmong, typeOf, versionOf } from './export-step.ts';
import { fieldsAt } from './json.ts';
import { oneLine, wrapped } from './one-line.ts';

export function moduleLines(part: BicepPart, all: readonly ExportStep[]): string[] {
  const parents = new Map<string, string>(
    part.steps.map(({ step, number }) => [step.resource.toLowerCase(), `step${number}`]),
  );
  return [
    "targetScope = 'resourceGroup'",
    ...endpointsOf(part).flatMap((endpoint) => addressLines(endpointName(endpoint, all))),
    ...part.steps.flatMap((exported) => stepLines(exported, { part, all, parents })),
  ];
}

/** Only the interface of an endpoint knows its address, and only Azure knows which interface that is. */
function addressLines(name: string): string[] {
  return [
    '',
    `@description('Id of the network interface of the private endpoint.')`,
    `param nicOf${name} string`,
    '',
    `resource interfaceOf${name} 'Microsoft.Network/networkInterfaces@${versionOf('')}' existing = {`,
    `  name: last(split(nicOf${name}, '/'))`,
    `  scope: resourceGroup(split(nicOf${name}, '/')[2], split(nicOf${name}, '/')[4])`,
    '}',
  ];
}

interface Within {
  part: BicepPart;
  all: readonly ExportStep[];
  /** Names in this module, by lower-case id; what is referred to first is added. */
  parents: Map<string, string>;
}

function stepLines(exported: ExportStep, within: Within): string[] {
  const { step, number, heading, reason, address } = exported;
  const parent = parentLines(exported, within);
  const waits = needsAmong(exported, (need) => within.part.steps.includes(need))
    .map((need) => `step${need.number}`)
    .filter((name) => name !== parent.name);
  return [
    ...parent.lines,
    '',
    comment(heading),
    ...wrapped(`Why: ${reason}`).map(comment),
    comment(`Described at ${step.docs}`),
    `resource step${number} '${typeOf(step.kind)}@${versionOf(`/${typeOf(step.kind)}`)}' = {`,
    ...(parent.name === null ? [] : [`  parent: ${parent.name}`]),
    `  name: ${bicepText(address.name)}`,
    ...bicepFields(fieldsAt(step.body), (endpoint) => addressExpression(endpointName(endpoint, within.all)), '  '),
    ...listLines('dependsOn', waits),
    '}',
    ...(step.kind === 'private-endpoint' ? outputLines(number) : []),
  ];
}

function addressExpression(name: string): string {
  return `interfaceOf${name}.properties.ipConfigurations[0].properties.privateIPAddress`;
}

function outputLines(number: number): string[] {
  return ['', `output nicOfStep${number} string = step${number}.properties.networkInterfaces[0].id`];
}

/** What a child resource is part of: made in this module, or there already. */
function parentLines({ step, number }: ExportStep, { parents }: Within): { name: string | null; lines: string[] } {
  const id = parentOf(step.resource);
  if (id === null) {
    return { name: null, lines: [] };
  }
  const known = parents.get(id.toLowerCase());
  if (known !== undefined) {
    return { name: known, lines: [] };
  }
  const name = `parentOfStep${number}`;
  parents.set(id.toLowerCase(), name);
  const type = typeOf(step.kind).split('/').slice(0, -1).join('/');
  return {
    name,
    lines: [
      '',
      `resource ${name} '${type}@${versionOf(`/${type}`)}' existing = {`,
      `  name: ${bicepText(addressOf(id).name)}`,
      '}',
    ],
  };
}

export function listLines(name: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`  ${name}: [`, ...items.map((item) => `    ${item}`), '  ]'];
}

/** Some readers go on after a backslash at the end of a line. */
export function comment(text: string): string {
  return `// ${oneLine(text)}`.trimEnd().replace(/\\$/, '\\ ');
}

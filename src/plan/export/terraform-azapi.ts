/** Steps for which azurerm has nothing: parts of a resource, approvals, and bodies that say more than azurerm can. */
import type { ResourceId } from '../plan.ts';
import { groupOf, parentOf } from '../resource-id.ts';
import type { AddressValue } from './azurerm.ts';
import { endpointOfConnection } from './az-step.ts';
import { exactId, type ExportStep, typeOf, versionOf } from './export-step.ts';
import { attribute, block, type HclBlock, type HclEntry } from './hcl.ts';
import { expression, fromJson, hclText, type HclValue, literal, texts } from './hcl-value.ts';
import { fieldsAt, textAt, valueAt } from './json.ts';

function typeEntry(exported: ExportStep): HclEntry {
  const type = typeOf(exported.step.kind);
  return attribute('type', literal(`${type}@${versionOf(`/${type}`)}`));
}

/** Reads the resource, changes what is said, writes it back; several of one network take turns. */
export function partResource(exported: ExportStep, waits: readonly HclEntry[]): HclBlock {
  const id = exactId(exported);
  return block(
    'resource',
    ['azapi_update_resource', label(exported)],
    [
      typeEntry(exported),
      attribute('resource_id', literal(id)),
      attribute('body', fromJson(exported.step.body, nothing)),
      attribute('locks', texts([id.replace(/\/subnets\/.*$/, '')])),
      ...waits,
    ],
  );
}

/** The connection gets its name from Azure, so it is looked up by its endpoint. */
export function approvalResources(
  exported: ExportStep,
  all: readonly ExportStep[],
  waits: readonly HclEntry[],
): HclBlock[] {
  const own = label(exported);
  const wanted = (endpointOfConnection(exported, all) ?? `/${exported.address.name}`).toLowerCase();
  const found = `data.azapi_resource_list.${own}.output.value`;
  return [
    block(
      'data',
      ['azapi_resource_list', own],
      [
        typeEntry(exported),
        attribute('parent_id', literal(parentOf(exactId(exported)) ?? '')),
        attribute('response_export_values', texts(['*'])),
        ...waits,
      ],
    ),
    block(
      'resource',
      ['azapi_update_resource', own],
      [
        typeEntry(exported),
        attribute(
          'resource_id',
          expression(
            `one([for connection in ${found} : connection.id if endswith(lower(connection.properties.privateEndpoint.id), ${hclText(wanted)})])`,
          ),
        ),
        attribute('body', fromJson(exported.step.body, nothing)),
      ],
    ),
  ];
}

/** The whole body, as it is. */
export function wholeResource(exported: ExportStep, address: AddressValue, waits: readonly HclEntry[]): HclBlock {
  const { step } = exported;
  const { location, tags, ...rest } = fieldsAt(step.body);
  const id = exactId(exported);
  return block(
    'resource',
    ['azapi_resource', label(exported)],
    [
      typeEntry(exported),
      attribute('parent_id', literal(parentOf(id) ?? groupOf(id))),
      attribute('name', literal(exported.address.name)),
      ...(location === undefined ? [] : [attribute('location', literal(textAt(step.body, 'location')))]),
      ...(tags === undefined ? [] : [attribute('tags', fromJson(valueAt(step.body, 'tags') ?? null, nothing))]),
      attribute('body', fromJson(rest, address)),
      ...waits,
    ],
  );
}

/** What stays as it is, read so that a plan stops when it has gone. */
export function keptData(exported: ExportStep): HclBlock {
  return block(
    'data',
    ['azapi_resource', label(exported)],
    [typeEntry(exported), attribute('resource_id', literal(exactId(exported)))],
  );
}

export function label({ number }: ExportStep): string {
  return `step_${number}`;
}

function nothing(endpoint: ResourceId): HclValue {
  throw new Error(
    `Exporting a change of a part: it waits for the address of ${endpoint}. Make the plan again and report this.`,
  );
}

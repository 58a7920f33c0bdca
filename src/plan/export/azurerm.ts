/** What the files about single azurerm resources share. */
import type { Json, ResourceId } from '../plan.ts';
import type { ExportStep } from './export-step.ts';
import { attribute, type HclEntry } from './hcl.ts';
import { fromJson, type HclValue, literal } from './hcl-value.ts';
import { isFields, valueAt } from './json.ts';

/** A resource of the azurerm provider, and the body that azurerm sends for it. */
export interface AzurermResource {
  type: string;
  entries: readonly HclEntry[];
  sends: Json;
}

/** The address of an endpoint that is known only later. */
export type AddressValue = (endpoint: ResourceId) => HclValue;

export type AzurermWriter = (exported: ExportStep, address: AddressValue) => AzurermResource;

export function named({ address }: ExportStep): HclEntry[] {
  return [attribute('name', literal(address.name)), attribute('resource_group_name', literal(address.resourceGroup))];
}

export function tagsOf(body: Json): { entries: HclEntry[]; sends: { tags?: Json } } {
  const tags = valueAt(body, 'tags');
  return isFields(tags) && Object.keys(tags).length > 0
    ? {
        entries: [
          attribute(
            'tags',
            fromJson(tags, () => literal(null)),
          ),
        ],
        sends: { tags },
      }
    : { entries: [], sends: {} };
}

/** Optional: absent when there is nothing to say. */
export function whenText(name: string, text: string): HclEntry[] {
  return text === '' ? [] : [attribute(name, literal(text))];
}

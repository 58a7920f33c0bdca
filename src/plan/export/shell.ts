/** Words of a shell command. What comes from a plan stands in single quotes, in which a shell expands nothing. */
import type { Json, ResourceId } from '../plan.ts';
import { endpointOf, isFields, isList } from './json.ts';

const harmless = /^[A-Za-z0-9_./:@%+,=-]+$/;

export function quoted(text: string): string {
  return harmless.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Where the address of an endpoint is kept, once it is known. */
export type AddressVariable = (endpoint: ResourceId) => string;

/** For bodies in which every address is known. */
export function noAddress(endpoint: ResourceId): string {
  throw new Error(
    `Exporting a step: it waits for the address of ${endpoint}, which such a step cannot use. Make the plan again and report this.`,
  );
}

/** Indented JSON as one word; an address that is known only later is put in by the shell. */
export function quotedJson(value: Json, variable: AddressVariable): string {
  return `'${jsonText(value, variable, '')}'`;
}

function jsonText(value: Json, variable: AddressVariable, indent: string): string {
  const endpoint = endpointOf(value);
  if (endpoint !== null) {
    return `"'"$${variable(endpoint)}"'"`;
  }
  const deeper = `${indent}  `;
  if (isList(value)) {
    return block(
      value.map((item) => `${deeper}${jsonText(item, variable, deeper)}`),
      '[]',
      indent,
    );
  }
  if (isFields(value)) {
    const entries = Object.entries(value);
    return block(
      entries.map(([key, inner]) => `${deeper}${jsonWord(key)}: ${jsonText(inner, variable, deeper)}`),
      '{}',
      indent,
    );
  }
  return jsonWord(value);
}

function block(lines: readonly string[], brackets: string, indent: string): string {
  const [open = '', close = ''] = brackets;
  return lines.length === 0 ? brackets : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function jsonWord(value: string | number | boolean | null): string {
  return JSON.stringify(value).replaceAll("'", `'\\''`);
}

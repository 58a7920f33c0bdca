/**
 * Values in Terraform's language. Texts of a plan and expressions of ours are different kinds, so that no text, whatever
 * it holds, can become code.
 */
import type { Json, ResourceId } from '../plan.ts';
import { endpointOf, isFields, isList } from './json.ts';

export type HclValue =
  /** Written by us, such as `azurerm_private_dns_zone.step_3`. */
  | { kind: 'expression'; expression: string }
  | { kind: 'literal'; literal: string | number | boolean | null }
  | { kind: 'list'; items: readonly HclValue[] }
  | { kind: 'object'; entries: readonly (readonly [key: string, value: HclValue])[] };

export function expression(text: string): HclValue {
  return { kind: 'expression', expression: text };
}

export function literal(value: string | number | boolean | null): HclValue {
  return { kind: 'literal', literal: value };
}

export function list(items: readonly HclValue[]): HclValue {
  return { kind: 'list', items };
}

export function texts(items: readonly string[]): HclValue {
  return list(items.map(literal));
}

/** @param address The expression for the address of an endpoint that is known only later. */
export function fromJson(value: Json, address: (endpoint: ResourceId) => HclValue): HclValue {
  const endpoint = endpointOf(value);
  if (endpoint !== null) {
    return address(endpoint);
  }
  if (isList(value)) {
    return list(value.map((item) => fromJson(item, address)));
  }
  return isFields(value)
    ? { kind: 'object', entries: Object.entries(value).map(([key, inner]) => [key, fromJson(inner, address)]) }
    : literal(value);
}

export function hclText(text: string): string {
  return `"${text.replaceAll(special, (found) => escapes[found] ?? unicode(found))}"`;
}

const special = /\\|"|\$(?=\{)|%(?=\{)|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A sign before a brace is written by its number: doubled, it could be read as a sign and the begin of an expression. */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function unicode(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
}

function hex(point: number, digits: number): string {
  return point.toString(16).padStart(digits, '0');
}

const longestList = 90;

export function hclValue(value: HclValue, indent: string): string {
  const deeper = `${indent}  `;
  switch (value.kind) {
    case 'expression':
      return value.expression;
    case 'literal':
      return typeof value.literal === 'string' ? hclText(value.literal) : String(value.literal);
    case 'list': {
      const flat = `[${value.items.map((item) => hclValue(item, indent)).join(', ')}]`;
      return flat.length <= longestList && !flat.includes('\n')
        ? flat
        : `[\n${value.items.map((item) => `${deeper}${hclValue(item, deeper)},\n`).join('')}${indent}]`;
    }
    case 'object': {
      const pairs = value.entries.map(([key, inner]) => ({ name: hclKey(key), text: hclValue(inner, deeper) }));
      const lines = aligned(pairs).map((line) => `${deeper}${line}\n`);
      return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
    }
    default: {
      const never: never = value;
      return never;
    }
  }
}

/** Words that mean something by themselves are quoted as well. */
function hclKey(key: string): string {
  return /^[a-z_]\w*$/i.test(key) && !['true', 'false', 'null', 'if', 'for', 'in'].includes(key) ? key : hclText(key);
}

/** The signs of neighbouring lines stand below each other; a value of several lines ends the neighbourhood. */
export function aligned(pairs: readonly { name: string; text: string }[]): string[] {
  return pairs.map(({ name, text }, index) => {
    const width = text.includes('\n') ? name.length : widthAround(pairs, index);
    return `${name.padEnd(width)} = ${text}`;
  });
}

function widthAround(pairs: readonly { name: string; text: string }[], index: number): number {
  const ends = pairs.map(({ text }) => text.includes('\n'));
  const from = ends.lastIndexOf(true, index) + 1;
  const to = ends.indexOf(true, index);
  return Math.max(...pairs.slice(from, to === -1 ? pairs.length : to).map(({ name }) => name.length));
}

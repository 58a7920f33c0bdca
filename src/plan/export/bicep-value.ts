/** Values in Bicep. A text of a plan can neither end its string nor begin an expression. */
import type { Json, ResourceId } from '../plan.ts';
import { endpointOf, type Fields, isFields, isList } from './json.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '${': '\\${',
};

export function bicepText(text: string): string {
  return `'${text.replaceAll(special, (found) => escapes[found] ?? byNumber(found))}'`;
}

/** Also two slashes, but not within an address or a path: where a string begins, some readers take them for a comment. */
const special = /\\|'|\$\{|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?<![\w:]\/*)\/(?=[/*])/gu;

function byNumber(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
}

/** The expression for the address of an endpoint. */
export type AddressExpression = (endpoint: ResourceId) => string;

export function bicepValue(value: Json, address: AddressExpression, indent = ''): string {
  const endpoint = endpointOf(value);
  if (endpoint !== null) {
    return address(endpoint);
  }
  const deeper = `${indent}  `;
  if (isList(value)) {
    return block(
      value.map((item) => `${deeper}${bicepValue(item, address, deeper)}`),
      '[]',
      indent,
    );
  }
  if (isFields(value)) {
    return block(bicepFields(value, address, deeper), '{}', indent);
  }
  return typeof value === 'string' ? bicepText(value) : String(value);
}

/** The fields of an object, each beginning at `indent`. */
export function bicepFields(fields: Fields, address: AddressExpression, indent: string): string[] {
  return Object.entries(fields).map(
    ([key, value]) => `${indent}${bicepKey(key)}: ${bicepValue(value, address, indent)}`,
  );
}

function block(lines: readonly string[], brackets: string, indent: string): string {
  const [open = '', close = ''] = brackets;
  return lines.length === 0 ? brackets : `${open}\n${lines.join('\n')}\n${indent}${close}`;
}

/** Words that mean something by themselves are quoted as well. */
function bicepKey(key: string): string {
  return /^[a-z_]\w*$/i.test(key) && !['true', 'false', 'null', 'if', 'for', 'in'].includes(key) ? key : bicepText(key);
}

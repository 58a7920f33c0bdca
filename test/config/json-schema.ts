/** As much of JSON schema as the settings use, so that the shipped file is tried and not only compared. */

type Json = Record<string, unknown>;

/** What does not fit, as `path reason`; throws for a keyword that it does not know. */
export function findMismatches(schema: Json, value: unknown): string[] {
  return check(schema, value, '', schema);
}

const annotations = new Set(['$schema', '$defs', 'id', 'description', 'default']);

function check(schema: Json, value: unknown, path: string, root: Json): string[] {
  return Object.entries(schema).flatMap(([keyword, rule]) =>
    annotations.has(keyword) ? [] : checkKeyword({ keyword, rule, schema, value, path, root }),
  );
}

interface Rule {
  keyword: string;
  rule: unknown;
  schema: Json;
  value: unknown;
  path: string;
  root: Json;
}

function checkKeyword(at: Rule): string[] {
  const { keyword, rule, schema, value, path, root } = at;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const properties = (schema['properties'] ?? {}) as Json;
  switch (keyword) {
    case '$ref':
      return check((root['$defs'] as Json)[String(rule).replace('#/$defs/', '')] as Json, value, path, root);
    case 'type':
      return typeOf(value) === rule || (rule === 'integer' && Number.isInteger(value))
        ? []
        : [`${path} is no ${String(rule)}`];
    case 'enum':
      return (rule as unknown[]).includes(value) ? [] : [`${path} is none of ${(rule as unknown[]).join(', ')}`];
    case 'anyOf':
      return (rule as Json[]).some((one) => check(one, value, path, root).length === 0) ? [] : [`${path} fits nothing`];
    case 'pattern':
      return typeof value !== 'string' || new RegExp(String(rule)).test(value) ? [] : [`${path} has no such form`];
    case 'minItems':
      return !Array.isArray(value) || value.length >= Number(rule) ? [] : [`${path} is too short`];
    case 'maxItems':
      return !Array.isArray(value) || value.length <= Number(rule) ? [] : [`${path} is too long`];
    case 'items':
      return list(value).flatMap((item, index) => check(rule as Json, item, `${path}/${index}`, root));
    case 'prefixItems':
      return list(value).flatMap((item, index) => check((rule as Json[])[index] ?? {}, item, `${path}/${index}`, root));
    case 'required':
      return isObject
        ? (rule as string[]).filter((key) => !(key in value)).map((key) => `${path}/${key} is missing`)
        : [];
    case 'properties':
      return isObject
        ? Object.entries(value).flatMap(([key, item]) =>
            check((properties[key] ?? {}) as Json, item, `${path}/${key}`, root),
          )
        : [];
    case 'propertyNames':
      return isObject ? Object.keys(value).flatMap((key) => check(rule as Json, key, `${path}/${key}`, root)) : [];
    case 'additionalProperties': {
      const others = isObject ? Object.entries(value).filter(([key]) => !(key in properties)) : [];
      return others.flatMap(([key, item]) =>
        rule === false ? [`${path}/${key} is not known`] : check(rule as Json, item, `${path}/${key}`, root),
      );
    }
    case 'minimum':
      return typeof value !== 'number' || value >= Number(rule) ? [] : [`${path} is too small`];
    case 'maximum':
      return typeof value !== 'number' || value <= Number(rule) ? [] : [`${path} is too big`];
    case 'exclusiveMinimum':
      return typeof value !== 'number' || value > Number(rule) ? [] : [`${path} is too small`];
    default:
      throw new Error(`Checking the JSON schema: ${keyword} is not known here. Add it to test/config/json-schema.ts.`);
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

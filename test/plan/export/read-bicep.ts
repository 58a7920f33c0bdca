/** Reads exported Bicep: its files, and the resources, modules and parameters of each, as values. */
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import type { Json } from '../../../src/plan/plan.ts';

export interface BicepResource {
  file: string;
  name: string;
  /** Type and version, such as `Microsoft.Network/privateEndpoints@2024-05-01`. */
  type: string;
  existing: boolean;
  /** A call with texts is `{"call": NAME, "of": TEXTS}`, any other expression `{"expression": TEXT}`. */
  body: { [key: string]: Json };
}

const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
let parser: Promise<Parser> | null = null;

async function loadParser(): Promise<Parser> {
  await Parser.init();
  const made = new Parser();
  made.setLanguage(await Language.load(grammar));
  return made;
}

/** By name, in the order in which they stand in the text. */
export function filesOf(text: string): Map<string, string> {
  const files = new Map<string, string>();
  let name = '';
  for (const line of text.split('\n')) {
    const [, begun] = /^\/\/ file: (\S+)$/.exec(line) ?? [];
    name = begun ?? name;
    files.set(name, `${files.get(name) ?? ''}${line}\n`);
  }
  return files;
}

/** @returns every place that the grammar does not understand. */
export async function syntaxErrors(text: string): Promise<string[]> {
  const root = await treeOf(text);
  return all(root, (node) => node.isError || node.isMissing).map(({ text: wrong, startPosition }) => {
    return `${startPosition.row + 1}: ${wrong}`;
  });
}

async function treeOf(text: string): Promise<Node> {
  parser ??= loadParser();
  const tree = (await parser).parse(text);
  if (tree === null) {
    throw new Error('No tree.');
  }
  return tree.rootNode;
}

function all(node: Node, wanted: (node: Node) => boolean): Node[] {
  const below = node.children.flatMap((child) => (child === null ? [] : all(child, wanted)));
  return wanted(node) ? [node, ...below] : below;
}

export async function resourcesIn(text: string): Promise<BicepResource[]> {
  const found: BicepResource[] = [];
  for (const [file, content] of filesOf(text)) {
    for (const node of all(await treeOf(content), ({ type }) => type === 'resource_declaration')) {
      const [name, type, body] = named(node);
      found.push({
        file,
        name: name?.text ?? '',
        type: type === undefined ? '' : stringOf(type),
        existing: /^resource \S+ '[^']*' existing =/.test(node.text),
        body: body === undefined ? {} : (valueOf(body) as BicepResource['body']),
      });
    }
  }
  return found;
}

/** Module calls of the main file, by the name of their file. */
export async function modulesIn(text: string): Promise<Map<string, { name: string; body: { [key: string]: Json } }>> {
  const main = await treeOf(filesOf(text).get('main.bicep') ?? '');
  const calls = all(main, ({ type }) => type === 'module_declaration').map((node) => {
    const [name, file, body] = named(node);
    return [
      file === undefined ? '' : stringOf(file),
      { name: name?.text ?? '', body: (body === undefined ? {} : valueOf(body)) as { [key: string]: Json } },
    ] as const;
  });
  return new Map(calls);
}

function named(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null);
}

function valueOf(node: Node): Json {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        named(node).map((property) => {
          const [key, value] = named(property);
          const name = key?.type === 'string' ? stringOf(key) : (key?.text ?? '');
          return [name, value === undefined ? null : valueOf(value)];
        }),
      );
    case 'array':
      return named(node).map(valueOf);
    case 'string':
      return stringOf(node);
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'null':
      return null;
    case 'call_expression': {
      const [called, given] = named(node);
      const values = given === undefined ? [] : named(given).map(valueOf);
      return values.every((value) => typeof value === 'string')
        ? { call: called?.text ?? '', of: values }
        : { expression: node.text };
    }
    default:
      return { expression: node.text };
  }
}

const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** As Bicep's own documentation says how a string is written; an interpolation is an error. */
function stringOf(node: Node): string {
  const inner = node.text.slice(1, -1);
  return inner.replaceAll(/\\u\{([0-9a-f]+)\}|\\(.)|\$\{/g, (found, point?: string, character?: string) => {
    if (found === '${') {
      throw new Error(`An interpolation: ${node.text}`);
    }
    return point === undefined
      ? (escaped[character ?? ''] ?? character ?? '')
      : String.fromCodePoint(Number.parseInt(point, 16));
  });
}

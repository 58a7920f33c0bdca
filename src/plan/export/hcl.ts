/** Terraform's blocks, laid out as its own formatter does. */
import { aligned, hclText, type HclValue, hclValue } from './hcl-value.ts';
import { oneLine } from './one-line.ts';

export type HclEntry = { kind: 'attribute'; name: string; value: HclValue } | HclBlock;

export interface HclBlock {
  kind: 'block';
  type: string;
  labels: readonly string[];
  entries: readonly HclEntry[];
}

export function attribute(name: string, value: HclValue): HclEntry {
  return { kind: 'attribute', name, value };
}

export function block(type: string, labels: readonly string[], entries: readonly HclEntry[]): HclBlock {
  return { kind: 'block', type, labels, entries };
}

export function hclComment(text: string): string {
  return `# ${oneLine(text)}`.trimEnd();
}

export function hclLines({ type, labels, entries }: HclBlock, indent = ''): string[] {
  const head = [type, ...labels.map(hclText)].join(' ');
  return entries.length === 0
    ? [`${indent}${head} {}`]
    : [`${indent}${head} {`, ...entryLines(entries, `${indent}  `), `${indent}}`];
}

/** Blocks stand apart by an empty line. */
function entryLines(entries: readonly HclEntry[], indent: string): string[] {
  const next = entries.findIndex((entry) => entry.kind === 'block');
  const attributes = (next === -1 ? entries : entries.slice(0, next)).flatMap((entry) =>
    entry.kind === 'attribute' ? [{ name: entry.name, text: hclValue(entry.value, indent) }] : [],
  );
  const lines = aligned(attributes).flatMap((line) => `${indent}${line}`.split('\n'));
  const found = entries[next];
  if (found?.kind !== 'block') {
    return lines;
  }
  const rest = entryLines(entries.slice(next + 1), indent);
  return [...lines, ...gap(lines), ...hclLines(found, indent), ...(rest.length === 0 ? [] : ['', ...rest])];
}

function gap(before: readonly string[]): string[] {
  return before.length === 0 ? [] : [''];
}

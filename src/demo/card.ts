/** Reads an Adaptive Card the way a person does: its texts from top to bottom, its fields, its buttons. */

interface Node {
  type?: string;
  [key: string]: unknown;
}

export type Card = Node;

function children(node: Node): Node[] {
  return ['body', 'items', 'columns', 'actions', 'rows', 'cells', 'facts', 'inlines'].flatMap((key) => {
    const value = node[key];
    return Array.isArray(value) ? (value as Node[]) : [];
  });
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function walk(node: Node): Node[] {
  return [node, ...children(node).flatMap(walk)];
}

export function buttonsOf(card: Card | null): { verb: string; title: string; token: string }[] {
  return (card === null ? [] : walk(card))
    .filter((node) => node.type === 'Action.Execute')
    .map((node) => ({
      verb: words(node['verb']),
      title: words(node['title']),
      token: words((node['data'] as Node | undefined)?.['token']),
    }));
}

export function tokenOf(card: Card | null, verb: string): string | null {
  return buttonsOf(card).find((button) => button.verb === verb)?.token ?? null;
}

/** A sign, a line and a word in three columns read as one line; whole columns read one after the other. */
function besideEachOther(columns: string[][]): string[] {
  const filled = columns.filter((texts) => texts.length > 0);
  const longest = filled.find((texts) => texts.length > 1);
  if (longest === undefined) {
    return [filled.flat().join(' ')];
  }
  const sign = filled[0]?.length === 1 && (filled[0][0]?.length ?? 0) <= 2 ? filled[0][0] : undefined;
  if (sign === undefined) {
    return filled.flat();
  }
  const [, main = [], ...others] = filled;
  const [first = '', ...rest] = main;
  return [[sign, first, ...others.flat()].join(' '), ...rest.map((text) => `  ${text}`)];
}

export function hasButton(card: Card | null, verb: string): boolean {
  return buttonsOf(card).some((button) => button.verb === verb);
}

function inputsOf(card: Card | null): Node[] {
  return (card === null ? [] : walk(card)).filter((node) => node.type?.startsWith('Input.') === true);
}

export function fieldLabels(card: Card | null): { id: string; label: string }[] {
  return inputsOf(card).map((node) => ({ id: words(node['id']), label: words(node['label']) }));
}

/** What the fields hold already. */
export function inputValues(card: Card | null): Record<string, string> {
  return Object.fromEntries(inputsOf(card).map((node) => [words(node['id']), words(node['value'])]));
}

/** Every text of the card, a line each. */
export function linesOf(card: Card | null): string[] {
  return (card === null ? [] : textsOf(card)).map((line) => line.trimEnd()).filter((line) => line.trim() !== '');
}

function textsOf(node: Node): string[] {
  if (node.type === 'TextBlock') {
    return [words(node['text'])];
  }
  if (node.type === 'RichTextBlock') {
    return [
      children(node)
        .map((inline) => words(inline['text']))
        .join(''),
    ];
  }
  if (node.type === 'FactSet') {
    return children(node).map((fact) => `${words(fact['title'])}: ${words(fact['value'])}`);
  }
  if (node.type?.startsWith('Input.') === true) {
    return typeof node['label'] === 'string' ? [`[${node['label']}] ${words(node['value'])}`] : [];
  }
  if (node.type === 'ColumnSet') {
    return besideEachOther(children(node).map((column) => textsOf(column)));
  }
  return children(node).flatMap(textsOf);
}

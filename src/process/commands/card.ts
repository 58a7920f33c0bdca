/** `causeway card`: shows one of our cards the way a platform gets it, or translates any Adaptive Card. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderAsText } from '../../cards/as-text.ts';
import { runCardStdin, type StdinResult } from '../../cards/block-kit/stdin.ts';
import { printBlockKit } from '../../cards/block-kit/print.ts';
import { toBlockKit } from '../../cards/block-kit/to-block-kit.ts';
import { fillCard } from '../../cards/fill.ts';
import { cardNames } from '../../cards/templates.ts';
import { renderForTeams } from '../../channels/teams/render.ts';
import type { CardContent, CardName } from '../../flows/card.ts';

const cardUsage = 'card NAME --data FILE --to teams|slack|text, or card --stdin --to slack';

export function cardCommand(args: string[]): number {
  const text = { type: 'string' } as const;
  const options = { data: text, to: text, stdin: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.stdin === true && values.to === 'slack' && positionals.length === 0) {
    const result = translateStdin();
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    return result.exitCode;
  }
  const [name] = positionals;
  if (name === undefined || values.data === undefined || values.to === undefined) {
    process.stderr.write(`Usage: causeway ${cardUsage}\n`);
    return 2;
  }
  process.stdout.write(`${renderCard({ name, dataFile: values.data, to: values.to })}\n`);
  return 0;
}

interface CardRequest {
  name: string;
  dataFile: string;
  to: string;
}

/** What goes to standard output. @throws {Error} which says what to write instead */
export function renderCard({ name, dataFile, to }: CardRequest): string {
  const known = cardNames.find((one) => one === name);
  if (known === undefined) {
    throw new Error(`There is no card “${name}”. Write one of: ${cardNames.join(', ')}.`);
  }
  const content = contentOf(known, dataFile);
  switch (to) {
    case 'teams':
      return JSON.stringify(renderForTeams(content), null, 2);
    case 'slack':
      return printBlockKit(toBlockKit(fillCard(content, { allChoices: true }), { markdown: false })).trimEnd();
    case 'text':
      return renderAsText(content);
    default:
      throw new Error(`Cards cannot be shown for “${to}”. Write --to teams, --to slack or --to text.`);
  }
}

/** Reads all of standard input; a pure function of it. */
function translateStdin(): StdinResult {
  return runCardStdin(readFileSync(0, 'utf8'));
}

/** The samples beside the templates settle the shape: what is missing is empty, what is too much is not shown. */
function contentOf(name: CardName, dataFile: string): CardContent {
  try {
    return { name, data: JSON.parse(readFileSync(dataFile, 'utf8')) as unknown } as CardContent;
  } catch (error) {
    throw new Error(`Reading ${dataFile}: ${String(error)}. Write JSON such as cards/${name}.sample.json.`, {
      cause: error,
    });
  }
}

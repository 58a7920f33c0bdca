/** `causeway card --stdin --to slack` (CONTRACTS.md section 5): text in, text out, and nothing else. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import { fillTemplate } from './fill-template.ts';
import { type BlockKitTranslation, toBlockKit } from './to-block-kit.ts';

export interface StdinResult {
  stdout: string;
  stderr: string;
  exitCode: 0 | 2;
}

/** One card, or one `{"id","card","data"?}` on each line. Lines that cannot be read are named; the others are translated. */
export function runCardStdin(input: string): StdinResult {
  const text = input.replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    return refused('Reading standard input: it is empty. Send an Adaptive Card as JSON.');
  }
  const whole = parse(text);
  if (isCard(whole)) {
    return { stdout: `${JSON.stringify(toBlockKit(whole))}\n`, stderr: '', exitCode: 0 };
  }
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const results = lines.filter(({ line }) => line !== '').map(({ line, number }) => translateLine(line, number));
  const problems = results.flatMap((result) => ('problem' in result ? [result.problem] : []));
  const stdout = results.flatMap((result) => ('output' in result ? [`${result.output}\n`] : [])).join('');
  return problems.length === 0 ? { stdout, stderr: '', exitCode: 0 } : { ...refused(oneLine(problems)), stdout };
}

function refused(message: string): StdinResult {
  return { stdout: '', stderr: `${message}\n`, exitCode: 2 };
}

function oneLine(problems: readonly string[]): string {
  const more = problems.length - 1;
  return `${problems[0] ?? ''}${more === 0 ? '' : ` (and ${more} more like it)`}`.replaceAll(/\s+/g, ' ');
}

function translateLine(line: string, number: number): { output: string } | { problem: string } {
  const entry = parse(line);
  if (entry === undefined) {
    return {
      problem: `Reading line ${number}: it is no JSON. Send one Adaptive Card, or {"id","card","data"} on each line.`,
    };
  }
  const card = isObject(entry) ? entry['card'] : undefined;
  if (!isObject(entry) || !isCard(card)) {
    return {
      problem: `Reading line ${number}: it holds no Adaptive Card. Send one card, or {"id","card","data"} on each line.`,
    };
  }
  const { data } = entry;
  const translated = data === undefined || data === null ? toBlockKit(card) : translateTemplate(card, data);
  if (translated === null) {
    return { problem: `Filling the card of line ${number}: nothing is left of it. Look at its "$when" and "$data".` };
  }
  return { output: JSON.stringify({ id: entry['id'] ?? null, ...translated }) };
}

function translateTemplate(card: JsonObject, data: unknown): BlockKitTranslation | null {
  const filled = fillTemplate(card, data);
  if (!isCard(filled.card)) {
    return null;
  }
  return toBlockKit(filled.card, { lostBefore: filled.losses });
}

function isCard(value: unknown): value is JsonObject {
  return isObject(value) && value['type'] === 'AdaptiveCard';
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One call of the Azure CLI as text. */
import type { Json } from '../plan.ts';
import { canonicalJson } from '../hash.ts';
import { isFields } from './json.ts';
import { quoted } from './shell.ts';

/** A word that is not quoted: a variable of the script, or JSON that is quoted already. */
export interface ShellWord {
  shell: string;
}

export interface AzOption {
  name: string;
  values: readonly (string | ShellWord)[];
}

/** A command, and the body that the Azure CLI sends for it. */
export interface AzCommand {
  words: readonly string[];
  options: readonly AzOption[];
  sends: Json;
}

export function option(name: string, ...values: readonly (string | ShellWord)[]): AzOption {
  return { name, values };
}

/** One option per line. */
export function commandLines({ words, options }: Pick<AzCommand, 'words' | 'options'>): string[] {
  const parts = options.map(({ name, values }) => [`--${name}`, ...values.map(wordOf)].join(' '));
  const lines = [['az', ...words].join(' '), ...parts.map((part) => `  ${part}`)];
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line} \\`));
}

function wordOf(value: string | ShellWord): string {
  return typeof value === 'string' ? quoted(value) : value.shell;
}

/**
 * Whether the command does what the plan says: it sends the same body, and no value means something else to the Azure
 * CLI, as a leading dash (an option), @ (a file), quote or bracket (its own notation) would.
 */
export function says(command: AzCommand, body: Json): boolean {
  const values = command.options.flatMap(({ values: words }) => words);
  return (
    canonicalJson(command.sends) === canonicalJson(body) &&
    values.every((value) => typeof value !== 'string' || isPlain(value))
  );
}

function isPlain(text: string): boolean {
  return text === '@' || (/^[\p{L}\p{N}_*/(<][^\r\n]*$/u.test(text) && text !== 'null');
}

/** `key=value` words; no option when there are none. */
export function tagsOption(tags: Json | undefined): AzOption[] {
  if (!isFields(tags)) {
    return [];
  }
  const words = Object.entries(tags).map(([key, value]) => (isTag(key, value) ? `${key}=${value}` : '-'));
  return words.length === 0 ? [] : [option('tags', ...words)];
}

/** Anything else has to be given as JSON: a dash makes the command one that does not say what it should. */
function isTag(key: string, value: Json): value is string {
  return (
    typeof value === 'string' &&
    isPlain(key) &&
    !key.includes('=') &&
    /^[\p{L}\p{N}_*/(<:.+ -][^\r\n]*$/u.test(value) &&
    value !== 'null'
  );
}

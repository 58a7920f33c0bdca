/** Text with its looks, before it is known in which of Slack's forms it is shown. */
export interface Run {
  text: string;
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
  /** A web address that `webAddress` let through. */
  url?: string;
}

export type Look = Omit<Run, 'text'>;

/** What stands between two line breaks; an empty line has no runs. */
export type Line = readonly Run[];

export function wordsOf(lines: readonly Line[]): string {
  return lines.map((line) => line.map((run) => run.text).join('')).join('\n');
}

/** The lines with one more look on everything, as when a whole paragraph is bold. */
export function withLook(lines: readonly Line[], look: Look): Line[] {
  return lines.map((line) => line.map((run) => ({ ...run, ...look })));
}

export function hasLink(lines: readonly Line[]): boolean {
  return lines.some((line) => line.some((run) => run.url !== undefined));
}

/** True when a reader would see nothing. */
export function isBlank(text: string): boolean {
  return text.replaceAll(/[\s\p{Cf}\p{Cc}\u3164\u115F\u1160]/gu, '') === '';
}

/** Neighbours of one look become one run, and runs without text go. */
export function mergeRuns(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last !== undefined && sameLook(last, run)) {
      merged[merged.length - 1] = { ...last, text: last.text + run.text };
    } else if (run.text !== '') {
      merged.push(run);
    }
  }
  return merged;
}

function sameLook(one: Run, other: Run): boolean {
  return (
    one.bold === other.bold &&
    one.italic === other.italic &&
    one.strike === other.strike &&
    one.code === other.code &&
    one.url === other.url
  );
}

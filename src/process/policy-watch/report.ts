/** What `causeway policy diff` prints: each section that differs, what is new in it, and the rules to read again. */
import type { SectionDifference } from './compare.ts';
import type { KnownDocument, Rule } from './table-files.ts';

export interface Report {
  document: KnownDocument;
  /** Title and date of the new edition. */
  title: string;
  date: string | null;
  differences: readonly SectionDifference[];
  rules: readonly Rule[];
}

export function reportText(report: Report): string {
  const { document, differences } = report;
  const parts = differences.map((difference) => [headingLine(difference), ...linesOf(difference, report)].join('\n'));
  return [headLines(report).join('\n'), ...parts, summaryText(document, differences, report.rules)].join('\n\n');
}

function headLines({ document, title, date }: Report): string[] {
  return [
    `${document.title} (${document.id})`,
    `In force: the edition ${dated(document.date)}. New: the edition ${dated(date)}.`,
    ...(title === '' || title === document.title ? [] : [`Its title is now: ${title}`]),
  ];
}

function dated(date: string | null): string {
  return date === null ? 'without a date' : `of ${date}`;
}

function headingLine(difference: SectionDifference): string {
  switch (difference.kind) {
    case 'came':
      return `Came: ${difference.heading}`;
    case 'went':
      return `Went: ${difference.heading}`;
    case 'renamed':
      return `Renamed: ${difference.heading} → ${difference.to}`;
    case 'changed':
      return `Changed: ${difference.heading}`;
    default: {
      const never: never = difference;
      return never;
    }
  }
}

function linesOf(difference: SectionDifference, { document, rules }: Report): string[] {
  const sentences = difference.kind === 'went' ? [] : difference.newSentences;
  const gone = difference.kind === 'came' ? 0 : difference.goneSentences;
  const resting = rulesOn(document, difference, rules);
  return [
    ...sentences.map((sentence) => `  + “${sentence}”`),
    ...(gone === 0 ? [] : [`  − ${counted(gone, 'sentence')} went`]),
    ...(resting.length === 0
      ? ['  No rule rests on it.']
      : [`  ${counted(resting.length, 'rule')} on it:`, ...resting.map(({ name, note }) => `    ${name}: ${note}`)]),
  ];
}

function rulesOn(document: KnownDocument, { heading }: SectionDifference, rules: readonly Rule[]): Rule[] {
  return rules.filter((rule) => rule.document === document.id && rule.section === heading);
}

function summaryText(
  document: KnownDocument,
  differences: readonly SectionDifference[],
  rules: readonly Rule[],
): string {
  if (differences.length === 0) {
    return 'Nothing has changed.';
  }
  const resting = new Set(differences.flatMap((difference) => rulesOn(document, difference, rules)));
  const advice = 'Read the rules against the new text, then run this again with --accept.';
  return `${counted(differences.length, 'section')} changed, ${counted(resting.size, 'rule')} to read again. ${advice}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `causeway triage`: verdicts about answers or free text, JSON Lines in and out (CONTRACTS.md section 3). */
import { parseAnswers, type TriageAnswers } from '../../policy/facts-asked.ts';
import { triage, unsettledBy } from '../../policy/triage.ts';
import { understand } from '../../policy/understand.ts';
import { type Answer, answerLines, type LineCommand } from './json-lines.ts';

export async function triageCommand(args: string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write('Usage: causeway triage < LINES, such as {"id":"1","text":"prod is down"}\n');
    return 2;
  }
  return await answerLines(triageLines);
}

export const triageLines: LineCommand = { keys: ['id', 'answers', 'text'], answer: judgeLine };

function judgeLine(fields: Readonly<Record<string, unknown>>): Answer {
  const { answers = null, text = null } = fields;
  if (answers !== null && text !== null) {
    return { error: 'Reading the line: it has both "answers" and "text". Write one of them.' };
  }
  if (typeof text === 'string') {
    const understood = understand(text);
    return verdictOn(understood.answers, understood.answers);
  }
  if (text !== null) {
    return { error: 'Reading the line: "text" must be text, such as "prod is down".' };
  }
  if (answers === null) {
    return { error: 'Reading the line: it has neither "answers" nor "text". Write one of them.' };
  }
  const parsed = parseAnswers(answers);
  return parsed.error === undefined ? verdictOn(parsed.answers, answers) : { error: parsed.error };
}

/** @param echoed As they were given, or every key when they were read from text. */
function verdictOn(known: TriageAnswers, echoed: unknown): Answer {
  const { scope, route, responsible, severity, target, because } = triage(known);
  return {
    result: {
      scope,
      route,
      responsible,
      severity,
      target,
      because: because.map(({ source, section, note }) => ({ source, section, note })),
      ask: unsettledBy(known),
      answers: echoed,
    },
  };
}

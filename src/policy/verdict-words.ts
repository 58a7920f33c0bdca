/**
 * How verdicts read, and which door is the next one. The words are `tables/verdict-words.json`: something that a person
 * can do without the provider says who does it and how, and never reads as a plain no.
 */
import { z } from 'zod/v4';
import { conditionSchema, holds } from './condition.ts';
import { answerKeys, parseAnswers, type TriageAnswers } from './facts-asked.ts';
import { parties, type Responsible, type Route, routes, type Scope, scopes } from './scope.ts';
import { severities, type Severity } from './severity.ts';
import { each, readTableFile, refuseRepeated } from './table-file.ts';
import wordsJson from './tables/verdict-words.json' with { type: 'json' };
import { triageVocabulary } from './triage-vocabulary.ts';

/** The answers of somebody who has done what the route asks; null: not known any more. */
export type DoneAnswers = Readonly<Partial<TriageAnswers>>;

const words = z.string().min(1);

const doneAnswersSchema = z
  .partialRecord(z.enum(answerKeys), z.union([z.string(), z.boolean(), z.null()]))
  .transform((raw, check): DoneAnswers => {
    const { answers, error } = parseAnswers(raw);
    if (error !== undefined) {
      check.issues.push({ code: 'custom', message: error, input: raw });
      return z.NEVER;
    }
    const named = Object.entries(answers).filter(([key]) => Object.hasOwn(raw, key));
    return Object.fromEntries(named);
  });

const routeSchema = z.strictObject({
  headline: words,
  way: words,
  next: words,
  wouldBe: words,
  done: z.strictObject({ button: words, answers: doneAnswersSchema }).optional(),
});

const wordsSchema = z.strictObject({
  about: words,
  scopes: z.strictObject(each(scopes, words)),
  responsible: z.strictObject(each(parties, words)),
  severities: z.strictObject(each(severities, words)),
  routes: z.strictObject(each(routes, routeSchema)),
  rows: z.array(
    z.strictObject({
      row: words,
      route: z.enum(routes),
      when: conditionSchema(triageVocabulary),
      warns: z.boolean().default(false),
      headline: words,
      next: words,
    }),
  ),
});

const verdictWords = readVerdictWords(wordsJson);

/** @throws {PolicyTableError} when a scope, party, severity or way has no words. */
export function readVerdictWords(json: unknown): z.infer<typeof wordsSchema> {
  const read = readTableFile('verdict-words', json, wordsSchema);
  refuseRepeated('verdict-words', read.rows);
  return read;
}

export function scopeText(scope: Scope): string {
  return verdictWords.scopes[scope];
}

export function responsibleText(party: Responsible): string {
  return verdictWords.responsible[party];
}

export function severityText(severity: Severity): string {
  return verdictWords.severities[severity];
}

/** Completes "It would be … if". */
export function wouldBeText(route: Route): string {
  return verdictWords.routes[route].wouldBe;
}

/** The way in a few words: "A ticket", "Your network team". */
export function wayText(route: Route): string {
  return verdictWords.routes[route].way;
}

/** What the person does now. */
export function nextText(route: Route, answers: TriageAnswers): string {
  return doorOf(route, answers).next;
}

interface Decided {
  route: Route;
  responsible: Responsible | null;
  severity: Severity | null;
}

/** One line that says whether it is supported, and who does what. */
export function headlineText({ route, responsible, severity }: Decided, answers: TriageAnswers): string {
  return doorOf(route, answers)
    .headline.replace(' {responsible}.', responsible === null ? '' : ` ${responsibleText(responsible)}.`)
    .replace(' {severity}.', severity === null ? '' : ` ${severityText(severity)}.`);
}

/** Whether the way needs care, because there is none back. */
export function needsCare(route: Route, answers: TriageAnswers): boolean {
  return doorOf(route, answers).warns;
}

function doorOf(route: Route, answers: TriageAnswers): { headline: string; next: string; warns: boolean } {
  const door = verdictWords.rows.find((row) => row.route === route && holds(row.when, answers));
  return door ?? { ...verdictWords.routes[route], warns: false };
}

/** Where the route asks the person to do something first: the button of somebody who has, and what follows from it. */
export function doneOf(route: Route): { button: string; answers: DoneAnswers } | null {
  return verdictWords.routes[route].done ?? null;
}

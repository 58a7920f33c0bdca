/** How verdicts read. The words are `tables/verdict-words.json`. */
import { z } from 'zod/v4';
import { parties, type Responsible, type Route, routes } from './scope.ts';
import { severities, type Severity } from './severity.ts';
import { each, readTableFile } from './table-file.ts';
import wordsJson from './tables/verdict-words.json' with { type: 'json' };

const words = z.string().min(1);

const verdictWords = readTableFile(
  'verdict-words',
  wordsJson,
  z.strictObject({
    about: words,
    responsible: z.strictObject(each(parties, words)),
    severities: z.strictObject(each(severities, words)),
    routes: z.strictObject(each(routes, z.strictObject({ next: words, wouldBe: words }))),
  }),
);

export function responsibleText(party: Responsible): string {
  return verdictWords.responsible[party];
}

export function severityText(severity: Severity): string {
  return verdictWords.severities[severity];
}

/** `next`: what the person does now. `wouldBe` completes "It would be … if". */
export function routeText(route: Route): { next: string; wouldBe: string } {
  return verdictWords.routes[route];
}

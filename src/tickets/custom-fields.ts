/** What is known of a ticket, put into the desk's own fields where the settings name one for it. */
import type { TicketRequest } from '../flows/effect.ts';

/** By the names under which the settings give numbers of fields, such as `environment`. */
export type TicketFacts = Readonly<Record<string, string>>;

export function factsOf(caseId: string, request: Pick<TicketRequest, 'facts'>): TicketFacts {
  return { ...request.facts, case: caseId };
}

/** A fact without a field is left out, and a field without a fact is left as the desk fills it. */
export function customFieldsOf(
  fields: Readonly<Record<string, number>>,
  facts: TicketFacts,
): { id: number; value: string }[] {
  return Object.entries(fields).flatMap(([name, id]) => {
    const value = Object.hasOwn(facts, name) ? (facts[name] ?? '') : '';
    return value === '' ? [] : [{ id, value }];
  });
}

/** Plans as they were made, each step with what stood there before and what would stand there after. */
import type { OpenEntry } from './entry.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import type { Body, PlanStepTold, PlanTold } from './model.ts';
import { findingText, planHeadline } from './notes.ts';
import { groundText, lastPart, plainWords, prettyJson } from './words.ts';

export interface StoredPlan {
  id: string;
  seq: number;
  at: string;
  plan: JsonObject;
}

export function plansIn(entries: readonly OpenEntry[]): StoredPlan[] {
  return entries.flatMap((entry) => [...madeIn(entry), ...undoIn(entry)]);
}

function madeIn({ seq, at, payload }: OpenEntry): StoredPlan[] {
  return objectsOf(payload['projections'])
    .filter((projection) => projection['type'] === 'plan-made')
    .map((projection) => ({ id: textOf(projection['planId']), seq, at, plan: objectOf(projection['plan']) }));
}

/** The way back is a plan of its own, with an approval of its own. */
function undoIn({ seq, at, changed, state }: OpenEntry): StoredPlan[] {
  const { id, plan } = objectOf(changed['undo']);
  return state === 'undo-planned' && isObject(plan) ? [{ id: textOf(id), seq, at, plan }] : [];
}

export function tellPlan({ seq, at, plan }: StoredPlan): PlanTold {
  return {
    seq,
    at,
    hash: textOf(plan['hash']),
    headline: planHeadline(plan),
    because: objectsOf(plan['because']).map(groundText),
    findings: objectsOf(plan['findings']).map(findingText),
    reach: objectsOf(plan['reach']).map(
      (reach) => `${textsOf(reach['from']).join(', ')} can then reach ${textsOf(reach['to']).join('; ')}`,
    ),
    promises: promisesOf(objectOf(plan['promises'])),
    steps: objectsOf(plan['steps']).map(tellStep),
  };
}

function promisesOf(promises: JsonObject): string[] {
  const from = textsOf(promises['from']).map(lastPart).join(', ');
  const port = textOf(promises['port']);
  return objectsOf(promises['names']).map((name) => {
    const address = textOf(name['address']);
    return `${textOf(name['name'])}${address === '' ? '' : ` leads to ${address}`}${from === '' ? '' : ` in ${from}`}${port === '' ? '' : `, port ${port}`}`;
  });
}

function bodyOf(value: unknown, none: string): Body {
  const json = prettyJson(value);
  return json === null ? { words: none } : { json };
}

function tellStep(step: JsonObject): PlanStepTold {
  return {
    title: textOf(step['title']) || textOf(step['id']),
    change: plainWords(textOf(step['change'])),
    resource: textOf(step['resource']),
    // The way back does not say again what the plan had made.
    before: bodyOf(step['before'], 'before' in step ? 'nothing there' : 'as the plan had made it'),
    after: bodyOf(step['body'], step['change'] === 'delete' ? 'nothing there' : 'left as it is'),
  };
}

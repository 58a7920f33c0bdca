/** What was sent to Azure, when, and what Azure answered: the last that is told of each step. */
import type { OpenEntry } from './entry.ts';
import { objectsOf, textOf } from './json.ts';
import type { WriteTold } from './model.ts';
import { plainWords, prettyJson } from './words.ts';

export function writesIn(entries: readonly OpenEntry[], stepTitles: ReadonlyMap<string, string>): WriteTold[] {
  const last = new Map<string, WriteTold>();
  for (const { seq, event, payload } of entries) {
    for (const write of objectsOf(payload['writes'])) {
      const stepId = textOf(write['stepId']);
      last.set(`${textOf(event['planId'])} ${stepId}`, {
        seq,
        title: stepTitles.get(stepId) ?? stepId,
        status: plainWords(textOf(write['status'])),
        startedAt: textOf(write['startedAt']),
        finishedAt: textOf(write['finishedAt']),
        request: prettyJson(write['request']),
        answer: prettyJson(write['answer']),
        error: prettyJson(write['error']),
        etag: textOf(write['etag']),
      });
    }
  }
  return [...last.values()].toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}

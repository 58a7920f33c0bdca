/** What was sent to Azure, when, and what Azure answered: the last that is told of each step. */
import type { OpenEntry } from './entry.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
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
        answer: prettyJson(withoutRequests(write['answer'])),
        error: prettyJson(withoutRequests(write['error'])),
        etag: textOf(write['etag']),
        requests: requestsOf(write),
      });
    }
  }
  return [...last.values()].toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}

/** They stand beside what Azure answered, or why it failed. */
function requestsOf({ answer, error }: JsonObject): string[] {
  const sent = [...objectsOf(objectOf(answer)['azureRequests']), ...objectsOf(objectOf(error)['azureRequests'])];
  return [...new Set(sent.map(requestText))];
}

function requestText({ correlationId, method, requestId, status }: JsonObject): string {
  const ids = [
    ['correlation id', textOf(correlationId)],
    ['request id', textOf(requestId)],
  ].filter(([, id]) => id !== '');
  const known = ids.length === 0 ? 'Azure gave no ids' : ids.map(([name, id]) => `${name} ${id}`).join(', ');
  return `${textOf(method)}, answered ${textOf(status)}: ${known}`;
}

/** Null when nothing else was answered. */
function withoutRequests(value: unknown): unknown {
  if (!isObject(value)) {
    return value;
  }
  const { azureRequests: _azureRequests, ...rest } = value;
  return Object.keys(rest).length === 0 ? null : rest;
}

/** What stands there at the end, in a form that is the same for every run in which nothing went wrong. */
import { openWorld } from '../../src/demo/world.ts';
import { personAt } from './person.ts';
import { reply } from './journeys.ts';
import type { Rig } from './rig.ts';

export interface Outcome {
  /** Resources by id, without what differs from run to run. */
  resources: Readonly<Record<string, unknown>>;
  /** Tickets that came from the bot, with their comments. */
  tickets: readonly unknown[];
  /** How often each message of the bot stands on the page, by conversation and words. */
  messages: Readonly<Record<string, number>>;
}

const rooms = [
  ['requester', 'team'],
  ['approver-1', 'on-call'],
  ['agent', 'support'],
] as const;

export async function readOutcome(rig: Rig): Promise<Outcome> {
  const world = openWorld(rig.armUrl, rig.zendeskUrl);
  const tickets = (await world.tickets()).filter((ticket) => ticket.external_id !== null);
  return {
    resources: plain(await world.resources()) as Record<string, unknown>,
    tickets: tickets.map(({ subject, status, priority, comments }) =>
      plain({
        subject,
        status,
        priority,
        comments: comments.map(({ body, public: isPublic }) => ({ body, isPublic })),
      }),
    ),
    messages: await countMessages(rig),
  };
}

async function countMessages(rig: Rig): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [person, room] of rooms) {
    const messages = await personAt(rig.botUrl, person, room).read();
    for (const message of messages.filter((known) => known.from === 'causeway')) {
      const key = `${room}: ${plainText(message.text)}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

/** Etags, guids and times are new in every run; ids of cases too. */
const passing: ReadonlySet<string> = new Set(['etag', 'resourceGuid', 'createdTime', 'changedTime', 'lastModified']);

function plain(value: unknown): unknown {
  if (typeof value === 'string') {
    return plainText(value);
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([key]) => !passing.has(key));
  return Object.fromEntries(
    entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, part]) => [key, plain(part)]),
  );
}

function plainText(text: string): string {
  return text
    .replaceAll(/case-[0-9a-f]{20}/g, 'CASE')
    .replaceAll(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b( \d+ \w{3})?/g, 'DAY')
    .replaceAll(/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, 'TIME')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, 'DATE');
}

/** In words, what is not as it is without a kill; empty when all is well. */
export function differences(expected: Outcome, found: Outcome): string[] {
  return [
    ...differing('resource', expected.resources, found.resources),
    ...differing('message', expected.messages, found.messages),
    ...(JSON.stringify(expected.tickets) === JSON.stringify(found.tickets)
      ? []
      : [`tickets: ${JSON.stringify(found.tickets)} instead of ${JSON.stringify(expected.tickets)}`]),
  ];
}

function differing(
  what: string,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return names
    .filter((name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]))
    .map((name) => `${what} ${name}: ${JSON.stringify(found[name])} instead of ${JSON.stringify(expected[name])}`);
}

/** What a run without a kill has to show, so that comparing with it means something. */
export function unconvincing(journey: 'connect' | 'ticket', outcome: Outcome): string[] {
  const sent = JSON.stringify(outcome.tickets).split(reply).length - 1;
  const peerings = Object.keys(outcome.resources).filter((id) => /\/virtualnetworkpeerings\/causeway/.test(id));
  if (journey === 'connect') {
    return peerings.length === 2 ? [] : [`there are ${peerings.length} peerings of the bot instead of 2`];
  }
  return outcome.tickets.length === 1 && sent === 1
    ? []
    : [`there are ${outcome.tickets.length} tickets with ${sent} replies instead of one with one`];
}

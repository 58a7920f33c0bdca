/** What stands there at the end, in a form that is the same for every run in which nothing went wrong. */
import { setTimeout as wait } from 'node:timers/promises';
import { linesOf } from '../../src/demo/card.ts';
import { openWorld } from '../../src/demo/world.ts';
import { personAt } from './person.ts';
import { type Place, reply, type Scenario } from './scenarios.ts';

export interface Outcome {
  /** Resources by id, without what differs from run to run. */
  resources: Readonly<Record<string, unknown>>;
  /** Tickets that came from the bot, with their comments. */
  tickets: readonly unknown[];
  /** How often each message of the bot stands on the page, by conversation, words and card. */
  messages: Readonly<Record<string, number>>;
}

const rooms = [
  ['requester', 'team'],
  ['approver-1', 'on-call'],
  ['agent', 'support'],
  ['requester', 'dm-requester'],
] as const;

export async function readOutcome(place: Place): Promise<Outcome> {
  const world = openWorld(place.armUrl, place.zendeskUrl);
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
    messages: await countMessages(place),
  };
}

/** Once nothing changes any more: the last edits of the cards come a moment after what they tell of. */
export async function settledOutcome(place: Place): Promise<Outcome> {
  let last = await readOutcome(place);
  for (let same = 0; same < 4; ) {
    await wait(150);
    const next = await readOutcome(place);
    same = JSON.stringify(next) === JSON.stringify(last) ? same + 1 : 0;
    last = next;
  }
  return last;
}

async function countMessages(place: Place): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [person, room] of rooms) {
    const messages = await personAt(place.botUrl, person, room).read();
    for (const message of messages.filter((known) => known.from === 'causeway')) {
      const key = `${room}: ${plainText([message.text, ...linesOf(message.card)].join(' | '))}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

/** Etags, guids and times are new in every run; ids of cases too. */
const passing: ReadonlySet<string> = new Set([
  'etag',
  'resourceGuid',
  'linkIdentifier',
  'createdTime',
  'changedTime',
  'lastModified',
]);

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
    entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, part]) => [plainText(key), plain(part)]),
  );
}

function plainText(text: string): string {
  return text
    .replaceAll(/case-[0-9a-f]{20}/g, 'CASE')
    .replaceAll(/(?<!\/subscriptions\/)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'GUID')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b( \d+ \w{3})?/g, 'DAY')
    .replaceAll(/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, 'TIME')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, 'DATE')
    .replaceAll(/\b\d+ h(?: \d+ min)?(?= of office time\b)/g, 'A WHILE')
    .replaceAll(/\b\d+(?:\.\d+)? (?:s|ms|seconds?|minutes?|min)\b/g, 'A WHILE');
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
  return names.flatMap((name) => {
    const [wanted, is] = [expected[name], found[name]].map((value) => JSON.stringify(value) ?? 'nothing') as [
      string,
      string,
    ];
    return wanted === is ? [] : [`${what} ${name}: ${fromDifference(is, wanted)}`];
  });
}

const shownBefore = 60;
const shownAfter = 200;

/** From a little before the place where they part. */
function fromDifference(is: string, wanted: string): string {
  const same = Array.from(is, (letter, index) => letter === wanted[index]).indexOf(false);
  const from = Math.max(0, (same < 0 ? is.length : same) - shownBefore);
  const [shown, instead] = [is, wanted].map((text) => text.slice(from, from + shownBefore + shownAfter));
  return `${shown} instead of ${instead}`;
}

/** What a run without a kill has to show, so that comparing with it means something. */
export function unconvincing(scenario: Scenario, before: Outcome, after: Outcome): string[] {
  if (scenario.changes === 'azure') {
    const same = JSON.stringify(before.resources) === JSON.stringify(after.resources);
    return same ? ['nothing was changed in Azure'] : [];
  }
  const sent = JSON.stringify(after.tickets).split(reply).length - 1;
  return after.tickets.length === 1 && sent === 1
    ? []
    : [`there are ${after.tickets.length} tickets with ${sent} replies instead of one with one`];
}

interface Request {
  method: string;
  path: string;
  status: number;
  body: unknown;
}

/** A write that Azure took twice must have asked for the same both times. */
export async function contradictions({ armUrl }: Place): Promise<string[]> {
  const requests = (await (await fetch(`${armUrl}/_sim/requests`)).json()) as Request[];
  const taken = requests.filter(({ method, status }) => method === 'PUT' && status < 300);
  const bodies = Map.groupBy(taken, ({ path }) => path.split('?')[0] ?? '');
  return [...bodies].flatMap(([path, writes]) => {
    const different = new Set(writes.map(({ body }) => JSON.stringify(body)));
    return different.size > 1 ? [`${path} was written ${writes.length} times, with different bodies`] : [];
  });
}

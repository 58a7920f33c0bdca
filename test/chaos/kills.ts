/** When the bot is killed. Each kill is found from outside: by what the simulators were asked and what the page shows. */
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type Journey, type Moment, ticket } from './journeys.ts';
import { personAt } from './person.ts';
import type { Random } from './random.ts';
import type { Rig } from './rig.ts';

export interface Kill {
  name: string;
  journey: 'connect' | 'ticket';
  /** From which moment of the journey on it is looked for. */
  from: Moment;
  /** Resolves when the time has come; says what was seen then. */
  when(rig: Rig, random: Random): Promise<string>;
  /** What else is lost. */
  losing?: 'engine';
  /** Asked to end, as a service manager does, instead of killed. */
  gently?: true;
}

export const journeys: Readonly<Record<Kill['journey'], Journey>> = { connect, ticket };

/** In this order in a sample: those that the promise of the product names come first. */
export const kills: readonly Kill[] = [
  { name: 'before the first write', journey: 'connect', from: 'approved', when: beforeFirstWrite },
  { name: 'inside a long-running operation', journey: 'connect', from: 'approved', when: insideOperation },
  { name: 'while the approval waits', journey: 'connect', from: 'approval waits', when: whileItWaits },
  { name: 'between two steps', journey: 'connect', from: 'approved', when: betweenSteps },
  { name: 'while a ticket is being opened', journey: 'ticket', from: 'ticket asked for', when: whileOpening },
  { name: 'while a comment is being sent', journey: 'ticket', from: 'reply sent', when: whileSending },
  {
    name: 'inside an operation, and the engine’s database is lost',
    journey: 'connect',
    from: 'approved',
    when: insideOperation,
    losing: 'engine',
  },
  {
    name: 'asked to stop inside an operation',
    journey: 'connect',
    from: 'approved',
    when: insideOperation,
    gently: true,
  },
  {
    name: 'at any moment of a plan',
    journey: 'connect',
    from: 'approved',
    when: (_rig, random) => anyMoment(random, 4000),
  },
  {
    name: 'at any moment of a ticket',
    journey: 'ticket',
    from: 'ticket asked for',
    when: (_rig, random) => anyMoment(random, 400),
  },
];

async function beforeFirstWrite(rig: Rig): Promise<string> {
  return `${(await writes(rig)).length} writes so far`;
}

async function insideOperation(rig: Rig, random: Random): Promise<string> {
  await until(async () => (await writes(rig)).some((write) => write.status === 201 || write.status === 202));
  await wait(random.below(200));
  const { operations } = await world(rig);
  const running = operations.filter((operation) => operation.status === 'InProgress');
  return `${(await writes(rig)).length} writes, ${running.length} operations running`;
}

async function whileItWaits(_rig: Rig, random: Random): Promise<string> {
  return anyMoment(random, 300);
}

async function betweenSteps(rig: Rig, random: Random): Promise<string> {
  const wanted = 1 + random.below(4);
  const requester = personAt(rig.botUrl, 'requester', 'team');
  const shown = await requester.see(`${wanted} changes done`, (message) => {
    const done = /(\d+) of \d+ changes done/.exec(message.text)?.[1];
    return done !== undefined && Number(done) >= wanted;
  });
  return /\d+ of \d+ changes done/.exec(shown.text)?.[0] ?? '';
}

async function whileOpening(rig: Rig, random: Random): Promise<string> {
  return duringRequest(rig, random, (request) => request.method === 'POST' && /\/tickets(\.json)?$/.test(request.path));
}

async function whileSending(rig: Rig, random: Random): Promise<string> {
  return duringRequest(
    rig,
    random,
    (request) => request.method === 'PUT' && JSON.stringify(request.body).includes('"comment"'),
  );
}

async function anyMoment(random: Random, belowMs: number): Promise<string> {
  const ms = random.below(belowMs);
  await wait(ms);
  return `after ${ms} ms`;
}

async function duringRequest(rig: Rig, random: Random, isIt: (request: Request) => boolean): Promise<string> {
  const desk = new URL(rig.zendeskUrl).origin;
  await until(async () => (await get<Request[]>(`${desk}/_sim/requests`)).some(isIt));
  const ms = random.below(15);
  await wait(ms);
  return `${ms} ms after the request arrived`;
}

interface Request {
  method: string;
  path: string;
  status: number;
  body: unknown;
}

async function writes(rig: Rig): Promise<Request[]> {
  const requests = await get<Request[]>(`${rig.armUrl}/_sim/requests`);
  return requests.filter((request) => request.method === 'PUT');
}

function world(rig: Rig): Promise<{ operations: { status: string }[] }> {
  return get(`${rig.armUrl}/_sim/world`);
}

async function get<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > end) {
      throw new Error('The moment to kill did not come within 30 s.');
    }
    await wait(3);
  }
}

/** What meets a plan on its way: another plan, a world that has moved, the stop switch; each through the local page. */
import { setTimeout as wait } from 'node:timers/promises';
import { linesOf } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { contradictions } from './outcome.ts';
import { openBench, type PlanName } from './plans.ts';
import { personAt } from './person.ts';
import { type PartDeps, tryOut } from './report.ts';
import { openRig } from './rig.ts';
import { approve, askFor, ending, type Place, type Scenario } from './scenarios.ts';
import { sideBySide } from './side-by-side.ts';
import { beginFrom, dropSnapshot, placeOf, takeSnapshot } from './snapshot.ts';

export async function meetings({ atOnce, report, scenarios }: PartDeps): Promise<void> {
  const moved = scenarios.filter(({ name }) => name in planOf);
  const stopped = scenarios.filter(({ changes, name }) => changes === 'azure' && name !== 'undo');
  const jobs: [string, () => Promise<void>][] = [
    ['two plans that meet on one zone and one network', twoPlans],
    ...moved.map((scenario): [string, () => Promise<void>] => [
      `${scenario.name}: the world moves between the approval and the start`,
      () => worldMoves(scenario),
    ]),
    ...stopped.map((scenario): [string, () => Promise<void>] => [
      `${scenario.name}: the stop switch is pulled during the plan, and released`,
      () => stopAndGo(scenario),
    ]),
  ];
  await sideBySide(jobs, atOnce, ([what, work]) => tryOut(report, what, work));
}

/** So slow that the second one has to wait for longer than it keeps quiet about. */
const slow = { speed: 1 };

async function twoPlans(): Promise<void> {
  const rig = await openRig(slow);
  try {
    const replica = await rig.openReplica('bot');
    await replica.start(null);
    const place = placeOf(rig, replica);
    const threads = [
      await askFor(place, 'connect mendix-prod to retail-vnet for app orders', ['use-peering']),
      await askFor(place, 'connect mendix-acc to retail-vnet for app billing', ['use-peering']),
    ];
    await approve(place);
    await approve(place);
    const waits = seesWaiting(place, threads).catch(() => null);
    await Promise.all(threads.map((thread) => ending(place, thread)));
    const shown = await Promise.race([waits, wait(1000, null)]);
    require(shown !== null, 'nobody was told for whom the second plan waits');
    require((await contradictions(place)).length === 0, 'the plans wrote against each other');
  } finally {
    await rig.close({ keep: false });
  }
}

/** Resolves when a card of one of the threads says for whom it waits. */
async function seesWaiting(place: Place, threads: readonly string[]): Promise<ChatMessage> {
  return personAt(place.botUrl, 'requester', 'team').see(
    'a plan that waits for the other one',
    ({ card, thread }) =>
      thread !== null && threads.includes(thread) && linesOf(card).some((line) => /of Rosa.*I wait for it/.test(line)),
  );
}

/** Plans that make a zone, which somebody else makes first. */
const planOf: Readonly<Record<string, PlanName>> = {
  peering: 'apps-by-peering',
  'private-link': 'apps-by-private-link',
  service: 'service-by-endpoint',
  database: 'database-read',
};

async function worldMoves(scenario: Scenario): Promise<void> {
  const snapshot = await takeSnapshot(scenario);
  const { place, replica, rig } = await beginFrom(snapshot);
  try {
    await makeZone(place, planOf[scenario.name] ?? 'apps-by-peering');
    const before = await writesAt(place);
    await replica.start(null);
    await approve(place);
    await personAt(place.botUrl, 'requester', 'team').see(
      'that the world has moved',
      ({ card, thread }) => thread === snapshot.thread && linesOf(card).some((line) => /Azure has changed/.test(line)),
    );
    await wait(1000);
    require((await writesAt(place)) === before, 'something was written all the same');
  } finally {
    await rig.close({ keep: false });
    await dropSnapshot(snapshot);
  }
}

async function makeZone({ armUrl }: Place, name: PlanName): Promise<void> {
  const bench = await openBench(name);
  await bench.close();
  const zone = bench.plan.steps.find(({ change, kind }) => kind === 'dns-zone' && change === 'create');
  const response = await fetch(`${armUrl}${zone?.resource}?api-version=2024-06-01`, {
    method: 'PUT',
    headers: { authorization: 'Bearer somebody', 'content-type': 'application/json' },
    body: JSON.stringify({ location: 'global', tags: { by: 'somebody' } }),
  });
  require(response.ok, `the zone could not be made: ${await response.text()}`);
}

async function stopAndGo(scenario: Scenario): Promise<void> {
  const snapshot = await takeSnapshot(scenario);
  const { place, replica, rig } = await beginFrom(snapshot);
  try {
    await replica.start(null);
    const admin = personAt(place.botUrl, 'admin', 'dm-admin');
    const requester = personAt(place.botUrl, 'requester', 'team');
    await approve(place);
    await until(async () => (await writesAt(place)) > 0);
    await admin.say('stop all changes: a fire');
    await admin.see('that changes are stopped', ({ from, text }) => from === 'causeway' && /stopped/i.test(text));
    const sent = await writesAt(place);
    const end = await requester.see(
      'that the plan has stopped, or its end',
      ({ text, thread }) => thread === snapshot.thread && /^(?:Stopped|Connected|Set up|.*proof)/.test(text),
    );
    // One that was asked about before the switch was pulled may still have been on its way.
    require((await writesAt(place)) <=
      sent + 1, `${(await writesAt(place)) - sent} writes after the switch was pulled`);
    await until(async () => (await runningAt(place)) === 0);
    await admin.say('allow changes again: the fire is out');
    await wait(500);
    if (end.text.startsWith('Stopped')) {
      require(linesOf(end.card).some((line) => /a fire/.test(line)), 'the card does not say who stopped it and why');
      await requester.press(await requester.seeButton('retry', snapshot.thread), 'retry');
      await ending(place, snapshot.thread);
    }
    require((await contradictions(place)).length === 0, 'a write was repeated with a different body');
  } finally {
    await rig.close({ keep: false });
    await dropSnapshot(snapshot);
  }
}

interface Request {
  method: string;
  status: number;
}

async function writesAt({ armUrl }: Place): Promise<number> {
  const requests = (await (await fetch(`${armUrl}/_sim/requests`)).json()) as Request[];
  return requests.filter(({ method, status }) => method === 'PUT' && status < 300).length;
}

async function runningAt({ armUrl }: Place): Promise<number> {
  const { operations } = (await (await fetch(`${armUrl}/_sim/world`)).json()) as {
    operations: { status: string; action: string }[];
  };
  return operations.filter(({ action, status }) => status === 'InProgress' && action !== 'settle').length;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    require(tries < 1200, 'what was waited for did not come within 60 s');
    await wait(50);
  }
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) {
    throw new Error(otherwise);
  }
}

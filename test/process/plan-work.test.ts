import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArm } from '../../src/azure/arm.ts';
import type { WorkDeps } from '../../src/azure/stretch.ts';
import type { Report } from '../../src/conversation/handlers.ts';
import type { Event } from '../../src/flows/event.ts';
import type { CaseState } from '../../src/flows/state.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planWork } from '../../src/process/plan-work.ts';
import { insertStop } from '../../src/store/control.ts';
import { insertFlow } from '../../src/store/flows.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { memoryDurable } from '../azure/house.ts';
import { exampleDirectory } from '../support/example-directory.ts';

let store: Store;
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'causeway-work-'));
  store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: true });
});

afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

const at = '2026-11-21T10:00:00.000Z';
const directory = exampleDirectory();
const [requester] = directory.people;
const plan = { environment: 'mendix-acc' } as Plan;

function workFor(report: Report, what: 'plan' | 'undo' = 'plan'): Promise<WorkDeps> {
  const effect = { kind: 'work' as const, type: 'apply-plan' as const, planId: 'plan-1' };
  return planWork(
    {
      store,
      arm: createArm({ armUrl: 'http://127.0.0.1:9' }),
      directory: () => directory,
      now: () => Temporal.Instant.from(at),
      owner: 'this process',
    },
    { id: 'case-1/3/0', caseId: 'case-1', at, effect },
    { plan, planId: 'plan-1', what },
    { durable: memoryDurable(), report },
  );
}

const done = { outcome: 'done' as const, because: '', errors: [] };

/** Keeps what was reported, and answers in turn. */
function answering(...replies: Awaited<ReturnType<Report>>[]): { report: Report; told: [string, Event][] } {
  const told: [string, Event][] = [];
  return {
    told,
    report: (key, event) => {
      told.push([key, event]);
      return Promise.resolve(replies.shift() ?? null);
    },
  };
}

async function caseIn(platform: 'slack' | 'teams' | 'web', conversation: string, thread: string | null): Promise<void> {
  const state = {
    flow: 'connect',
    requester: requester?.id ?? '',
    place: { platform, conversation, thread },
    draft: {},
  };
  await store.write((tx) =>
    insertFlow(tx, 'case-1', { state: state as unknown as CaseState, revision: 1, at, auditSeq: 0, auditHead: '' }),
  );
}

describe('whoever waits for a network', () => {
  it.each([
    ['web', 'team', null, 'team'],
    ['slack', 'C1', '17.5', 'https://slack.com/app_redirect?channel=C1&message_ts=17.5'],
    ['teams', '19:abc@thread.tacv2', '1700', 'https://teams.microsoft.com/l/message/19%3Aabc%40thread.tacv2/1700'],
  ] as const)('reads whose plan it is, and finds its thread in %s', async (platform, conversation, thread, link) => {
    await caseIn(platform, conversation, thread);

    const { about } = await workFor(answering().report);

    expect(about).toBe(`the plan of ${requester?.name} for mendix-acc (thread ${link})`);
  });
});

describe('the question before the first write', () => {
  it('goes ahead on “done” alone', async () => {
    const yes = answering(done);
    const no = answering({ ...done, outcome: 'refused', because: 'It was withdrawn.' });

    expect(await (await workFor(yes.report)).begin()).toBe(true);
    expect(await (await workFor(no.report)).begin()).toBe(false);
    expect(yes.told).toEqual([['begins', { type: 'plan-begins', planId: 'plan-1' }]]);
  });

  it('is asked again when the case could not be reached', async () => {
    const { report, told } = answering(null, done);

    expect(await (await workFor(report)).begin()).toBe(true);
    expect(told).toHaveLength(2);
  });
});

describe('the stop switch', () => {
  it('is read from our own table, and says who pulled it and why', async () => {
    const work = await workFor(answering().report);
    expect(await work.mayWrite()).toEqual({ ok: true });

    await store.write((tx) => insertStop(tx, { id: 'c/1', by: requester?.id ?? '', at, reason: 'wrong network' }));

    expect(await work.mayWrite()).toEqual({
      ok: false,
      because: expect.stringMatching(new RegExp(`^${requester?.name} .*stopped all changes.*“wrong network”`)),
    });
  });
});

it('reports of one step with different words are different reports', async () => {
  const { report, told } = answering();
  const work = await workFor(report);
  const step = { id: 's', state: 'running' as const, seconds: null, note: null, code: null };

  await work.report({ type: 'step-changed', planId: 'plan-1', step });
  await work.report({ type: 'step-changed', planId: 'plan-1', step: { ...step, note: 'waits for the link' } });

  expect(told.map(([key]) => key)).toEqual(['step/s/running', 'step/s/running/note']);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportAz } from '../../../src/plan/export/az.ts';
import { quoted } from '../../../src/plan/export/shell.ts';
import { isFields, isList } from '../../../src/plan/export/json.ts';
import type { Json, Plan, PlanStep } from '../../../src/plan/plan.ts';
import { run, runScript } from './az-interpreter.ts';
import { attacks, hostilePlans } from './hostile.ts';
import { recordedAddress, startRecorder } from './recorder.ts';
import { samplePlans } from './sample-plans.ts';
import { realPlans } from './scenes.ts';

interface Sent {
  step: PlanStep;
  /** What was written there in the end; null for nothing. */
  body: Json;
}

interface Run {
  sent: Sent[];
  stderr: string;
  exitCode: number;
  /** Ids of no step that were written all the same. */
  others: string[];
  files: string[];
}

async function send(plan: Plan): Promise<Run> {
  const recorder = await startRecorder(plan.steps);
  try {
    const { exitCode, stderr, files } = await runScript(exportAz(plan), recorder.origin);
    const sent = plan.steps.map((step): Sent => {
      const body = recorder.sent.findLast(({ id }) => isAt(id, step))?.body;
      return { step, body: body === undefined ? null : asPlanned(body, step) };
    });
    const others = recorder.sent.filter(({ id }) => !plan.steps.some((step) => isAt(id, step))).map(({ id }) => id);
    return { sent, exitCode, stderr, others, files };
  } finally {
    recorder.close();
  }
}

/** A connection's own name goes on after that of the endpoint. */
function isAt(id: string, step: PlanStep): boolean {
  const resource = step.resource.toLowerCase();
  return id === resource || (step.kind === 'endpoint-approval' && id.startsWith(`${resource}.`));
}

/** Without what Azure showed and the Azure CLI sends back, and with the address as the plan names it. */
function asPlanned(body: Json, step: PlanStep): Json {
  return step.body === null ? body : only(body, step.body);
}

function only(body: Json, wanted: Json): Json {
  if (isFields(wanted) && '$addressOf' in wanted) {
    return body === recordedAddress ? wanted : body;
  }
  if (isList(wanted) && isList(body)) {
    return body.length === wanted.length ? body.map((item, index) => only(item, wanted[index] ?? null)) : body;
  }
  if (!isFields(wanted) || !isFields(body)) {
    return body;
  }
  const kept = Object.entries(body).filter(([key]) => key in wanted || !shownByAzure.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, only(item, wanted[key] ?? null)]));
}

const shownByAzure = new Set([
  'id',
  'name',
  'provisioningState',
  'peeringState',
  'virtualNetworkLinkState',
  'privateEndpoint',
]);

let plans: Record<string, Plan>;

beforeAll(async () => {
  plans = { ...samplePlans, ...(await realPlans()) };
}, 30_000);

describe('a plan as az commands', () => {
  it('sends exactly the bodies of the plan, and nothing for what stays as it is', async () => {
    for (const [name, plan] of Object.entries(plans)) {
      const { sent, exitCode, stderr, others } = await send(plan);

      expect({ name, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ name, exitCode: 0, stderr: '' });
      for (const { step, body } of sent.filter(({ step: { change } }) => change === 'create' || change === 'update')) {
        expect({ name, step: step.id, body }).toEqual({ name, step: step.id, body: step.body });
      }
      const kept = sent.filter(({ step: { change } }) => change === 'keep' || change === 'adopt');
      const written = new Set(plan.steps.filter(({ body }) => body !== null).map(({ resource }) => resource));
      expect(kept.filter(({ step, body }) => body !== null && !written.has(step.resource))).toEqual([]);
      expect(others).toEqual([]);
    }
  });

  it.each(Object.entries(hostilePlans()))('lets nothing break out of %s', async (_attack, plan) => {
    const { sent, exitCode, stderr, files } = await send(plan);

    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stderr).not.toContain('\u001b');
    expect(files).toEqual(['az', 'plan.sh']);
    for (const { step, body } of sent.filter(({ step: { body: wanted } }) => wanted !== null)) {
      expect({ step: step.id, body }).toEqual({ step: step.id, body: step.body });
    }
  });

  it('leaves no file behind that an attack would have made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'causeway-quoting-'));
    try {
      const words = attacks.map((attack) => quoted(attack)).join(' ');
      const { stdout } = await run('bash', ['-c', `printf '%s\\0' ${words}; ls`], { cwd: folder });

      expect(stdout.split('\0')).toEqual([...attacks, '']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('names every step, what it is for and where it is described, and waits for what it made', () => {
    const script = exportAz(samplePlans['apps-by-private-link'] as Plan);

    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      expect(script).toMatch(new RegExp(`# Step ${number} of 7, .*\n(?:# Why: .*\n)(?:#.*\n)*# Described at https://`));
    }
    expect(script).toContain('az network vnet subnet update');
    expect(script).toContain('connection_4="$(connection_of ');
    expect(script).toContain('address_3="$(address_of ');
    expect(script).toMatch(/wait_until Completed \\\n {2}az network private-dns link vnet show/);
  });

  it('waits until both halves are connected, once and after the second one', () => {
    const script = exportAz(samplePlans['apps-by-peering'] as Plan);

    expect(script.match(/wait_until Connected/g)).toHaveLength(1);
    expect(script.indexOf('wait_until Connected')).toBeGreaterThan(script.indexOf("echo 'Step 2 of 5"));
  });

  it('says what the owner of a service has to run, and goes on without waiting for days', async () => {
    const plan = samplePlans['service-by-endpoint'] as Plan;

    expect(exportAz(plan)).toMatch(
      /# Step 2 of 5, wait: [^]*connection update --ids <id of the connection> --connection-status Approved/,
    );
    expect((await send(plan)).exitCode).toBe(0);
  });

  it('replaces a record in one go, so that the name never leads to two places', () => {
    const script = exportAz(samplePlans['mending'] as Plan);

    expect(script).toMatch(/az rest \\\n {2}--method put \\\n {2}--url '[^']*\/A\/\*\?api-version=2024-06-01'/);
    expect(script).not.toContain('add-record');
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidPlanError, runGraph } from '../../src/azure/graph.ts';
import type { StepResult } from '../../src/azure/step-run.ts';
import type { Json, PlanStep, StepKind } from '../../src/plan/plan.ts';
import { plannedFor, network } from '../plan/world.ts';

function step(id: string, after: readonly string[] = []): PlanStep {
  return {
    id,
    kind: 'dns-record',
    after,
    change: 'create',
    resource: `/r/${id}`,
    title: id,
    before: null,
    body: {},
    docs: '',
  };
}

const failed: StepResult = { ok: false, code: 'Odd', because: 'It broke.', wayOut: 'Mend it.' };

function running() {
  const started: string[] = [];
  const ended: string[] = [];
  let most = 0;
  return {
    started,
    ended,
    most: () => most,
    async run(each: PlanStep, result: StepResult = { ok: true }): Promise<StepResult> {
      started.push(each.id);
      most = Math.max(most, started.length - ended.length);
      await turn();
      ended.push(each.id);
      return result;
    },
  };
}

describe('the steps of a plan', () => {
  it('start when everything they wait for is done, side by side where they may', async () => {
    const watch = running();

    const end = await runGraph([step('a'), step('b'), step('c', ['a', 'b'])], {
      run: (each) => watch.run(each),
      stopped: () => null,
    });

    expect(end).toEqual({ failed: null, stopped: null });
    expect(watch.started).toEqual(['a', 'b', 'c']);
    expect(watch.most()).toBe(2);
  });

  it('do not start after a failure, while those that run come to their end', async () => {
    const watch = running();

    const end = await runGraph([step('a'), step('b'), step('c', ['b'])], {
      run: (each) => watch.run(each, each.id === 'a' ? failed : { ok: true }),
      stopped: () => null,
    });

    expect(end.failed).toMatchObject({ step: { id: 'a' }, result: failed });
    expect(watch.ended).toEqual(['a', 'b']);
  });

  it('do not start once they are stopped from outside', async () => {
    const watch = running();

    const end = await runGraph([step('a'), step('b', ['a'])], {
      run: (each) => watch.run(each),
      stopped: () => (watch.started.length > 0 ? 'The lock was lost.' : null),
    });

    expect(end).toMatchObject({ failed: null, stopped: { step: { id: 'b' }, because: 'The lock was lost.' } });
    expect(watch.started).toEqual(['a']);
  });

  it('that wait for each other are a bug, not a hang', async () => {
    const endless = runGraph([step('a', ['b']), step('b', ['a'])], {
      run: () => Promise.resolve({ ok: true }),
      stopped: () => null,
    });

    await expect(endless).rejects.toThrow(InvalidPlanError);
  });

  it('wait for each other where Azure would refuse the second one', async () => {
    const mendix = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/mendix';
    const subnet = { id: `${mendix}/subnets/nodes` };
    function writing(kind: StepKind, resource: string, properties: Json = {}): PlanStep {
      return { ...step(`${kind}/${resource.split('/').at(-1)}`), kind, resource, body: { properties } };
    }
    const service = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateLinkServices/apps';
    const group = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/people';
    const clashing = [
      writing('peering', `${mendix}/virtualNetworkPeerings/hub`),
      writing('subnet-policy', `${mendix.toUpperCase()}/subnets/nodes`),
      writing('route-table', `${mendix}/subnets/other`),
      writing('dns-servers', mendix),
      writing('private-endpoint', '/subscriptions/s/e', { subnet }),
      writing('private-link-service', service, { ipConfigurations: [{ properties: { subnet } }] }),
    ];
    const apart = [
      writing('endpoint-approval', `${service}/privateEndpointConnections/a`),
      writing('security-rule', `${group}/securityRules/a`),
      writing('dns-zone', '/subscriptions/s/zone'),
    ];
    const watch = running();

    await runGraph([...clashing, ...apart], { run: (each) => watch.run(each), stopped: () => null });

    expect(watch.started.slice(0, 4)).toEqual(['peering/hub', ...apart.map(({ id }) => id)]);
    expect(watch.most()).toBe(4);
    for (const pair of clashing.flatMap((one) =>
      clashing.filter((other) => other !== one).map((other) => [one, other]),
    )) {
      const alone = running();
      await runGraph(pair, { run: (each) => alone.run(each), stopped: () => null });
      expect(alone.most()).toBe(1);
    }
  });

  it('never write twice at once to one network, whatever the order in which they end', async () => {
    const networks = Array.from({ length: 4 }, (_, index) => network(`n${index}`, `10.${index}.0.0/16`));
    const { steps } = plannedFor({ networks }, ['orders', 'billing']);

    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const busy = new Set<string>();
        let clashes = 0;
        const ended = runGraph(steps, {
          stopped: () => null,
          run: async (each) => {
            const own = each.kind === 'peering' ? [each.resource.split('/virtualNetworkPeerings')[0] ?? ''] : [];
            clashes += own.filter((id) => busy.has(id)).length;
            own.forEach((id) => busy.add(id));
            await scheduler.schedule(Promise.resolve());
            own.forEach((id) => busy.delete(id));
            return { ok: true };
          },
        });
        await scheduler.waitFor(ended);
        expect(clashes).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});

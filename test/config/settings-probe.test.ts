import { describe, expect, it } from 'vitest';
import { exampleNetworks, exampleProbe } from '../../src/simulators/azure/example-world.ts';
import { exampleJson } from './loading.ts';
import { accepted, settings, settingsProblems } from './settings-samples.ts';

describe('from where the bot may look for itself', () => {
  it('is nowhere unless it is said', () => {
    expect(accepted(settings()).probe).toEqual({ standsIn: null, timeoutMs: 5000, watcher: null });
  });

  it('is a network, a machine with its Network Watcher, or both', () => {
    const probe = { standsIn: exampleNetworks.hub, timeoutMs: 800, watcher: exampleProbe };

    expect(accepted(settings({ probe })).probe).toEqual(probe);
  });

  it('is the machine of the example world in local mode', () => {
    expect(accepted(exampleJson()).probe.watcher).toEqual(exampleProbe);
  });

  it.each([
    [{ standsIn: 'hub-vnet' }, /probe.*standsIn.*virtual network/],
    [{ standsIn: exampleProbe.virtualMachine }, /standsIn.*virtual network/],
    [{ timeoutMs: 100 }, /timeoutMs.*500 to 30000/],
    [{ watcher: { virtualMachine: exampleProbe.virtualMachine } }, /networkWatcher/],
    [{ watcher: { ...exampleProbe, networkWatcher: exampleNetworks.hub } }, /networkWatcher.*Network Watcher/],
    [{ host: 'intranet.example' }, /standsIn, timeoutMs, watcher/],
  ])('is refused when it makes no sense: %j', (probe, problem) => {
    expect(settingsProblems(settings({ probe })).join('\n')).toMatch(problem);
  });
});

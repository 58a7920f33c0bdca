import { describe, expect, it } from 'vitest';
import { diffPlans } from '../../src/plan/diff.ts';
import { canonicalJson } from '../../src/plan/hash.ts';
import { hub, made, mendix, network, peered, planFor, plannedFor, suffix, zone } from './world.ts';

const approved = plannedFor();
const exact = `orders.${suffix}`;

describe('the world since the approval', () => {
  it('has not moved', () => {
    expect(diffPlans(approved, planFor())).toEqual([]);
  });

  it.each([
    ['an address that moved', { address: '192.168.0.11' }, [`would now be “Let ${exact} lead to 192.168.0.11”`]],
    [
      'a peering that somebody made',
      { networks: [peered(hub, mendix, { state: 'Initiated' as const })] },
      ['Somebody has done it meanwhile: hub-vnet is peered with mendix-vnet already'],
    ],
    [
      'a zone that somebody linked',
      { zones: [zone(suffix, {}, [hub])] },
      ['No longer in the plan: Create the private zone', 'New in the plan: Use the private zone'],
    ],
    ['an overlap', { networks: [{ ...hub, addressPrefixes: ['192.168.1.0/24'] }] }, ['overlap']],
  ])('shows %s', (_what, parts, expected) => {
    const differences = diffPlans(approved, planFor(parts));

    for (const text of expected) {
      expect(differences.join('\n')).toContain(text);
    }
  });

  it('does not count that a zone was tagged by somebody', () => {
    const adopted = planFor({ zones: [zone(exact, {}, [])] });
    const kept = planFor({ zones: [zone(exact, {}, [], made)] });

    expect(adopted.kind === 'planned' && diffPlans(adopted.plan, kept)).toEqual([]);
  });

  it('does not count what the plan itself has written so far', () => {
    const halfway = planFor({
      networks: [peered(hub, mendix, { state: 'Initiated' })],
      zones: [zone(exact, { '@': '192.168.0.10' }, [], made)],
    });
    const started = new Set(approved.steps.slice(0, 4).map((step) => step.id));

    expect(diffPlans(approved, halfway, started)).toEqual([]);
    expect(diffPlans(approved, halfway)).not.toEqual([]);
  });

  it('counts what moved while the plan was half done', () => {
    const halfway = planFor({ networks: [peered(hub, mendix, { state: 'Initiated' })], address: '192.168.0.11' });
    const started = new Set(approved.steps.slice(0, 4).map((step) => step.id));

    expect(diffPlans(approved, halfway, started)).toEqual([expect.stringContaining('192.168.0.11')]);
  });

  it('is compared by steps, not by other networks', () => {
    const more = planFor({ networks: [hub, network('data', '10.30.0.0/16')] });

    expect(diffPlans(approved, more).every((text) => text.startsWith('New in the plan'))).toBe(true);
  });
});

describe('canonical JSON', () => {
  it('sorts keys at every depth and takes ids without their case', () => {
    const one = canonicalJson({ b: [{ y: 1, x: null }], a: '/subscriptions/A/Thing' });

    expect(one).toBe('{"a":"/subscriptions/a/thing","b":[{"x":null,"y":1}]}');
  });
});

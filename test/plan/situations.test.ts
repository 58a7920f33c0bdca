/**
 * The golden table: each situation with the plan that an expert would sign, as a document beside this. After a change on
 * purpose, run this file with `-u` and read what moved.
 */
import { describe, expect, it } from 'vitest';
import { diffPlans } from '../../src/plan/diff.ts';
import { planAgain } from '../../src/plan/planner.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { apply, takeBack, tidy } from './apply.ts';
import { appsByPeering } from './situations/apps-by-peering.ts';
import { databaseRead, dnsServers } from './situations/names-and-database.ts';
import { appsByPrivateLink } from './situations/apps-by-private-link.ts';
import { serviceByEndpoint } from './situations/service-by-endpoint.ts';
import { documentOf, planSituation, type Situation } from './situations/situation.ts';

const groups: readonly (readonly [string, string, readonly Situation[]])[] = [
  ['apps-by-peering', 'Apps by peering', appsByPeering],
  ['apps-by-private-link', 'Apps by Private Link', appsByPrivateLink],
  ['service-by-endpoint', 'An internal service', serviceByEndpoint],
  ['dns-servers', 'Names for the apps', dnsServers],
  ['database-read', 'Direct database access', databaseRead],
];

const all = groups.flatMap(([group, , situations]) =>
  situations.map((each) => [`${group}: ${each.name}`, each] as const),
);

it('has at least sixty situations', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
});

it.each(groups)('plans %s as the golden document says', async (group, title, situations) => {
  const text = [`# ${title}`, '', ...situations.map(documentOf)].join('\n');

  await expect(text).toMatchFileSnapshot(`./situations/golden/${group}.md`);
});

const carried = all.flatMap(([name, situation]) => {
  const { planned } = planSituation(situation);
  return planned?.kind === 'planned' && situation.model !== false ? [[name, situation, planned.plan] as const] : [];
});

function idsOf(steps: readonly { id: string }[]): string[] {
  return steps.map(({ id }) => id).toSorted();
}

describe('on the model of Azure', () => {
  it.each(carried)('%s: once carried out, everything is kept', (_name, { survey }, plan) => {
    const again = planAgain(plan, apply(plan, survey));

    expect(again.kind).toBe('planned');
    const kept = again.kind === 'planned' ? again.plan.steps : [];
    expect(idsOf(kept)).toEqual(idsOf(plan.steps));
    expect(kept.filter(({ body }) => body !== null)).toEqual([]);
  });

  it.each(carried)('%s: looked at again after each step, it is still right', (_name, { survey }, plan) => {
    for (const cut of plan.steps.keys()) {
      const begun = plan.steps.slice(0, cut + 1);
      const now = planAgain(plan, apply({ steps: begun }, survey));
      expect(diffPlans(plan, now, new Set(idsOf(begun)))).toEqual([]);
    }
  });

  it.each(carried.filter(([, { model }]) => model !== 'forth-only'))(
    '%s: taken back, the first world is there again',
    (_name, { survey }, plan) => {
      const after = apply(plan, survey);
      const undo = planUndo(plan, after);

      expect(undo.kind === 'refused' ? undo.findings : []).toEqual([]);
      const steps = undo.kind === 'planned' ? undo.undo.steps : [];
      expect(tidy(takeBack(steps, after))).toEqual(tidy(survey));
      // Looked at again after each step, it is still allowed, and what is left is what was not taken back.
      for (const cut of steps.keys()) {
        const left = planUndo(plan, takeBack(steps.slice(0, cut + 1), after));
        expect(left.kind === 'planned' ? idsOf(left.undo.steps) : left.findings).toEqual(idsOf(steps.slice(cut + 1)));
      }
    },
  );
});

it.each(carried)('%s: touches no network body but for DNS servers', (_name, _situation, plan) => {
  const networks = plan.steps.filter(({ resource }) => /\/virtualNetworks\/[^/]+$/i.test(resource));

  expect(networks.every(({ kind }) => kind === 'dns-servers')).toBe(true);
});

it.each(carried)('%s: every step follows a public page', (_name, _situation, plan) => {
  expect(plan.steps.map(({ docs }) => docs)).toEqual(plan.steps.map(() => expect.stringMatching(/^https:\/\/learn\./)));
});

/** Every format of one plan per scenario, to be read as documents: `golden/`. */
import { expect, it } from 'vitest';
import { exportAz } from '../../../src/plan/export/az.ts';
import { exportBicep } from '../../../src/plan/export/bicep.ts';
import { exportTerraform } from '../../../src/plan/export/terraform.ts';
import { planText } from '../../../src/plan/export/text.ts';
import { stepDocs } from '../../../src/plan/step-docs.ts';
import { samplePlans } from './sample-plans.ts';

const formats = { 'az.sh': exportAz, bicep: exportBicep, tf: exportTerraform, txt: planText };

it.each(Object.entries(samplePlans))('looks as it should: %s', async (name, plan) => {
  for (const [ending, format] of Object.entries(formats)) {
    await expect(format(plan)).toMatchFileSnapshot(`./golden/${name}.${ending}`);
  }
});

it('has every kind of step among its samples', () => {
  const kinds = Object.values(samplePlans).flatMap(({ steps }) => steps.map(({ kind }) => kind));

  expect([...new Set(kinds)].toSorted()).toEqual(Object.keys(stepDocs).toSorted());
});

/** Whatever somebody writes into a name, a tag or a message: it comes out as the same text, and as nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../../src/plan/export/shell.ts';
import { exportBicep } from '../../../src/plan/export/bicep.ts';
import { exportTerraform } from '../../../src/plan/export/terraform.ts';
import { planText } from '../../../src/plan/export/text.ts';
import type { Plan, PlanStep } from '../../../src/plan/plan.ts';
import { runs } from '../../support/runs.ts';
import { bodyOf, readTerraform } from './read-terraform.ts';
import { resourcesIn, syntaxErrors } from './read-bicep.ts';
import { run } from './az-interpreter.ts';
import { samplePlans } from './sample-plans.ts';
import { anyCharacter } from '../../support/any-character.ts';

const signs = fc.constantFrom(
  '$',
  '%',
  '{',
  '}',
  "'",
  '"',
  '\\',
  '\n',
  '\r',
  '`',
  '/',
  '*',
  '#',
  '~',
  '@',
  '-',
  '<<EOT',
);
const anyText = fc
  .oneof(
    fc.string({ unit: anyCharacter }),
    fc.array(signs, { maxLength: 12 }).map((parts) => parts.join('')),
  )
  .filter((text) => text.isWellFormed() && !text.includes('\0'));

function zonePlan(key: string, value: string): Plan {
  const plan = samplePlans['apps-by-peering'] as Plan;
  const zone = plan.steps.find(({ kind }) => kind === 'dns-zone') as PlanStep;
  const step: PlanStep = {
    ...zone,
    after: [],
    title: value,
    body: { location: 'global', tags: { [`k${key}`]: value } },
  };
  return {
    ...plan,
    steps: [step],
    undo: [],
    environment: value,
    because: [{ source: key, section: key, note: value }],
  };
}

describe('any text', () => {
  it('stays itself in a shell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 200 }), async (texts) => {
        const { stdout } = await run('bash', ['-c', `printf '%s\\0' ${texts.map((each) => quoted(each)).join(' ')}`]);
        expect(stdout).toBe(texts.map((each) => `${each}\0`).join(''));
      }),
      runs(5, 200),
    );
  });

  it('stays itself in Terraform, in the one normal form that Terraform has', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (key, value) => {
        const { resources } = await readTerraform(exportTerraform(zonePlan(key, value)));

        expect(resources).toHaveLength(1);
        expect(bodyOf(resources[0] as (typeof resources)[number])).toEqual({
          location: 'global',
          tags: { [`k${key}`.normalize('NFC')]: value.normalize('NFC') },
        });
      }),
      runs(60, 3000),
    );
  });

  it('stays itself in Bicep', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (key, value) => {
        const text = exportBicep(zonePlan(key, value));

        expect(await syntaxErrors(text)).toEqual([]);
        const [only, ...more] = (await resourcesIn(text)).filter(({ existing }) => !existing);
        expect(more).toEqual([]);
        expect(only?.body).toMatchObject({ location: 'global', tags: { [`k${key}`]: value } });
      }),
      runs(60, 3000),
    );
  });

  it('moves no cursor and makes no line of its own in what people read', () => {
    fc.assert(
      fc.property(anyText, anyText, (key, value) => {
        const text = planText(zonePlan(key, value));

        expect(text.split('\n')).toHaveLength(planText(zonePlan('', '')).split('\n').length);
        expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      }),
    );
  });
});

/** The approval of a plan as large as they come: what a person needs for the decision stays, on every platform. */
import { describe, expect, it } from 'vitest';
import { placeTokens } from '../../src/cards/actions.ts';
import { objectsIn, textOf } from '../../src/cards/adaptive-card.ts';
import { toBlockKit } from '../../src/cards/block-kit/to-block-kit.ts';
import { fillCard } from '../../src/cards/fill.ts';
import type { ShowMessage } from '../../src/flows/effect.ts';
import type { PlanStep } from '../../src/plan/plan.ts';
import { atPlan, type Case, connectAt, messageOf, openCase } from '../flows/cases.ts';

const long = 'a name of the kind that people give to networks that nobody wants to own any more '.repeat(4);

/** Sixty changes with findings and reach to match. */
function large(): Case {
  const planned = connectAt(atPlan(), 'planned');
  const { plan } = planned;
  const numbers = Array.from({ length: 60 }, (_, index) => index);
  const [step] = plan.steps;
  const steps = step === undefined ? [] : numbers.map((number) => titled(step, number));
  const findings = numbers.map((number) => {
    return { level: 'care' as const, code: 'X', text: `${number} ${long}`, wayOut: long };
  });
  const reach = numbers.map((number) => ({ from: [`vnet-${number}`], to: [`10.${number}.0.0/16, ${long}`] }));
  return openCase({ state: { ...planned, plan: { ...plan, steps, findings, reach } } });
}

function titled(step: PlanStep, number: number): PlanStep {
  return { ...step, id: `s${number}`, title: `${number} ${long}` };
}

function asked(the: Case): ShowMessage {
  the.click('rosa', 'ask-approval');
  return messageOf(the.last, 'approval');
}

function shown({ content, verbs }: ShowMessage) {
  if (content.card === null) {
    throw new Error('The approval has no card.');
  }
  return placeTokens(fillCard(content.card), verbs, () => 'token-of-about-this-length-as-they-are-0123456789abcdef');
}

describe.each([
  ['a usual plan', atPlan],
  ['a plan with sixty changes', large],
])('the approval of %s', (_what, make) => {
  it('fits into 25 KB, buttons and tokens included', () => {
    expect(Buffer.byteLength(JSON.stringify(shown(asked(make()))))).toBeLessThan(25_000);
  });

  it('says who, what, reach, risk and until when before everything else', () => {
    const first = [...objectsIn(shown(asked(make())))].find((element) => element['type'] === 'FactSet');

    const facts = [...objectsIn(first ?? {})].map((fact) => textOf(fact, 'title')).filter((title) => title !== '');
    expect(facts).toEqual(['What', 'Who', 'Until', 'Opens', 'Risk']);
  });

  it('offers every decision, also in Slack', () => {
    const card = shown(asked(make()));

    const { blocks, losses, modal } = toBlockKit(card);
    const buttons = JSON.stringify(blocks);
    for (const verb of ['approve', 'reject', 'ask-change', 'hand-over', 'show-text']) {
      expect(JSON.stringify(card)).toContain(`"verb":"${verb}"`);
    }
    for (const title of ['Approve', 'Reject', 'Ask for a change', 'Hand over']) {
      expect(buttons).toContain(`"${title}"`);
    }
    expect(losses.filter(({ reason }) => !/cut|left out|colour/.test(reason))).toEqual([]);
    expect(modal).not.toBeNull();
  });
});

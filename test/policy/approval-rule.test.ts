import { expect, it } from 'vitest';
import { type ApprovalRule, defaultRule, ruleFor, timesOf } from '../../src/policy/approval-rule.ts';

function rule(count: number, more: Partial<ApprovalRule>): ApprovalRule {
  return { ...defaultRule, count, ...more };
}

const rules = [
  rule(3, { environments: ['mendix-prod'], risks: ['high'] }),
  rule(2, { environments: ['mendix-prod', 'mendix-acc'] }),
  rule(4, { risks: ['high', 'medium'] }),
];

it.each([
  ['mendix-prod', 'high', 3],
  ['mendix-prod', 'low', 2],
  ['mendix-acc', 'high', 2],
  ['mendix-uat', 'medium', 4],
  ['mendix-uat', 'low', 1],
] as const)('takes the first rule that fits %s at %s risk', (environment, risk, count) => {
  expect(ruleFor(rules, { environment, risk }).count).toBe(count);
});

it('has one decision within two hours where no rule fits', () => {
  expect(ruleFor([], { environment: 'mendix-prod', risk: 'high' })).toEqual({
    environments: null,
    risks: null,
    rotation: null,
    group: null,
    count: 1,
    second: null,
    expiryMinutes: 120,
    remindMinutes: 60,
    escalateMinutes: 90,
  });
});

it('fits reminder and escalation to the expiry, unless they are written', () => {
  expect(timesOf({ expiryMinutes: 30 })).toEqual({ expiryMinutes: 30, remindMinutes: 15, escalateMinutes: 22 });
  expect(timesOf({ remindMinutes: 10 })).toEqual({ expiryMinutes: 120, remindMinutes: 10, escalateMinutes: 90 });
});

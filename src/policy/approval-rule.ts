/**
 * Who is asked for an approval, how many have to say yes, and until when: the settings' `approvals`, with rotations in
 * place of their names. The first rule that fits decides.
 */
import type { Rotation } from './on-call.ts';
import type { Risk } from './risk.ts';

export interface ApprovalRule {
  /** Names of the environments that it is for; null: all. */
  environments: readonly string[] | null;
  /** Null: every risk. */
  risks: readonly Risk[] | null;
  /** Whose person on call is asked; null: of the rotation that is asked for everything, where there is one. */
  rotation: Rotation | null;
  /** People with `approver:<group>` may decide as well; null: no group. */
  group: string | null;
  /** How many different people have to say yes. */
  count: number;
  /** Others who have to say yes as well; without a rotation the whole group is asked. Null: nobody. */
  second: { group: string; rotation: Rotation | null; count: number } | null;
  /** Only whose turn it is may say yes: on call now, asked by turn, or handed over to. Absent: everybody with the role. */
  onCallOnly?: boolean;
  /** Counted from when it was asked. */
  expiryMinutes: number;
  remindMinutes: number;
  /** When the next person on call is asked. */
  escalateMinutes: number;
}

/** Two hours: long enough for a meeting, short enough that the plan is still true. */
const usualExpiryMinutes = 120;

/** What holds where the settings say nothing. */
export const defaultRule: ApprovalRule = {
  environments: null,
  risks: null,
  rotation: null,
  group: null,
  count: 1,
  second: null,
  ...timesOf({}),
};

export function ruleFor(
  rules: readonly ApprovalRule[],
  { environment, risk }: { environment: string; risk: Risk },
): ApprovalRule {
  return rules.find((rule) => fits(rule.environments, environment) && fits(rule.risks, risk)) ?? defaultRule;
}

function fits<Value>(allowed: readonly Value[] | null, value: Value): boolean {
  return allowed === null || allowed.includes(value);
}

interface WrittenTimes {
  expiryMinutes?: number | undefined;
  remindMinutes?: number | undefined;
  escalateMinutes?: number | undefined;
}

/** Without other words: a reminder half way, the next person after three quarters of the time. */
export function timesOf(
  written: WrittenTimes,
): Pick<ApprovalRule, 'expiryMinutes' | 'remindMinutes' | 'escalateMinutes'> {
  const { expiryMinutes = usualExpiryMinutes } = written;
  return {
    expiryMinutes,
    remindMinutes: written.remindMinutes ?? Math.floor(expiryMinutes / 2),
    escalateMinutes: written.escalateMinutes ?? Math.floor((expiryMinutes * 3) / 4),
  };
}

/** Lets a test leave a subscription only a few requests, to see what a client makes of it. */
import { BadControlRequest } from '../server.ts';
import { budgetNames, setBudget } from './budgets.ts';
import type { Arm } from './world.ts';

/** `POST /_sim/budget`. */
export function budgetControl(arm: Arm, body: unknown): void {
  const { subscription, budget: wanted, remaining } = (body ?? {}) as Record<string, unknown>;
  const budget = budgetNames.find((name) => name === wanted);
  if (typeof subscription !== 'string' || budget === undefined || typeof remaining !== 'number') {
    throw new BadControlRequest(
      `POST /_sim/budget takes {"subscription":ID,"budget":NAME,"remaining":3}; names: ${budgetNames.join(', ')}.`,
    );
  }
  setBudget(arm.budgets, budget, subscription, { left: remaining, now: arm.now() });
}

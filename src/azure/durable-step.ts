/** A step of a plan as a step of the engine: what goes wrong outside of it, as in our own database, is told like the rest. */
import type { Durable } from '../engine/engine.ts';
import { explainFailure } from './errors.ts';
import type { StepResult } from './step-run.ts';

export async function durableStep(
  durable: Durable,
  stepId: string,
  run: () => Promise<StepResult>,
): Promise<StepResult> {
  const outcome = await durable.once(`step/${stepId}`, run);
  return outcome.ok ? outcome.value : failed(outcome.error);
}

export function failed(error: { message: string; code?: string }): Extract<StepResult, { ok: false }> {
  const { because, wayOut } = explainFailure(new Error(error.message));
  return { ok: false, code: error.code ?? null, because, wayOut };
}

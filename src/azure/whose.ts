/** What Azure left unfinished: whether it is ours to write again, and whether it has to go before that. */
import { createdByTag } from '../plan/naming.ts';
import { explainFailure } from './errors.ts';
import type { StepRun } from './step-run.ts';
import type { Standing } from './steps/step-writer.ts';

/**
 * Azure took a write of this very step, or the tags say so: a new plan takes over what an earlier one left. What carries
 * no tags is known by being just what is wanted, so that the same again takes nothing from anybody.
 */
export function isOurs({ record }: Pick<StepRun, 'record'>, { asWanted, tags }: Standing): boolean {
  return record.hasWritten || (tags === undefined ? asWanted : tags['created-by'] === createdByTag['created-by']);
}

/** An endpoint that lost its connection takes no write any more; only a new one gets another connection. */
export function mustGoFirst(error: unknown): boolean {
  return /^PrivateEndpoint\w*Disconnected/i.test(explainFailure(error).code ?? '');
}

/**
 * A half whose other side was deleted. Azure takes no write to it, so it is deleted first and then made again, as any
 * other half.
 */
import { networkVersion } from '../api-versions.ts';
import { peeringWriter } from './peering.ts';
import type { StepWriter } from './step-writer.ts';

export const peeringRepairWriter: StepWriter = {
  family: 'plain',
  async read(arm, step) {
    const standing = await peeringWriter.read(arm, step);
    return standing === null ? null : { ...standing, asWanted: standing.asWanted && !isDead(standing.answer) };
  },
  // Looked at anew each time: what is there goes, what has gone is made.
  write: (arm, step, etag) =>
    etag === null
      ? arm.put(step.resource, networkVersion, { body: step.body, etag })
      : arm.remove(step.resource, networkVersion),
};

function isDead(answer: unknown): boolean {
  return (answer as { peeringState?: unknown } | null)?.peeringState === 'Disconnected';
}

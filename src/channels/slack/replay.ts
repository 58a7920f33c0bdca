/**
 * The same request again gets the same answer, and nothing is done twice for it: Slack repeats what it thinks was lost,
 * and a signed request can be sent again by others while its window is open.
 *
 * This memory is of one process. What must hold over restarts and between replicas holds without it: whatever changes a
 * case goes into the inbox under an id of Slack's own, and there a repeated one gets the stored reply.
 */
import { createHash } from 'node:crypto';

export interface Replays<Answer> {
  /** Runs `work` for a body that is new; else waits for what was answered to it. `final`: keep this answer. */
  once(body: Uint8Array, work: () => Promise<Answer>, final: (answer: Answer) => boolean): Promise<Once<Answer>>;
}

interface Once<Answer> {
  answer: Answer;
  isRepeated: boolean;
}

/** The window of a signature, before and after now. */
const keptMs = 10 * 60 * 1000;
const maxKept = 20_000;

export function createReplays<Answer>(now: () => Temporal.Instant): Replays<Answer> {
  /** By digest of the body, oldest first. */
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>();

  function forget(time: number): void {
    for (const [digest, { until }] of kept) {
      if (until > time && kept.size < maxKept) {
        return;
      }
      kept.delete(digest);
    }
  }

  return {
    async once(body, work, final) {
      const time = now().epochMilliseconds;
      forget(time);
      const digest = createHash('sha256').update(body).digest('base64url');
      const known = kept.get(digest);
      if (known !== undefined) {
        return { answer: await known.answer, isRepeated: true };
      }
      const working = work();
      const mine = { answer: working, until: time + keptMs };
      kept.set(digest, mine);
      const isFinal = await working.then(final, () => false);
      if (!isFinal && kept.get(digest) === mine) {
        kept.delete(digest);
      }
      return { answer: await working, isRepeated: false };
    },
  };
}

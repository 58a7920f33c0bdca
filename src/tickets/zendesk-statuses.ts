/** What a desk calls its own statuses. Read now and then: they change about as often as the desk's furniture. */
import type { Calls } from './zendesk-calls.ts';
import { StatusesAnswer } from './zendesk-answers.ts';

export interface StatusLabels {
  /** Null for a ticket without a status of the desk's own, and while the desk does not tell. Never throws. */
  labelOf(customStatusId: number | null): Promise<string | null>;
}

const freshMinutes = 10;

export function openStatusLabels(calls: Calls, now: () => Temporal.Instant): StatusLabels {
  let labels = new Map<number, string>();
  let freshUntil: Temporal.Instant | null = null;
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    const { custom_statuses: statuses } = await calls.make({
      doing: 'reading the statuses of the desk',
      answer: StatusesAnswer,
      run: (zendesk) => zendesk.tickets.get(['custom_statuses']),
    });
    labels = new Map(statuses.map(({ id, label }) => [id, label]));
  }

  return {
    async labelOf(customStatusId) {
      if (customStatusId === null) {
        return null;
      }
      if (freshUntil === null || Temporal.Instant.compare(now(), freshUntil) >= 0) {
        // Also after a failure: a label that is missing is no reason to ask at every ticket.
        freshUntil = now().add({ minutes: freshMinutes });
        reading = read().catch(() => undefined);
      }
      await reading;
      return labels.get(customStatusId) ?? null;
    },
  };
}

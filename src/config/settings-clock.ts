/** What the response clock of an open ticket does on its way (the policy says when an answer is due, not who is told). */
import { z } from 'zod/v4';
import { section, text } from './settings-fields.ts';

const percentHint = 'a whole number of per cent from 1 to 99';

function percent(severity: string) {
  return z
    .int({ error: percentHint })
    .min(1, { error: percentHint })
    .max(99, { error: percentHint })
    .describe(`Share of the office time after which an unanswered ${severity} ticket is warned about, in per cent.`)
    .default(75);
}

export const clock = section(
  {
    warnAtPercent: section(
      { critical: percent('Critical'), high: percent('High'), medium: percent('Medium') },
      'when the support channel is warned, by severity; Low has no due time and so no warning',
    ).prefault({}),
    escalateTo: text('the name of a rotation under onCall, or null for nobody')
      .nullable()
      .describe('The rotation whose person on call is mentioned when an answer is overdue; null for nobody.')
      .default(null),
  },
  'what happens on the way to a due time',
);

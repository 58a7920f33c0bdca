/** Calendar windows in which plans wait or need a second approval: what `policy/freeze.ts` reads, as people write it. */
import { z } from 'zod/v4';
import { choice, list, section, sentence, text, zone } from './settings-fields.ts';

const written = /^(?:\d{4}-)?\d{2}-\d{2}T\d{2}:\d{2}$/;
const forms =
  '2026-12-18T18:00 for once, 12-18T18:00 for every year, or 03-17T00:00 for the 17th of the third month of every quarter';

function moment(about: string): z.ZodString {
  return text(`${about}: ${forms}`, written);
}

const every = z
  .enum(['year', 'quarter'], { error: 'year or quarter, or null for once' })
  .nullable()
  .describe('How often it comes: year or quarter; null: once.')
  .default(null);

export const freeze = section(
  {
    name: text('a name, such as year-end'),
    zone: zone('where its times are local'),
    every,
    from: moment('the local date and time from which nothing is changed'),
    until: moment('the local date and time until which'),
    environments: list(text('the name of an environment'), 'names of environments')
      .min(1, { error: 'at least one name of an environment' })
      .nullable()
      .describe('Environments that it is for; null: all.')
      .default(null),
    mode: choice(
      ['wait', 'second-approval'],
      'whether approved plans wait for the end, or go on when a second person has approved them',
    ).default('wait'),
    reason: text('the reason in a few words, as people read it on the card'),
  },
  'one window in which plans wait or need a second approval',
)
  .superRefine((window, context) => {
    for (const key of ['from', 'until'] as const) {
      if (!isMoment(window.every, window[key])) {
        context.addIssue({ code: 'custom', path: [key], message: hints[window.every ?? 'once'] });
      }
    }
    const { from, until } = window;
    if (window.every === null ? from >= until : from === until) {
      context.addIssue({ code: 'custom', message: 'a window whose “until” is later than its “from”' });
    }
  })
  .describe(sentence('one window in which plans wait or need a second approval'));

const hints = {
  once: 'a local date and time such as 2026-12-18T18:00',
  year: 'month, day and time such as 12-18T18:00',
  quarter: 'month of the quarter (01 to 03), day and time such as 03-17T00:00',
} as const;

/** Of a quarter, every month may have 31 days: one that a month does not have is its last one. */
function isMoment(repeats: 'year' | 'quarter' | null, value: string): boolean {
  if (repeats === null) {
    return isDateTime(value);
  }
  const month = repeats === 'year' ? value.slice(0, 2) : quarterMonths[value.slice(0, 2)];
  return isDateTime(`2024-${month ?? ''}${value.slice(2)}`);
}

const quarterMonths: Readonly<Record<string, string>> = { '01': '01', '02': '03', '03': '05' };

function isDateTime(value: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value) && Temporal.PlainDateTime.from(value) !== null;
  } catch {
    return false;
  }
}

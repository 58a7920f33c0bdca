/** Who is on call, and when the next one takes over: what `policy/on-call.ts` reads, with advice for people who write it. */
import { z } from 'zod/v4';
import { choice, list, section, sentence, text, zone } from './settings-fields.ts';

const personHint = 'the id of a person';
const startHint = 'the local date and time of a hand-over, such as 2026-01-05T09:00';
const start = local(startHint);

const override = section(
  {
    from: local('the local date and time from which somebody else is on call, such as 2026-07-01T09:00'),
    to: local('the local date and time until which, such as 2026-07-03T09:00'),
    person: text(personHint),
  },
  'a stretch in which somebody else is on call',
)
  .refine(({ from, to }) => from < to, { error: 'a stretch whose “to” is later than its “from”' })
  .describe('A stretch in which somebody else is on call.');

export const rotation = section(
  {
    name: text('a name, such as network'),
    zone: zone('where hand-overs happen'),
    start,
    handover: choice(['weekly', 'daily'], 'how often the next person takes over, at the local time of “start”'),
    people: list(text(personHint), 'ids of people')
      .min(1, { error: 'at least one id of a person' })
      .describe('Ids of people in the order in which they take over.'),
    overrides: list(override, 'exceptions; where two overlap, the later one in the list counts').default([]),
  },
  'one rotation of people who are on call',
);

function local(hint: string): z.ZodString {
  return text(hint, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .refine(isLocalTime, { error: hint })
    .describe(sentence(hint));
}

function isLocalTime(value: string): boolean {
  try {
    return Temporal.PlainDateTime.from(value) !== null;
  } catch {
    return false;
  }
}

/** Who is on call, and when the next one takes over: what `policy/on-call.ts` reads, with advice for people who write it. */
import { choice, list, localDate, localTime, section, text, zone } from './settings-fields.ts';

const personHint = 'the id of a person';

const override = section(
  {
    from: localTime('the local date and time from which somebody else is on call'),
    to: localTime('the local date and time until which somebody else is'),
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
    start: localTime('the local date and time of a hand-over', '2026-01-05T09:00'),
    handover: choice(['weekly', 'daily'], 'how often the next person takes over, at the local time of “start”'),
    people: list(text(personHint), 'ids of people')
      .min(1, { error: 'at least one id of a person' })
      .describe('Ids of people in the order in which they take over.'),
    overrides: list(override, 'exceptions; where two overlap, the later one in the list counts').default([]),
    holidays: list(
      localDate('a local date'),
      'local dates on which nobody takes over; that waits for the same time of the next day that is none of them',
    ).default([]),
  },
  'one rotation of people who are on call',
);

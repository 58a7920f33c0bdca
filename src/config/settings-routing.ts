/** Alerts and support notices: who may send the first, and which channel gets what of the second, when (`policy/routing.ts`). */
import { z } from 'zod/v4';
import { severities } from '../policy/severity.ts';
import type { Report } from './problem.ts';
import { choice, guid, list, section, text, zone } from './settings-fields.ts';

/** The one with which Azure Monitor calls secure webhooks in every directory; its documentation names it. */
const azureMonitor = '461e8683-5575-4561-ac7f-899cc907d62a';

export const alerts = section(
  {
    application: guid('the id of the application that action groups send with')
      .describe(
        'The id of the application that action groups send with: the only one whose tokens the alert route takes. Without it, Azure Monitor’s own.',
      )
      .default(azureMonitor),
  },
  'who may send alerts of Azure, besides AZURE_ALERTS_TENANT_ID and AZURE_ALERTS_AUDIENCE',
);

const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const rule = section(
  {
    environments: list(
      text('the name of an environment, or production, acceptance, test or development'),
      'names of environments or their kinds; empty for all',
    ).default([]),
    severities: list(choice(severities, 'a severity'), 'severities; empty for all').default([]),
    channel: section(
      {
        platform: choice(['web', 'teams', 'slack'], 'the platform; web is the local page'),
        id: text('the id of the channel on its platform'),
      },
      'where its notices are posted',
    ),
    onCall: text('the name of a rotation under onCall, or null for nobody')
      .nullable()
      .describe('The rotation whose person on call is mentioned when something is critical; null for nobody.')
      .default(null),
  },
  'which channel gets the notices of some environments and severities',
);

const quiet = section(
  {
    zone: zone('where its times are local'),
    from: text('the local time from which only what is critical is posted, such as 19:00', timeOfDay),
    until: text('the local time at which the rest is posted, such as 07:30', timeOfDay),
    daysOff: z
      .array(z.int({ error: 'a weekday from 1 (Monday) to 7 (Sunday)' }).min(1).max(7), {
        error: 'a list of weekdays from 1 (Monday) to 7 (Sunday)',
      })
      .max(6, { error: 'at most six weekdays: something has to be told at some time' })
      .describe('Weekdays from 1 (Monday) to 7 (Sunday) that are quiet as a whole.')
      .default([]),
  },
  'when support notices wait until the morning, unless they are critical; edits go on',
).refine(({ from, until }) => from !== until, { error: 'quiet hours whose “from” and “until” differ' });

const digest = section(
  {
    zone: zone('where its time is local'),
    at: text('the local time at which it is posted, such as 08:30', timeOfDay),
  },
  'when each channel gets one message with its cases of low severity',
);

export const routing = section(
  {
    rules: list(rule, 'rules; the first one that fits counts, and where none fits the channel “for” support').default(
      [],
    ),
    quiet: quiet
      .nullable()
      .describe('When support notices wait until the morning, unless they are critical; null: never.')
      .default(null),
    digest: digest
      .nullable()
      .describe('When each channel gets one message with its cases of low severity; null: each has its own, at once.')
      .default(null),
  },
  'which channel gets which support notices, and when',
);

const word = z.string().catch('');
const sketch = z.object({
  onCall: z.array(z.object({ name: word }).catch({ name: '' })).catch([]),
  environments: z.array(z.object({ name: word }).catch({ name: '' })).catch([]),
  routing: z.object({
    rules: z
      .array(z.object({ onCall: word, environments: z.array(word).catch([]) }).catch({ onCall: '', environments: [] }))
      .catch([]),
  }),
});

const kinds = ['production', 'acceptance', 'test', 'development'];

/** What the rules say about other parts of the file. */
export function checkRouting(json: unknown, report: Report): void {
  const parsed = sketch.safeParse(json);
  if (!parsed.success) {
    return;
  }
  const rotations = namesOf(parsed.data.onCall);
  const environments = [...namesOf(parsed.data.environments), ...kinds];
  for (const [index, { onCall, environments: named }] of parsed.data.routing.rules.entries()) {
    const path = `routing.rules[${index}]`;
    if (onCall !== '' && !rotations.includes(onCall)) {
      const instead =
        rotations.length === 0 ? 'Add the rotation there first.' : `Write one of ${rotations.join(', ')}.`;
      report(`${path}.onCall`, `${JSON.stringify(onCall)} is no rotation under onCall`, instead);
    }
    for (const [at, name] of named.entries()) {
      if (name !== '' && !environments.includes(name)) {
        const what = `${JSON.stringify(name)} is neither an environment nor a kind of them`;
        report(`${path}.environments[${at}]`, what, `Write one of ${environments.join(', ')}.`);
      }
    }
  }
}

function namesOf(entries: readonly { name: string }[]): string[] {
  return entries.map(({ name }) => name).filter((name) => name !== '');
}

/** What the desk is like: whose it is, what the bot's account may do there, and how often it is asked. */
import { z } from 'zod/v4';
import { choice, section } from './settings-fields.ts';

const fieldHint = 'the number of a custom field of the desk';
const readsHint = 'a whole number from 2 to 400';

export const zendesk = section(
  {
    desk: choice(['own', 'provider'], 'whose desk it is').default('provider'),
    rights: choice(['agent', 'end-user'], 'what the bot’s account may do there').default('agent'),
    fields: z
      .record(z.string(), z.int({ error: fieldHint }).positive({ error: fieldHint }), {
        error: 'an object of names and numbers of custom fields',
      })
      .default({})
      .describe('Numbers of the desk’s custom fields by what they hold.'),
    readsPerMinute: z
      .int({ error: readsHint })
      .min(2, { error: readsHint })
      .max(400, { error: readsHint })
      .describe('How many requests a minute the bot spends on looking for what no webhook told.')
      .default(60),
  },
  'what the desk is like',
);

/**
 * Who is asked for approvals, how many have to say yes, and until when: what `policy/approval-rule.ts` works with, as
 * people write it.
 */
import { z } from 'zod/v4';
import { timesOf } from '../policy/approval-rule.ts';
import { risks } from '../policy/risk.ts';
import { choice, list, section, text } from './settings-fields.ts';

const countHint = 'a whole number from 1 to 9';
const minutesHint = 'a whole number of minutes from 5 to 10080';
const group = text('a group, such as network: people with the role approver:network are in it', /^[a-z0-9-]+$/);

function count(about: string) {
  return z
    .int({ error: countHint })
    .min(1, { error: countHint })
    .max(9, { error: countHint })
    .describe(about)
    .default(1);
}

function minutes(about: string) {
  return z
    .int({ error: minutesHint })
    .min(5, { error: minutesHint })
    .max(10_080, { error: minutesHint })
    .describe(about)
    .optional();
}

const second = section(
  {
    group,
    rotation: text('the name of a rotation under onCall, or null for the whole group')
      .nullable()
      .describe('Whose person on call is asked; null: everybody of the group.')
      .default(null),
    count: count('How many different people of this group have to say yes.'),
  },
  'a second group of which people have to say yes as well',
);

export const approvalRule = section(
  {
    environments: list(text('the name of an environment'), 'names of environments')
      .min(1, { error: 'at least one name of an environment' })
      .nullable()
      .describe('Environments that the rule is for; null: all.')
      .default(null),
    risks: list(choice(risks, 'how risky the plan is'), 'risks')
      .min(1, { error: 'at least one of low, medium and high' })
      .nullable()
      .describe('Risks that the rule is for; null: all.')
      .default(null),
    rotation: text('the name of a rotation under onCall')
      .describe('Whose person on call is asked. Without it, the first rotation under onCall.')
      .optional(),
    group: group
      .nullable()
      .describe('People with the role approver:GROUP may decide as well; null: no group.')
      .default(null),
    count: count('How many different people have to say yes; never the one who asks.'),
    second: second
      .nullable()
      .describe('A second group of which people have to say yes as well; null: nobody.')
      .default(null),
    onCallOnly: z
      .boolean({ error: 'true or false' })
      .describe(
        'True: only whoever is on call, was asked by turn, or had it handed over may say yes; any approver may say no.',
      )
      .default(false),
    expiryMinutes: minutes('Minutes after which a request without a decision expires; 120 without it.'),
    remindMinutes: minutes('Minutes after which whoever is asked is reminded; half of expiryMinutes without it.'),
    escalateMinutes: minutes(
      'Minutes after which the next person on call is asked as well; three quarters of expiryMinutes without it.',
    ),
  },
  'one rule for approvals; the first one that fits environment and risk counts',
)
  .refine(
    (rule) => {
      const { expiryMinutes, remindMinutes, escalateMinutes } = timesOf(rule);
      return remindMinutes < escalateMinutes && escalateMinutes < expiryMinutes;
    },
    { error: 'times in their order: remindMinutes, then escalateMinutes, then expiryMinutes' },
  )
  .describe('One rule for approvals; the first one that fits environment and risk counts.');

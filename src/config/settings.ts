/**
 * The settings file (CONTRACTS.md section 9): who people are, what they may ask for, who is on call, when the desk
 * works, and where things are posted. `manifest/settings.schema.json` is this schema for editors; a test keeps it equal.
 *
 * What one part says about another (a rotation that names a person) is checked in `settings-references.ts`.
 */
import { z } from 'zod/v4';
import { approvalRule } from './settings-approvals.ts';
import { choice, guid, list, section, text, zone } from './settings-fields.ts';
import { type Calendar, calendars } from './settings-calendar.ts';
import { clock } from './settings-clock.ts';
import { freeze } from './settings-freezes.ts';
import { rotation } from './settings-rotation.ts';
import { alerts, routing } from './settings-routing.ts';
import { probe } from './settings-probe.ts';
import { zendesk } from './settings-zendesk.ts';

const roleHint = 'a role: admin, approver, approver:GROUP, support or requester';
const role = z
  .union(
    [
      z.enum(['admin', 'approver', 'support', 'requester']),
      z.templateLiteral(['approver:', z.string().regex(/^[a-z0-9-]+$/)]),
    ],
    {
      error: roleHint,
    },
  )
  .describe('A role: admin, approver, approver:GROUP (approves for one group), support or requester.');

const person = section(
  {
    id: text('a short name of letters, digits, dots and dashes, such as rosa', /^[A-Za-z0-9][A-Za-z0-9.-]*$/),
    name: text('the full name, as others read it'),
    email: text('an e-mail address, such as rosa@example.com', /^[^@\s]+@[^@\s]+\.[^@\s]+$/),
    entra: section(
      { tenant: guid('the id of the directory'), objectId: guid('the object id of the person in it') },
      'who this is in Microsoft Entra and so in Teams; null when they are not there',
    )
      .nullable()
      .default(null),
    slack: section(
      {
        team: text('the id of the workspace, such as T0123ABCD', /^[TE][A-Z0-9]+$/),
        user: text('the id of the member, such as U0123ABCD', /^[UW][A-Z0-9]+$/),
      },
      'who this is in Slack; null when they are not there',
    )
      .nullable()
      .default(null),
    zone: zone('where this person is, because times are shown in it'),
    calendar: text(
      'the name of a calendar: the office hours of the desk that answers this person, by customer or team',
    ).default('support'),
    roles: list(role, 'roles, empty for a person who may only look up things'),
  },
  'one person whom the bot knows',
);

const environment = section(
  {
    name: text('the name people call it, such as mendix-prod', /^[A-Za-z0-9][A-Za-z0-9._-]*$/),
    subscription: guid('the id of the subscription that it stands in'),
    managedResourceGroup: text('the name of its managed resource group', /^[-\w.()]{1,90}$/),
    domainSuffix: text('what app names end in, such as azure.mendixapps.io', /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/),
    mayRequest: list(
      text('a role or the id of a person'),
      'roles and ids of people who may see it and ask for a connection',
    ),
    production: z
      .boolean({ error: 'true or false' })
      .describe('Whether it is production; without it, a name with “prod” says so, other than non-prod or preprod.')
      .optional(),
  },
  'one Mendix on Azure environment',
);

/** What the bot posts by itself; answers always go to where somebody asked. */
const purposes = ['approvals', 'support', 'audit'] as const;

const channel = section(
  {
    platform: choice(['web', 'teams', 'slack'], 'the platform; web is the local page'),
    id: text('the id of the channel on its platform'),
    for: list(
      choice(purposes, 'plans that wait for a decision, tickets and their clocks, or a daily anchor of the audit'),
      'what the bot posts there by itself',
    ),
  },
  'one channel in which the bot posts',
);

const naming = section(
  {
    pattern: text(
      'a pattern for names of new resources, which holds {name} once, such as causeway-{name}',
      /^[\w.-]*\{name\}[\w.-]*$/,
    ).default('causeway-{name}'),
    tags: z
      .record(
        text('the name of a tag without < > % & \\ ? /', /^[^<>%&\\?/]{1,512}$/),
        text('the value of a tag, at most 256 characters', /^.{1,256}$/),
        { error: 'an object of tag names and values' },
      )
      .default({})
      .describe('Tags for everything new that can carry tags.'),
  },
  'how new resources are named and tagged',
);

const slack = section(
  {
    matchByEmail: z
      .boolean({ error: 'true or false' })
      .describe('True: who has no Slack id here may be known by the e-mail of their Slack profile.')
      .default(false),
  },
  'how people are recognised in Slack',
);

export const settingsSchema = section(
  {
    $schema: z
      .string({ error: 'where the schema of this file is' })
      .optional()
      .describe('For editors; the bot does not read it.'),
    people: list(person, 'the people whom the bot knows; everybody else gets help and nothing more'),
    tenants: list(guid('the id of a directory'), 'further directories whose people may use the bot in Teams').default(
      [],
    ),
    environments: list(environment, 'the environments that the bot may touch; it shows no others'),
    onCall: list(rotation, 'rotations of people who are on call').default([]),
    approvals: list(
      approvalRule,
      'rules for who is asked and how many have to say yes; where none fits, one person decides and the first rotation is asked',
    ).default([]),
    freezes: list(freeze, 'windows in which plans wait or need a second approval').default([]),
    calendars,
    clock: clock.prefault({}),
    channels: list(channel, 'channels in which the bot posts by itself').default([]),
    naming: naming.prefault({}),
    slack: slack.prefault({}),
    zendesk: zendesk.prefault({}),
    probe: probe.prefault({}),
    alerts: alerts.prefault({}),
    routing: routing.prefault({}),
  },
  'the settings of the bot; an unknown key is a problem, and changes are read without a restart',
);

/** As they are written, checked. */
export type WrittenSettings = z.infer<typeof settingsSchema>;

/** With everything that other files add. */
export type Settings = Omit<WrittenSettings, 'calendars'> & {
  calendars: { support: Calendar; [name: string]: Calendar };
};

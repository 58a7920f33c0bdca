/** Triggers: when a ticket was made or changed as they say, they call a webhook with the body that they hold. */
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { type Account, nextId } from './account.ts';
import { created, type Handled, noContent, notFound, ok, recordInvalid } from './answers.ts';
import { page } from './paging.ts';
import { expandPlaceholders } from './placeholders.ts';
import type { Comment, Ticket, Trigger, TriggerCondition } from './records.ts';
import { readBody } from './request-body.ts';
import { conditionalEvents, type TriggerCall } from './ticket-events.ts';
import { instantText } from './times.ts';

/** What was done to a ticket; `before` is null when it was made. */
export interface Step {
  before: Ticket | null;
  ticket: Ticket;
  comment: Comment | undefined;
}

type Judge = (step: Step, condition: TriggerCondition) => boolean;

const judges: Readonly<Record<string, Judge>> = {
  update_type: ({ before }, { value }) => value === (before === null ? 'Create' : 'Change'),
  status: (step, condition) => valueFits(step, condition, ({ status }) => status),
  priority: (step, condition) => valueFits(step, condition, ({ priority }) => priority),
  comment_is_public: ({ comment }, { value }) =>
    comment !== undefined && (value === 'not_relevant' || String(comment.public) === value),
  current_tags: ({ ticket }, { operator, value }) => {
    const named = (value ?? '').split(/\s+/).filter(Boolean);
    const has = named.some((tag) => ticket.tags.includes(tag));
    return operator === 'not_includes' ? !has : has;
  },
};

function valueFits(
  { before, ticket }: Step,
  { operator, value }: TriggerCondition,
  read: (of: Ticket) => string | null,
): boolean {
  switch (operator) {
    case 'is':
      return read(ticket) === value;
    case 'is_not':
      return read(ticket) !== value;
    case 'changed':
      return before !== null && read(before) !== read(ticket);
    case 'not_changed':
      return before === null || read(before) === read(ticket);
    default:
      return false;
  }
}

export function triggerCalls(account: Account, step: Step): TriggerCall[] {
  return account.triggers
    .filter(({ active, conditions }) => active && fits(step, conditions))
    .flatMap(({ actions }) => actions.flatMap((action) => callOf(account, step.ticket, action)));
}

function fits(step: Step, { all, any }: Trigger['conditions']): boolean {
  function holds(condition: TriggerCondition): boolean {
    return judges[condition.field]?.(step, condition) === true;
  }
  return all.every(holds) && (any.length === 0 || any.some(holds));
}

const WebhookAction = z.tuple([z.string(), z.string()]);

function callOf(account: Account, ticket: Ticket, { field, value }: Trigger['actions'][number]): TriggerCall[] {
  const action = WebhookAction.safeParse(value);
  return field === 'notification_webhook' && action.success
    ? [
        {
          type: conditionalEvents,
          webhookId: action.data[0],
          body: expandPlaceholders(account, ticket, action.data[1]),
        },
      ]
    : [];
}

const Condition = z.object({ field: z.string(), operator: z.string(), value: z.string().nullable().default(null) });

const TriggerBody = z.object({
  title: z.string().optional(),
  active: z.boolean().optional(),
  conditions: z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) }).optional(),
  actions: z.array(z.object({ field: z.string(), value: z.unknown() })).optional(),
});

export function postTrigger(account: Account, request: SimRequest): Handled {
  const body = readTrigger(request);
  if ((body.title ?? '').trim() === '') {
    throw recordInvalid('title', 'Title: cannot be blank', 'BlankValue');
  }
  if ((body.actions ?? []).length === 0) {
    throw recordInvalid('base', 'You must specify at least one action');
  }
  const at = instantText(account.now());
  const trigger: Trigger = {
    id: nextId(account),
    title: body.title ?? '',
    active: body.active ?? true,
    conditions: body.conditions ?? { all: [], any: [] },
    actions: body.actions ?? [],
    created_at: at,
    updated_at: at,
  };
  account.triggers.push(trigger);
  return created({ trigger });
}

export function putTrigger(account: Account, request: SimRequest, id: number): Handled {
  const trigger = triggerOf(account, id);
  Object.assign(trigger, readTrigger(request), { updated_at: instantText(account.now()) });
  return ok({ trigger });
}

export function listTriggers(account: Account, request: SimRequest): Handled {
  return ok(page(request, 'triggers', account.triggers));
}

export function deleteTrigger(account: Account, id: number): Handled {
  account.triggers.splice(account.triggers.indexOf(triggerOf(account, id)), 1);
  return noContent();
}

function readTrigger(request: SimRequest): z.output<typeof TriggerBody> {
  const body = readBody(request, 'trigger', TriggerBody);
  for (const { field } of [...(body.conditions?.all ?? []), ...(body.conditions?.any ?? [])]) {
    if (judges[field] === undefined) {
      throw recordInvalid('base', `Condition field ${field} is invalid.`);
    }
  }
  return body;
}

function triggerOf(account: Account, id: number): Trigger {
  const trigger = account.triggers.find((entry) => entry.id === id);
  if (trigger === undefined) {
    throw notFound();
  }
  return trigger;
}

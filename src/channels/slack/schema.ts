/**
 * What Slack sends, as far as this channel reads it. The guard has verified where it comes from; what stands in it is
 * still text from outside, so everything that is not needed may be anything.
 */
import { z } from 'zod/v4';

const id = z.string().min(1).max(255);
/** Slack leaves out what it has not, or sends null. */
const maybeId = id
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const flag = z.boolean().catch(false);
const looseText = z.string().catch('');

/** A list in which what cannot be read is passed over. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry): z.infer<Item>[] => {
        const read = item.safeParse(entry);
        return read.success ? [read.data] : [];
      }),
    );
}

/** Something said, or the App Home opened; of other events only the kind is of interest. */
const Happened = z.object({
  type: z.string().max(255),
  subtype: maybeId,
  user: maybeId,
  bot_id: maybeId,
  /** Where the user is at home, in the order of how much it says; in an organisation it can be its id. */
  user_team: maybeId,
  team: maybeId,
  source_team: maybeId,
  channel: maybeId,
  channel_type: maybeId,
  ts: maybeId,
  thread_ts: maybeId,
  text: looseText,
  files: listOf(
    z.object({
      id: maybeId,
      name: looseText,
      size: z
        .number()
        .nonnegative()
        .nullish()
        .catch(null)
        .transform((size) => size ?? null),
      url_private_download: z.string().max(2_000).nullish().catch(null),
    }),
  ),
  hidden: flag,
  tab: maybeId,
  /** Of links that somebody posted; `message_ts` is none where they are still being typed. */
  links: listOf(z.object({ url: z.string().max(2_000) })),
  message_ts: maybeId,
  source: maybeId,
  is_bot_user_member: flag,
});

export type Happened = z.infer<typeof Happened>;

const EventCallback = z
  .object({
    event_id: id,
    team_id: maybeId,
    enterprise_id: maybeId,
    context_team_id: maybeId,
    context_enterprise_id: maybeId,
    is_ext_shared_channel: flag,
    authorizations: listOf(z.object({ team_id: maybeId, enterprise_id: maybeId })),
    event: Happened,
  })
  .transform((said) => ({ kind: 'event' as const, ...said }));

const Command = z
  .object({
    command: id,
    text: looseText,
    user_id: id,
    team_id: maybeId,
    enterprise_id: maybeId,
    channel_id: id,
    trigger_id: maybeId,
  })
  .transform((said) => ({ kind: 'command' as const, ...said }));

/** What every interaction says of where it comes from. */
const from = {
  /** Null where the app is installed for a whole organisation. */
  team: z.object({ id: maybeId, enterprise_id: maybeId, domain: looseText }).nullish().catch(null),
  enterprise: z.object({ id: maybeId }).nullish().catch(null),
  user: z.object({ id, team_id: maybeId }),
  trigger_id: maybeId,
};

const View = z.object({
  id,
  type: looseText,
  team_id: maybeId,
  app_installed_team_id: maybeId,
  callback_id: looseText,
  private_metadata: looseText,
  state: z.object({ values: z.record(z.string(), z.unknown()).catch({}) }).catch({ values: {} }),
});

const maybeView = View.nullish().catch(null);

const Message = z.object({
  ts: id,
  thread_ts: maybeId,
  user: maybeId,
  bot_id: maybeId,
  team: maybeId,
  text: looseText,
});

const maybeMessage = Message.nullish().catch(null);
const maybeChannel = z.object({ id }).nullish().catch(null);

const Action = z.object({
  type: looseText,
  action_id: id,
  value: z.string().max(2_000).nullish().catch(null),
  url: z.string().nullish().catch(null),
});

const BlockActions = z
  .object({
    ...from,
    actions: listOf(Action),
    container: z
      .object({ message_ts: maybeId, thread_ts: maybeId, channel_id: maybeId, is_ephemeral: flag })
      .nullish()
      .catch(null),
    channel: maybeChannel,
    message: maybeMessage,
    view: maybeView,
  })
  .transform((said) => ({ kind: 'action' as const, ...said }));

const ViewSubmission = z
  .object({ ...from, view: View })
  .transform((said) => ({ kind: 'submission' as const, ...said }));

const ViewClosed = z.object({ ...from, view: View }).transform((said) => ({ kind: 'closed' as const, ...said }));

const MessageShortcut = z
  .object({ ...from, callback_id: id, channel: z.object({ id }), message: Message })
  .transform((said) => ({ kind: 'message-shortcut' as const, ...said }));

const GlobalShortcut = z
  .object({ ...from, callback_id: id })
  .transform((said) => ({ kind: 'shortcut' as const, ...said }));

const Suggestion = z
  .object({ ...from, action_id: id, value: looseText, view: maybeView })
  .transform((said) => ({ kind: 'suggestion' as const, ...said }));

/** By `type`; a command has none. */
const schemas = {
  event_callback: EventCallback,
  block_actions: BlockActions,
  view_submission: ViewSubmission,
  view_closed: ViewClosed,
  message_action: MessageShortcut,
  shortcut: GlobalShortcut,
  block_suggestion: Suggestion,
} as const;

export type Payload = z.infer<(typeof schemas)[keyof typeof schemas]> | z.infer<typeof Command>;

export type PayloadOf<Kind extends Payload['kind']> = Extract<Payload, { kind: Kind }>;

/** `none`: Slack sends it, and it means nothing to this bot. `unreadable`: Slack sends no such thing. */
export type ReadPayload = { kind: 'read'; payload: Payload } | { kind: 'none' | 'unreadable' };

export function readPayload(body: Readonly<Record<string, unknown>>): ReadPayload {
  const { type } = body;
  const isCommand = type === undefined && typeof body['command'] === 'string';
  const schema = isCommand ? Command : isKnown(type) ? schemas[type] : null;
  if (schema === null) {
    return { kind: typeof type === 'string' && type !== '' ? 'none' : 'unreadable' };
  }
  const parsed = schema.safeParse(body);
  return parsed.success ? { kind: 'read', payload: parsed.data } : { kind: 'unreadable' };
}

function isKnown(type: unknown): type is keyof typeof schemas {
  return typeof type === 'string' && Object.hasOwn(schemas, type);
}

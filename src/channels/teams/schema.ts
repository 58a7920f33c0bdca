/**
 * An activity as Teams sends it, as far as this channel reads it. The gate has verified where it comes from; what stands
 * in it is still text from outside.
 */
import { z } from 'zod/v4';

const id = z.string().min(1).max(1_000);
const looseText = z.string().catch('');

const Account = z.object({
  id,
  name: looseText,
  aadObjectId: z.string().min(1).nullish().catch(null),
  /** Where the account is at home, when Teams says it. */
  tenantId: z.string().nullish().catch(null),
  userRole: z.string().nullish().catch(null),
  userPrincipalName: z.string().nullish().catch(null),
});

export type Account = z.infer<typeof Account>;

const Mention = z.object({
  type: z.literal('mention'),
  text: looseText,
  mentioned: z.object({ id: z.string(), name: looseText }),
});

export type Mention = z.infer<typeof Mention>;

const Entities = z
  .array(z.unknown())
  .catch([])
  .transform((entities) =>
    entities.flatMap((entity) => {
      const mention = Mention.safeParse(entity);
      return mention.success ? [mention.data] : [];
    }),
  );

const Members = z
  .array(z.object({ id: z.string() }))
  .nullish()
  .catch(null)
  .transform((members) => (members ?? []).map((member) => member.id));

/** A file that somebody sent in the personal chat. */
const DownloadInfo = z
  .object({
    contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
    name: looseText,
    content: z.object({ downloadUrl: z.string().max(4_000), uniqueId: id }),
  })
  .transform(({ content, name }) => ({ ...content, name }));

const Files = z
  .array(z.unknown())
  .nullish()
  .catch(null)
  .transform((attachments) =>
    (attachments ?? []).flatMap((attachment) => {
      const file = DownloadInfo.safeParse(attachment);
      return file.success ? [file.data] : [];
    }),
  );

export const Activity = z.preprocess(
  withFiles,
  z.object({
    type: z.string().max(100),
    id: z.string().min(1).max(1_000).nullish().catch(null),
    name: looseText,
    action: looseText,
    serviceUrl: z.url(),
    from: Account,
    recipient: z.object({ id, name: looseText }),
    conversation: z.object({
      id,
      tenantId: z.string().nullish().catch(null),
      conversationType: z.string().nullish().catch(null),
      isGroup: z.boolean().nullish().catch(null),
    }),
    channelData: z
      .object({
        tenant: z.object({ id: z.string() }).nullish().catch(null),
        team: z
          .object({ id: z.string().nullish().catch(null) })
          .nullish()
          .catch(null),
        channel: z.object({ id: z.string() }).nullish().catch(null),
      })
      .nullish()
      .catch(null),
    text: looseText,
    entities: Entities.prefault([]),
    replyToId: z.string().nullish().catch(null),
    /** Kinds of what hangs on a message; its words come along as HTML once more. */
    attachments: z
      .array(z.object({ contentType: z.string() }).catch({ contentType: '' }))
      .nullish()
      .catch(null)
      .transform((attachments) => (attachments ?? []).map(({ contentType }) => contentType)),
    files: Files.prefault([]),
    membersAdded: Members,
    membersRemoved: Members,
    value: z.unknown(),
  }),
);

/** Files stand among the attachments; both are read. */
function withFiles(activity: unknown): unknown {
  return typeof activity === 'object' && activity !== null && 'attachments' in activity
    ? { ...activity, files: activity.attachments }
    : activity;
}

export type Activity = z.infer<typeof Activity>;

const InputValue = z.union([z.string(), z.number(), z.boolean(), z.null()]).catch('');

/** What a button sends: its own data, with what was typed beside it. */
export const Pressed = z
  .looseObject({ verb: z.string().max(100).optional().catch(undefined), token: z.string().max(2_000).catch('') })
  .transform(({ verb = '', token, ...rest }) => ({ verb, token, inputs: inputsOf(rest) }));

export type Pressed = z.infer<typeof Pressed>;

/** Teams wraps buttons of dialogs into `msteams`; it is no input. */
function inputsOf(rest: Readonly<Record<string, unknown>>): Record<string, string> {
  const inputs = Object.entries(rest).filter(([name]) => name !== 'msteams');
  return Object.fromEntries(
    inputs.map(([name, value]) => {
      const read = InputValue.parse(value);
      return [name, read === null ? '' : String(read)];
    }),
  );
}

/** The value of an `adaptiveCard/action` invoke. */
export const CardAction = z.object({
  action: z.object({
    type: z.string().catch(''),
    verb: z.string().max(100).catch(''),
    data: z.looseObject({}).nullish().catch(null),
  }),
  /** `automatic` when the client refreshes the card by itself. */
  trigger: z.string().nullish().catch(null),
});

const Payload = z.object({
  id: z.string().max(1_000).nullish().catch(null),
  linkToMessage: z.string().max(2_000).nullish().catch(null),
  body: z
    .object({ contentType: z.string().catch(''), content: z.string().max(100_000).catch('') })
    .catch({ contentType: '', content: '' }),
  from: z
    .object({
      user: z.object({ id: looseText, displayName: looseText }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** A message on which somebody used an action of this app. */
export type MessagePayload = z.infer<typeof Payload>;

/** The value of `composeExtension/fetchTask` and `composeExtension/submitAction`. */
export const MessageAction = z.object({
  commandId: z.string().max(100),
  messagePayload: Payload.nullish().catch(null),
  /** What was filled in. */
  data: z.looseObject({}).nullish().catch(null),
});

export type MessageAction = z.infer<typeof MessageAction>;

const UploadInfo = z.object({
  uploadUrl: z.url(),
  contentUrl: z.url(),
  name: z.string(),
  uniqueId: z.string(),
  fileType: z.string().catch('txt'),
});

export type UploadInfo = z.infer<typeof UploadInfo>;

/** The value of a `fileConsent/invoke`. */
export const FileConsent = z.object({
  action: z.enum(['accept', 'decline']),
  context: z.object({ token: z.string().max(2_000) }),
  /** Where the file goes, when it may. */
  uploadInfo: UploadInfo.nullish().catch(null),
});

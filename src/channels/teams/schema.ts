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

export const Activity = z.object({
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
  membersAdded: Members,
  membersRemoved: Members,
  value: z.unknown(),
});

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

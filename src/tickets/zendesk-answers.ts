/** What else Zendesk answers: tokens, webhooks, triggers, statuses, files, the export. */
import { z } from 'zod/v4';
import { lineOfDesk } from './desk-text.ts';
import { Attachment, Page, Status, Ticket } from './zendesk-records.ts';

const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  endpoint: z.string(),
  subscriptions: z.array(z.string()).default([]),
});
export type ZendeskWebhook = z.output<typeof Webhook>;

export const WebhookAnswer = z.object({ webhook: Webhook });
export const WebhooksPage = z.object({ webhooks: z.array(Webhook), meta: Page });
export const SecretAnswer = z.object({ signing_secret: z.object({ secret: z.string().min(1) }) });

const Trigger = z.object({ id: z.int(), actions: z.unknown() });

export const TriggersPage = z.object({ triggers: z.array(Trigger), meta: Page });

export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Absent or null: the token does not end by itself. */
  expires_in: z.number().positive().nullish(),
});

export const StatusesAnswer = z.object({
  custom_statuses: z.array(
    z
      .object({ id: z.int(), status_category: Status, agent_label: z.string(), end_user_label: z.string().nullish() })
      .transform((status) => ({
        id: status.id,
        /** As people outside the desk are to read it. */
        label: lineOfDesk(status.end_user_label ?? status.agent_label),
      })),
  ),
});

export const UploadAnswer = z.object({ upload: z.object({ token: z.string().min(1), attachment: Attachment }) });

export const ExportAnswer = z
  .object({ tickets: z.array(Ticket), after_cursor: z.string().nullish(), end_of_stream: z.boolean() })
  .transform((page) => ({
    tickets: page.tickets,
    cursor: page.after_cursor ?? null,
    endOfStream: page.end_of_stream,
  }));

/**
 * What a Zendesk account holds, in the field names of its API, so that an answer is the record itself plus what only a
 * request can know (its own address).
 */

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted';
export type TicketPriority = 'urgent' | 'high' | 'normal' | 'low';
export type TicketType = 'problem' | 'incident' | 'question' | 'task';

export interface Via {
  channel: string;
  source: { from: object; to: object; rel: string | null };
}

export interface Metadata {
  system: Record<string, unknown>;
  /** What the writer of the change put there; the only place of a ticket that a client may use for its own notes. */
  custom: Record<string, unknown>;
}

/** A file of a comment. Its address depends on who asks, so that `content_path` is kept and `content_url` is shown. */
export interface Attachment {
  id: number;
  file_name: string;
  content_type: string;
  size: number;
  inline: boolean;
  deleted: boolean;
  malware_scan_result: 'malware_found' | 'malware_not_found' | 'failed_to_scan' | 'not_scanned';
  content_path: string;
}

export interface Comment {
  id: number;
  type: 'Comment';
  author_id: number;
  body: string;
  html_body: string;
  plain_body: string;
  public: boolean;
  attachments: Attachment[];
  audit_id: number;
  via: Via;
  created_at: string;
  metadata: Metadata;
}

export const auditEventTypes = [
  'Create',
  'Change',
  'Comment',
  'CommentRedactionEvent',
  'CommentPrivacyChange',
  'AttachmentRedactionEvent',
] as const;

export interface AuditEvent {
  id: number;
  type: (typeof auditEventTypes)[number];
  [property: string]: unknown;
}

export interface Audit {
  id: number;
  ticket_id: number;
  created_at: string;
  author_id: number;
  metadata: Metadata;
  via: Via;
  events: AuditEvent[];
}

export interface CustomField {
  id: number;
  value: unknown;
}

export interface Ticket {
  id: number;
  external_id: string | null;
  subject: string | null;
  description: string;
  type: TicketType | null;
  priority: TicketPriority | null;
  status: TicketStatus;
  /** Null where the account has no statuses of its own. */
  custom_status_id: number | null;
  tags: string[];
  custom_fields: CustomField[];
  requester_id: number;
  submitter_id: number;
  assignee_id: number | null;
  is_public: boolean;
  /** The closed ticket that this one goes on from. */
  followup_source_id: number | null;
  /** Whole seconds, as Zendesk gives them: two changes within one second carry the same value. */
  created_at: string;
  updated_at: string;
  via: Via;
  /** Set while the ticket is deleted; it can be put back for as long as nobody removes it for good. */
  deletion: { at: string; actor_id: number; previous_status: TicketStatus } | null;
  comments: Comment[];
  audits: Audit[];
}

export type UserRole = 'end-user' | 'agent' | 'admin';

export interface User {
  id: number;
  name: string;
  email: string;
  role: UserRole;
  external_id: string | null;
  active: boolean;
  verified: boolean;
  time_zone: string;
  created_at: string;
  updated_at: string;
}

export interface Webhook {
  id: string;
  name: string;
  endpoint: string;
  http_method: string;
  request_format: string;
  status: 'active' | 'inactive';
  subscriptions: string[];
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  /** Never part of an API answer but the one that is asked for it. */
  signing_secret: { algorithm: 'SHA256'; secret: string };
}

export interface TriggerCondition {
  field: string;
  operator: string;
  value: string | null;
}

export interface Trigger {
  id: number;
  title: string;
  active: boolean;
  conditions: { all: TriggerCondition[]; any: TriggerCondition[] };
  actions: { field: string; value: unknown }[];
  created_at: string;
  updated_at: string;
}

export interface CustomStatus {
  id: number;
  status_category: 'new' | 'open' | 'pending' | 'hold' | 'solved';
  agent_label: string;
  end_user_label: string;
  active: boolean;
  default: boolean;
  created_at: string;
  updated_at: string;
}

/** Which user an OAuth client acts for. */
export interface OauthClient {
  identifier: string;
  secret: string;
  user_id: number;
}

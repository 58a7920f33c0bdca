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

export interface Comment {
  id: number;
  type: 'Comment';
  author_id: number;
  body: string;
  html_body: string;
  plain_body: string;
  public: boolean;
  attachments: readonly unknown[];
  audit_id: number;
  via: Via;
  created_at: string;
  metadata: Metadata;
}

export interface AuditEvent {
  id: number;
  type: 'Create' | 'Change' | 'Comment';
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
  tags: string[];
  custom_fields: CustomField[];
  requester_id: number;
  submitter_id: number;
  assignee_id: number | null;
  is_public: boolean;
  /** Whole seconds, as Zendesk gives them: two changes within one second carry the same value. */
  created_at: string;
  updated_at: string;
  via: Via;
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

/**
 * The tables that hold the truth (DESIGN.md section 4), one set for SQLite and PostgreSQL.
 *
 * Portable on purpose: JSON is text, an instant is text in the fixed form `2026-11-21T13:00:00.000Z` (so it sorts as
 * text), a flag is 0 or 1. Times of leases are milliseconds since 1970 as a double, because the database compares them.
 */
import type { ColumnType } from 'kysely';
import type { InstantText, JsonText, Serial } from './column-types.ts';
import type { AlertTable, AlertThreadTable, DigestTable } from './tables-alerts.ts';
import type { AnchorCaseTable, AnchorTable, AuditPayloadTable, AuditTable } from './tables-audit.ts';
import type { ChatFileTable, ChatMessageTable, ChatSeenTable } from './tables-chat.ts';

/** Which case a thread of a chat belongs to. `thread` is '' for the top level of a conversation. */
interface ConversationTable {
  platform: string;
  conversation: string;
  thread: string;
  case_id: string;
}

interface EventTable {
  id: string;
  seq: Serial;
  case_id: string | null;
  type: string;
  at: InstantText;
  body: JsonText;
  reply: JsonText | null;
  /** Revision of the case after this event; null when it failed. */
  revision: number | null;
  /** Why `advance` threw; null when it did not. */
  failed: string | null;
}

interface FlowTable {
  case_id: string;
  kind: string;
  state: JsonText;
  revision: number;
  /** Instant of the last event; the next one is never earlier. */
  at: InstantText;
  audit_seq: number;
  audit_head: string;
}

interface FactTable {
  key: string;
  value: JsonText;
  read_at: InstantText;
}

export type EffectStatus = 'open' | 'leased' | 'running' | 'done' | 'failed' | 'dropped';

interface EffectTable {
  /** `case/revision/index` */
  id: string;
  seq: Serial;
  case_id: string;
  kind: 'message' | 'read' | 'work';
  type: string;
  body: JsonText;
  at: InstantText;
  /** Effects of one lane go in order; null: no order. */
  lane: string | null;
  message_key: string | null;
  status: EffectStatus;
  due_at: InstantText | null;
  expires_at: InstantText | null;
  lease_owner: string | null;
  lease_until: ColumnType<number, number | undefined, number>;
  attempts: ColumnType<number, number | undefined, number>;
  /** Run of the durable engine that claimed it. */
  run_id: string | null;
  outcome: JsonText | null;
  finished_at: InstantText | null;
}

interface MessageTable {
  /** `case/message` */
  key: string;
  case_id: string;
  platform: string;
  conversation: string;
  thread: string | null;
  /** The platform's id, once it was posted. */
  platform_id: string | null;
  revision: number;
  /** Newest revision that reached the platform; an older effect that comes later is not sent any more. */
  sent_revision: number;
  /** Content of the newest revision, whether sent or not. */
  content: JsonText;
  verbs: JsonText;
  only_for: string | null;
}

/** One row per revision of a message that has buttons. The token a person sees is derived from `secret`, verb and person. */
interface TokenTable {
  id: string;
  case_id: string;
  message_key: string;
  revision: number;
  verbs: JsonText;
  at: InstantText;
}

/** Outcome of a click, so that a second click with the same token gets the same answer. */
interface ClickTable {
  token: string;
  person: string;
  event_id: string;
}

interface PlanTable {
  id: string;
  case_id: string;
  hash: string;
  body: JsonText;
  at: InstantText;
}

export type StepStatus = 'pending' | 'running' | 'done' | 'failed';

interface StepTable {
  plan_id: string;
  step_id: string;
  status: StepStatus;
  /** What is sent. */
  request: JsonText | null;
  /** The SDK's serialized poller, so that a restart goes on with the same operation. */
  operation: string | null;
  etag: string | null;
  answer: JsonText | null;
  error: JsonText | null;
  started_at: InstantText | null;
  finished_at: InstantText | null;
}

interface ApprovalTable {
  id: string;
  case_id: string;
  plan_id: string;
  plan_hash: string;
  status: 'pending' | 'approved' | 'denied' | 'expired' | 'voided' | 'withdrawn';
  requested_by: string;
  asked_at: InstantText;
  expires_at: InstantText;
  decided_by: string | null;
  decided_at: InstantText | null;
  reason: string | null;
}

interface TicketTable {
  case_id: string;
  external_id: string;
  /** The desk's number; null until it was created. */
  ticket_id: number | null;
  /** The number that goes on instead, after a merge or as a follow-up. */
  followed_id: number | null;
  status: string;
  updated_at: InstantText | null;
  /** When it was asked for. */
  expected_at: InstantText | null;
  /** When it was last looked at, by our clock. */
  read_at: InstantText | null;
  /** The desk's instant of the newest reading with all comments. */
  seen_at: InstantText | null;
  subject: string;
  requester: string;
  /** Name of the environment, or its kind where no name was said. */
  environment: string;
  symptom: string;
  /** What asked for it; '' for a person. */
  source: string;
}

/** One row for each time that somebody saw a verdict differently and changed it. */
interface OverrideTable {
  /** `case/revision` */
  id: string;
  case_id: string;
  at: InstantText;
  person: string;
  from_scope: string;
  from_route: string;
  /** Null when it had none, as in every scope but supported. */
  from_severity: string | null;
  to_scope: string;
  to_route: string;
  to_severity: string | null;
  reason: string;
  /** Digest of the tables by which the rules had judged. */
  tables_version: string;
}

interface LockTable {
  name: string;
  owner: string;
  until: number;
  fence: number;
  /** What it is held for, as whoever waits for it is told, such as the plan and its case; '' when nothing is said. */
  about: string;
}

/** What stops or holds up all changes: pulled by an administrator, and lifted by one. */
interface ControlTable {
  /** Of the event that made it. */
  id: string;
  kind: 'stop' | 'freeze';
  by: string;
  at: InstantText;
  reason: string;
  /** Names of the environments that it is about; null: all. */
  environments: JsonText | null;
  /** In a freeze: whether plans wait for its end or need a second approval. */
  mode: 'wait' | 'second-approval' | null;
  from: InstantText;
  /** Null: until somebody lifts it. */
  until: InstantText | null;
  lifted_by: string | null;
  lifted_at: InstantText | null;
  lifted_because: string | null;
}

interface SecretTable {
  name: string;
  value: string;
}

export interface Tables {
  conversation: ConversationTable;
  event: EventTable;
  flow: FlowTable;
  fact: FactTable;
  effect: EffectTable;
  message: MessageTable;
  token: TokenTable;
  click: ClickTable;
  plan: PlanTable;
  step: StepTable;
  approval: ApprovalTable;
  ticket: TicketTable;
  override: OverrideTable;
  audit: AuditTable;
  audit_payload: AuditPayloadTable;
  anchor: AnchorTable;
  anchor_case: AnchorCaseTable;
  lock: LockTable;
  control: ControlTable;
  alert: AlertTable;
  alert_thread: AlertThreadTable;
  digest: DigestTable;
  secret: SecretTable;
  chat_message: ChatMessageTable;
  chat_seen: ChatSeenTable;
  chat_file: ChatFileTable;
}

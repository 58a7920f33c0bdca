/**
 * What the bot's cards say, as data. The looks are in `cards/*.json` (one Adaptive Card template per name); a card is
 * complete without its picture, and a state is never told by colour alone, hence the words beside every sign.
 */
import type { Choice, Line, Tone } from './card-parts.ts';
import type {
  ConnectFormData,
  ConnectMethodData,
  ConnectPlanData,
  ConnectStatusData,
  ApprovalData,
  ChangeAskedData,
  ConnectResultData,
} from './connect-card.ts';
import type { DigestData } from './digest-data.ts';

export type { Choice, Line, SignedLine, Tone } from './card-parts.ts';

export interface HelpData {
  intro: string;
  /** To begin with. */
  examples: readonly { command: string; meaning: string }[];
  groups: readonly { title: string; commands: readonly { command: string; meaning: string }[] }[];
}

export interface NoticeData {
  title: string;
  tone: Tone;
  text: string;
  /** What to do next; empty when nothing is to be done. */
  wayOut: string;
  lines: readonly Line[];
}

export interface TriageData {
  headline: string;
  /** In one line; empty when everything is in the list below. */
  understood: string;
  /** Heading of what was understood and can be changed; empty when nothing was. */
  corrections: string;
  /**
   * Inputs: what is asked, and what was understood (`known`), to be corrected. One without choices is typed.
   */
  asks: readonly { id: string; label: string; choices: readonly Choice[]; value: string; known: boolean }[];
  problems: readonly string[];
}

/** A rule that something rests on. */
export interface GroundLine {
  text: string;
  /** Document, section and date. */
  source: string;
  /** Says that the rule is under review; empty when it is not. */
  review: string;
}

/** A way to a document, as a button. */
export interface SourceLink {
  title: string;
  url: string;
}

export interface VerdictData {
  headline: string;
  tone: Tone;
  /** "First answer in …. Due …, counted in …"; empty when nothing is said about a time. */
  due: string;
  /** What people changed, each with who and why. */
  changes: readonly string[];
  /** What the person does now. */
  next: string;
  /** Scope, way, responsible party and severity. */
  ratings: readonly Line[];
  because: readonly GroundLine[];
  wouldChange: readonly string[];
  /** What was understood. */
  lines: readonly Line[];
  /** Verb of the one button that stands out. */
  primary: string;
  /** Titles of buttons that say something else on each way; empty when they are not offered. */
  ticketButton: string;
  connectButton: string;
  doneButton: string;
  factsButton: string;
  leaveButton: string;
  /** Digest of the tables. */
  version: string;
  links: readonly SourceLink[];
}

export interface DifferData {
  /** What the verdict says now. */
  now: string;
  /** What may be expected of a change. */
  note: string;
  scope: string;
  severity: string;
  severities: readonly Choice[];
}

export interface OverridesData {
  headline: string;
  changes: readonly { text: string; reason: string; detail: string }[];
  /** Said when there are none. */
  none: string;
}

export interface AnswerData {
  /** What was asked; empty when nothing was. */
  asked: string;
  headline: string;
  text: string;
  /** What the person does now; empty when there is nothing to do. */
  next: string;
  /** Whose matter it is; empty when it is nobody’s in particular. */
  party: string;
  source: string;
  /** Says that it is under review; empty when it is not. */
  review: string;
  /** Notes that one may read next, each as a button with its own verb. */
  related: readonly { title: string; verb: string }[];
  links: readonly SourceLink[];
}

export interface TicketPreviewData {
  subject: string;
  body: string;
  severity: string;
  /** Tickets that are open about the same; empty when there is none. */
  similar: string;
  /** Of the button that adds to the first of them; empty when there is none. */
  addTitle: string;
  openTitle: string;
  /** What was taken out before it is sent; empty when nothing was. */
  redacted: string;
  /** What was looked at and would be sent along, a line each; empty when there is nothing. */
  diagnostics: readonly string[];
  /** "true" or "false": how the switch stands at first. */
  sendDiagnostics: string;
  /** Of files: those that go along, or how some can. */
  note: string;
  logs: string;
  /** Where a ticket is opened with logs. */
  portalUrl: string;
  problems: readonly string[];
}

export interface TicketData {
  number: string;
  url: string;
  subject: string;
  status: string;
  tone: Tone;
  severity: string;
  environment: string;
  requester: string;
  clock: string;
  /** Office hours in which the due time is counted; empty when none is running. */
  hours: string;
  lastWord: string;
  lastWordFrom: string;
  /** What is asked of the reader now; empty when nothing is. */
  asked: string;
  /** The question of the end, or its answer; empty before. */
  over: string;
  /** What the field for a reply is for, where the ticket stands. */
  replyLabel: string;
  /** What one should know of it besides how it stands. */
  notes: readonly string[];
}

export interface TicketListData {
  headline: string;
  /** What to say where there is none; empty otherwise. */
  none: string;
  tickets: readonly {
    /** "Ticket 4711 · On Hold" */
    title: string;
    tone: Tone;
    subject: string;
    detail: string;
    /** Empty where nothing is counted. */
    clock: string;
    /** Both empty when ids alone make no address. */
    linkTitle: string;
    linkUrl: string;
    deskUrl: string;
  }[];
  /** How many are left out; empty for none. */
  more: string;
}

export interface TicketFormData {
  number: string;
  title: string;
  text: string;
  /** Chosen at first; with it come the choices, and a reason is asked for. Empty in a form about something else. */
  severity: string;
  severities: readonly Choice[];
  /** Label of a number that is asked for; empty in a form about something else. */
  numberLabel: string;
}

/** What is stopped and frozen, by whom and why. */
export interface ControlData {
  headline: string;
  tone: Tone;
  text: string;
  lines: readonly Line[];
  /** Heading of the list of environments; empty when there is none. */
  environmentsTitle: string;
  environments: readonly Line[];
  /** Label of the reason that a button needs; empty when nothing is offered. */
  reasonLabel: string;
  wayOut: string;
}

/** What waits for a decision by the person who comes on call. */
export interface WaitingData {
  headline: string;
  text: string;
  items: readonly {
    what: string;
    detail: string;
    expires: string;
    /** Both empty when ids alone make no address. */
    linkTitle: string;
    linkUrl: string;
  }[];
  wayOut: string;
}

export interface AlertData {
  /** "Fired" or "Resolved". */
  state: string;
  tone: Tone;
  environment: string;
  rule: string;
  /** "Sev1 (Error)" */
  severity: string;
  description: string;
  /** Names of what it is about; empty when the alert names nothing. */
  targets: string;
  since: string;
  /** Empty while it is open. */
  resolved: string;
  /** How often it fired; empty for once. */
  count: string;
  /** What the reader should know before acting; empty when there is nothing. */
  note: string;
  /** What is asked of the reader, or who looks after it. */
  next: string;
  /** Where it is looked at in Azure; empty when nothing leads there. */
  link: string;
}

export interface AutoTicketData {
  headline: string;
  text: string;
  /** Tickets that may be the one, to choose from; empty when none was found. */
  found: readonly Choice[];
  /** What was not right about the last try; empty otherwise. */
  problem: string;
}

export type CardContent =
  | { name: 'control'; data: ControlData }
  | { name: 'waiting'; data: WaitingData }
  | { name: 'help'; data: HelpData }
  | { name: 'notice'; data: NoticeData }
  | { name: 'connect-form'; data: ConnectFormData }
  | { name: 'connect-method'; data: ConnectMethodData }
  | { name: 'connect-plan'; data: ConnectPlanData }
  | { name: 'connect-status'; data: ConnectStatusData }
  | { name: 'approval'; data: ApprovalData }
  | { name: 'change-asked'; data: ChangeAskedData }
  | { name: 'connect-result'; data: ConnectResultData }
  | { name: 'triage'; data: TriageData }
  | { name: 'verdict'; data: VerdictData }
  | { name: 'differ'; data: DifferData }
  | { name: 'overrides'; data: OverridesData }
  | { name: 'answer'; data: AnswerData }
  | { name: 'warning'; data: AnswerData }
  | { name: 'ticket-preview'; data: TicketPreviewData }
  | { name: 'ticket'; data: TicketData }
  | { name: 'ticket-form'; data: TicketFormData }
  | { name: 'ticket-list'; data: TicketListData }
  | { name: 'alert'; data: AlertData }
  | { name: 'auto-ticket'; data: AutoTicketData }
  | { name: 'digest'; data: DigestData };

export type CardName = CardContent['name'];

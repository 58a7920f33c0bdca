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
  ConnectResultData,
} from './connect-card.ts';

export type { Choice, Line, SignedLine, Tone } from './card-parts.ts';

export interface HelpData {
  intro: string;
  /** `group`: the heading above the first command of a group. */
  commands: readonly { group?: string; command: string; meaning: string }[];
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
  /** What was taken out before it is sent; empty when nothing was. */
  redacted: string;
  note: string;
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
}

export type CardContent =
  | { name: 'help'; data: HelpData }
  | { name: 'notice'; data: NoticeData }
  | { name: 'connect-form'; data: ConnectFormData }
  | { name: 'connect-method'; data: ConnectMethodData }
  | { name: 'connect-plan'; data: ConnectPlanData }
  | { name: 'connect-status'; data: ConnectStatusData }
  | { name: 'approval'; data: ApprovalData }
  | { name: 'connect-result'; data: ConnectResultData }
  | { name: 'triage'; data: TriageData }
  | { name: 'verdict'; data: VerdictData }
  | { name: 'differ'; data: DifferData }
  | { name: 'overrides'; data: OverridesData }
  | { name: 'answer'; data: AnswerData }
  | { name: 'warning'; data: AnswerData }
  | { name: 'ticket-preview'; data: TicketPreviewData }
  | { name: 'ticket'; data: TicketData };

export type CardName = CardContent['name'];

/**
 * What the bot's cards say, as data. The looks are in `cards/*.json` (one Adaptive Card template per name); a card is
 * complete without its picture, and a state is never told by colour alone, hence the words beside every sign.
 */
export interface Choice {
  title: string;
  value: string;
}

/** A label and its value, as in a FactSet. */
export interface Line {
  title: string;
  value: string;
}

export type Tone = 'good' | 'attention' | 'warning' | 'default';

export interface SignedLine {
  /** One character, such as a tick; the word beside it says the same. */
  sign: string;
  word: string;
  tone: Tone;
  text: string;
  /** Smaller second line; empty when there is none. */
  detail: string;
}

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

export interface ConnectFormData {
  /** What was understood from the sentence; empty when nothing was. */
  understood: string;
  environments: readonly Choice[];
  environment: string;
  environmentLines: readonly Line[];
  networks: readonly Choice[];
  network: string;
  networkLines: readonly Line[];
  /** A resource id typed instead of a choice. */
  networkId: string;
  /** App names separated by commas; empty when not known. */
  apps: string;
  domainSuffix: string;
  names: 'exact' | 'wildcard';
  isolation: 'no' | 'yes';
  database: 'no' | 'yes';
  /** What was wrong with the last answers, one sentence each. */
  problems: readonly string[];
}

export interface MethodColumn {
  title: string;
  /** "Fits best", "Possible" or "Not possible". */
  verdict: string;
  tone: Tone;
  gives: string;
  exposes: string;
  needs: string;
}

export interface ConnectMethodData {
  headline: string;
  columns: readonly MethodColumn[];
  because: readonly { text: string; source: string }[];
  wouldChange: readonly string[];
  /** What this version can carry out, when it is less than what the method allows; empty otherwise. */
  limits: string;
}

export interface ConnectPlanData {
  headline: string;
  summary: string;
  findings: readonly (SignedLine & { wayOut: string })[];
  steps: readonly SignedLine[];
  reach: readonly { from: string; to: string }[];
  undo: string;
  hash: string;
}

export interface ConnectStatusData {
  headline: string;
  tone: Tone;
  /** Where it stands and what happens next. */
  text: string;
  steps: readonly (SignedLine & { time: string })[];
  /** Why it stopped, in people's words; empty when it did not. */
  failure: string;
  /** The code behind it, for the small print. */
  code: string;
  hash: string;
}

export interface ApprovalData {
  headline: string;
  tone: Tone;
  requester: string;
  environment: string;
  /** "expires at 16:40 your time, then …" */
  expires: string;
  why: string;
  risk: string;
  riskBecause: string;
  reach: readonly { from: string; to: string }[];
  steps: readonly SignedLine[];
  findings: readonly (SignedLine & { wayOut: string })[];
  /** Who decided and when; empty while it is open. */
  decided: string;
  hash: string;
}

export interface ConnectResultData {
  headline: string;
  tone: Tone;
  text: string;
  read: readonly SignedLine[];
  computed: readonly SignedLine[];
  observed: readonly SignedLine[];
  toRun: readonly { from: string; command: string; expect: string }[];
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

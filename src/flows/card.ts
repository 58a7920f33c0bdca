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
  commands: readonly { command: string; meaning: string }[];
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
  understood: readonly Line[];
  /** Inputs that are asked for; only these are shown. */
  asks: readonly { id: string; label: string; choices: readonly Choice[]; value: string }[];
  problems: readonly string[];
}

export interface VerdictData {
  headline: string;
  tone: Tone;
  lines: readonly Line[];
  /** "First answer due …, counted in …"; empty when there is no target. */
  due: string;
  because: readonly { text: string; source: string }[];
  wouldChange: readonly string[];
  next: string;
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
  | { name: 'ticket-preview'; data: TicketPreviewData }
  | { name: 'ticket'; data: TicketData };

export type CardName = CardContent['name'];

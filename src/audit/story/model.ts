/** The story of a case, as data: what the page shows, and what stands in the exported file beside the entries. */

/** `bad` and `good` are told in words, too. */
export type Tone = 'good' | 'bad' | 'open' | 'plain';

export interface Fact {
  label: string;
  text: string;
  tone: Tone;
}

/** Something that belongs to a moment, such as what was understood: a heading with lines. */
export interface Note {
  label: string;
  lines: readonly string[];
}

export interface Moment {
  /** Of the entry that it is told from. */
  seq: number;
  at: string;
  who: string;
  /** What they did, in the past tense, to be read after the name. */
  text: string;
  /** Their own words. */
  quote: string | null;
  notes: readonly Note[];
  tone: Tone;
}

export interface Chapter {
  title: string;
  moments: readonly Moment[];
}

export interface PersonTold {
  id: string;
  name: string;
  roles: readonly string[];
  /** Who they are in the directories, as far as the settings said it. */
  identities: readonly string[];
}

export interface PlanStepTold {
  title: string;
  change: string;
  resource: string;
  /** JSON, or a few words where there is none. */
  before: Body;
  after: Body;
}

export type Body = { json: string } | { words: string };

export interface PlanTold {
  seq: number;
  at: string;
  hash: string;
  headline: string;
  because: readonly string[];
  findings: readonly string[];
  reach: readonly string[];
  promises: readonly string[];
  steps: readonly PlanStepTold[];
}

export interface DecisionTold {
  seq: number;
  planHash: string;
  /** What the plan was, in short; '' when it is not in the chain. */
  about: string;
  requestedBy: string;
  askedAt: string;
  expiresAt: string;
  /** Who was asked first. */
  asked: string;
  /** How risky the rules called it, with the reasons; empty for what is older than that. */
  risk: readonly string[];
  /** Who had to say yes, a line for each group. */
  needs: readonly string[];
  /** Who said yes, as far as it counts. */
  votes: readonly { who: string; at: string }[];
  /** Who was asked after the first one and why, and what somebody wanted to be different. */
  onTheWay: readonly { at: string; text: string }[];
  /** As it stands: pending, approved, denied … */
  status: string;
  decidedBy: string;
  decidedAt: string;
  reason: string;
  /** By which right, at that moment. */
  authority: string;
  /** The card as it stood before them, in plain words. */
  shown: readonly string[];
  /** Who tried and was not let. */
  refused: readonly { at: string; who: string; because: string }[];
}

export interface WriteTold {
  /** Entry that tells it last. */
  seq: number;
  title: string;
  status: string;
  startedAt: string;
  finishedAt: string;
  /** JSON; null for nothing. */
  request: string | null;
  answer: string | null;
  error: string | null;
  etag: string;
  /** Under which ids Azure knows what was sent, a line for each request. */
  requests: readonly string[];
}

export interface EvidenceTold {
  text: string;
  /** Null: it could not be found out. */
  good: boolean | null;
}

export interface ProofTold {
  seq: number;
  at: string;
  read: readonly EvidenceTold[];
  computed: readonly EvidenceTold[];
  observed: readonly EvidenceTold[];
  /** How many of the checks nobody has seen working. */
  openChecks: number;
  /** Checks that somebody was asked to run. */
  toRun: readonly string[];
}

export interface VerdictTold {
  seq: number;
  at: string;
  headline: string;
  ratings: readonly { label: string; text: string }[];
  /** The rows that it rests on, in the order in which they decided. */
  because: readonly string[];
  tablesVersion: string;
  overrides: readonly string[];
}

export interface TicketTold {
  number: string;
  url: string;
  subject: string;
  /** What was sent to the desk first. */
  body: string;
  /** Each status that was read, in order. */
  statuses: readonly { at: string; status: string }[];
  talk: readonly { at: string; who: string; fromDesk: boolean; text: string }[];
}

export interface MessageTold {
  seq: number;
  at: string;
  /** Name of the message within the case; the same for all its edits. */
  name: string;
  revision: number;
  edited: boolean;
  where: string;
  /** Names; '' for everybody in the room. */
  onlyFor: string;
  mention: readonly string[];
  /** Whom the bot spoke for; '' for itself. */
  speaker: string;
  text: string;
  /** The card in plain words. */
  lines: readonly string[];
}

export interface ErasureTold {
  /** Of the entry that tells it; null when none does. */
  seq: number | null;
  at: string;
  by: string;
  because: string;
  /** Numbers of the entries whose payload was taken out. */
  entries: readonly number[];
}

export interface Story {
  caseId: string;
  title: string;
  kind: string;
  /** Zone in which the page shows its times. */
  zone: string;
  from: string;
  to: string;
  facts: readonly Fact[];
  people: readonly PersonTold[];
  chapters: readonly Chapter[];
  verdicts: readonly VerdictTold[];
  plans: readonly PlanTold[];
  decisions: readonly DecisionTold[];
  writes: readonly WriteTold[];
  proofs: readonly ProofTold[];
  ticket: TicketTold | null;
  messages: readonly MessageTold[];
  /** Numbers of entries whose payload was erased; nothing can be told of them. */
  erased: readonly number[];
  erasures: readonly ErasureTold[];
}

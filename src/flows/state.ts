/** Where a case can stand. One case is one conversation thread: a connection, a problem, or just talk. */
import type { Proof } from '../plan/evidence.ts';
import type { Finding, Plan, ResourceId, UndoPlan } from '../plan/plan.ts';
import type { Survey } from '../plan/world.ts';
import type { AnswerKey } from '../policy/answer-words.ts';
import type { Need } from '../policy/connect-needs.ts';
import type { PersonId } from '../policy/people.ts';
import type { Severity } from '../policy/severity.ts';
import type { TriageAnswers, Verdict } from '../policy/triage.ts';
import type { AlertState } from './alert-state.ts';
import type { ApprovalState, Hold, LastPlan } from './approval-state.ts';
import type { AutoTicketSearch } from './auto-ticket-state.ts';
import type { Choice } from './connect-decide.ts';
import type { Place, SaidFile, StepReport, TicketSnapshot } from './event.ts';
import type { VerdictOverride } from './override.ts';
import type { Similar } from './similar-state.ts';
import type { WatchState } from './watch-state.ts';

/** What should work in the end; it decides what is asked. `peering`: the networks themselves. */
export type Wish = 'apps' | 'service' | 'dns' | 'database' | 'peering';

/** A service of the company's own that the apps call; '' and null mean not known. */
export interface DraftService {
  fqdn: string;
  /** Resource id or alias of its Private Link service. */
  link: string;
  /** Words for the Private Link service that matched nothing yet. */
  linkWords: string;
  address: string;
  port: number | null;
}

/** The answers of the form so far; '' and null mean not known. */
export interface Draft {
  /** What the person wrote first, shown as understood. */
  words: string;
  wish: Wish;
  environment: string | null;
  /** Resource ids of the other networks. */
  networks: readonly ResourceId[];
  /** Words for other networks that matched nothing yet. */
  networkWords: readonly string[];
  apps: readonly string[];
  wildcard: boolean;
  isolation: boolean;
  /** What else it must carry; absent in drafts from before this was asked. */
  needs?: readonly Need[];
  service: DraftService;
  dnsServers: readonly string[];
  useGateway: boolean;
  openRules: boolean;
}

/** A draft that its person can go on with anywhere. */
export interface LiveDraft {
  caseId: string;
  place: Place;
  draft: Draft;
  /** When it was changed last. */
  at: string;
  /** The case that it was taken from; nothing goes on there. */
  from?: string;
}

interface ConnectBase {
  flow: 'connect';
  requester: PersonId;
  /** The thread in which it was asked. */
  place: Place;
  draft: Draft;
  /** What the support desk is asked about this connection. */
  desk?: SupportState;
  /** What the next plan is held against. */
  last?: LastPlan;
}

/** What takes a plan back, with what stood there before somebody asked for it. */
export interface UndoState {
  id: string;
  plan: UndoPlan;
  /** Where the case stood; it stands there again when the undo comes to nothing. */
  from: UndoableState;
}

/** Somebody else has to accept the connection of an endpoint (STORYBOARD A8). */
export interface OwnerWait {
  step: string;
  since: string;
}

interface PlannedBase extends ConnectBase {
  planId: string;
  plan: Plan;
  approval: ApprovalState;
  /** A network of the plan passes traffic on to others. */
  hub?: true;
  steps: readonly StepReport[];
  /** When the case was asked right before the first write; absent: nothing was written. */
  begunAt?: string;
  /** When it began; absent after a failure, because the time that it took says nothing then. */
  startedAt?: string;
  /** What runs is the way back. */
  undo?: UndoState;
  /** Of an undo that came to nothing. */
  lastUndo?: ApprovalState;
}

export type ConnectState =
  | (ConnectBase & { at: 'discovering'; question: number })
  | (ConnectBase & { at: 'asking' })
  | (ConnectBase & { at: 'surveying'; question: number })
  | (ConnectBase & { at: 'choosing'; survey: Survey; surveyedAt: string; choice: Choice })
  | (ConnectBase & { at: 'stopped'; findings: readonly Finding[] })
  | (ConnectBase & { at: 'planned'; planId: string; plan: Plan; hub?: true })
  | (PlannedBase & { at: 'awaiting-approval' })
  /** Decided, and nothing is written yet: it can still be withdrawn. */
  | (PlannedBase & { at: 'approved'; hold: Hold | null })
  | (PlannedBase & { at: 'applying'; owner?: OwnerWait })
  | (PlannedBase & { at: 'verifying'; question: number; before?: Proof })
  | (PlannedBase & { at: 'connected'; proof: Proof })
  | (PlannedBase & { at: 'failed'; step: string; code: string | null; because: string; wayOut: string })
  | (PlannedBase & { at: 'closed'; why: 'denied' | 'expired' | 'voided' | 'withdrawn' | 'left'; because: string })
  | (PlannedBase & { at: 'undo-reading'; undoId: string; question: number; from: UndoableState })
  | (PlannedBase & { at: 'undo-stopped'; undoId: string; findings: readonly Finding[]; from: UndoableState })
  | (PlannedBase & { at: 'undo-planned'; undo: UndoState })
  | (PlannedBase & { at: 'undone'; undo: UndoState; proof: Proof })
  /** It goes on in another case of the same person. */
  | (ConnectBase & { at: 'moved'; to: Place })
  | (ConnectBase & { at: 'cancelled' });

export type ConnectAt<At extends ConnectState['at']> = Extract<ConnectState, { at: At }>;
/** Every state in which there is an approval to speak of. */
export type ApprovedState = Extract<ConnectState, { approval: ApprovalState }>;
/** Where something stands in Azure that can be taken back. */
export type UndoableState = ConnectAt<'connected' | 'failed' | 'closed'>;

interface SupportBase {
  flow: 'support';
  requester: PersonId;
  place: Place;
  /** What the person wrote first. */
  words: string;
  answers: TriageAnswers;
  /** Since when, as it was written; null when it was not. */
  since: string | null;
  /** When the problem was raised here; the clock starts then. */
  raisedAt: string;
  /** What people changed about the verdict, oldest first; the rules' own rating is the `from` of the first one. */
  overrides?: readonly VerdictOverride[];
  /** Effects that wait for a desk that does not answer; people were told. */
  away?: readonly string[];
  /** What the problem is about besides what was said, such as a connection; it goes into the ticket. */
  about?: TicketMatter;
  /** The search for a ticket that the provider has opened by itself. */
  autoTicket?: AutoTicketSearch;
  /** Files that go along with the next thing that is sent to the desk. */
  files?: readonly SaidFile[];
  /** Leads back to the message out of which the case was made. */
  link?: string;
  /** Whoever asked wants nothing sent that they did not write. */
  withoutDiagnostics?: true;
}

/** What a ticket can carry that nobody wrote, as it was shown: without secrets, and which kinds were taken out. */
export interface Diagnostics {
  lines: readonly string[];
  removed: readonly string[];
}

/** A ticket before it is open. */
interface PreparedTicket {
  verdict: Verdict;
  subject: string;
  body: string;
  diagnostics?: Diagnostics;
}

/** What a case that asks for a ticket knows without having been told in the triage. */
export interface TicketMatter {
  /** Name of the environment, as in the settings; '' when it is not known. */
  environment: string;
  /** Ids of connection plans. */
  plans: readonly string[];
  /** What is proved and what is not, a line each. */
  proofs: readonly string[];
}

/** A comment of the desk as it was last shown. */
export interface ShownComment {
  id: number;
  createdAt: string;
  fingerprint: string;
  speaker: string;
}

/** What was shown of a ticket that was merged into this one, or that it goes on from: what is taken out there counts. */
export interface EarlierTicket {
  number: number;
  shown: readonly ShownComment[];
  /** The desk's instant of the newest reading. */
  updatedAt: string;
  /** When it was last asked for. */
  askedAt: string;
}

export interface OpenTicket {
  snapshot: TicketSnapshot;
  subject: string;
  lastWord: { from: string; text: string; comment?: number } | null;
  /** Comments that were shown or sent, so that none is shown twice. */
  seenComments: readonly number[];
  /** Words that may have been meant for the desk, by who wrote them; `message` asks them. */
  asked?: Readonly<Record<PersonId, { words: string; message: string }>>;
  /** How many replies were sent from here; numbers their keys. */
  replies: number;
  /** What the response clock has said already, as timer and instant. */
  rang?: readonly string[];
  /** What stands in the thread, so that a redaction is told there. */
  shown?: readonly ShownComment[];
  /** The desk's instant of its first answer. */
  answeredAt?: string;
  /** When it was last looked at. */
  lookedAt?: string;
  /** The severity that somebody asked for here, for whoever reads the card. */
  severityChange?: { to: Severity; by: PersonId; reason: string };
  /** Tickets that were merged into this one, or that it goes on from, oldest first. */
  previous?: readonly number[];
  earlier?: readonly EarlierTicket[];
  /** What whoever asked said when it was over. */
  helpful?: { yes: boolean; at: string };
  /** What was said before belongs to somebody else's ticket. */
  followedSince?: string;
  /** A follow-up is on its way to the desk. */
  isFollowedUp?: boolean;
  /** The provider's ticket, where the desk is our own; its clock is the one that was promised. */
  provider?: { number: string; at: string; by: PersonId; answeredAt: string | null };
}

export type SupportState =
  /** `asked`: what was asked already, so that nobody is asked twice. `corrects`: the facts of a verdict that stands. */
  | (SupportBase & { at: 'asking'; verdict: Verdict; asked?: readonly AnswerKey[]; corrects?: true })
  | (SupportBase & { at: 'judged'; verdict: Verdict })
  /** Somebody is about to say how they see it. */
  | (SupportBase & { at: 'differing'; verdict: Verdict })
  | (SupportBase & PreparedTicket & { at: 'previewing'; similar?: Similar })
  | (SupportBase & PreparedTicket & { at: 'opening' })
  | (SupportBase & { at: 'open'; verdict: Verdict; ticket: OpenTicket })
  | (SupportBase & { at: 'put-off' });

export type SupportAt<At extends SupportState['at']> = Extract<SupportState, { at: At }>;

export interface TalkState {
  flow: 'talk';
  person: PersonId;
  place: Place;
  /** The question that was answered last, for whoever goes on from it. */
  lastQuestion?: string;
}

/** The case of the settings themselves: it holds nothing, but its audit chain tells every change. */
export interface SettingsState {
  flow: 'settings';
}

export type CaseState = ConnectState | SupportState | TalkState | SettingsState | WatchState | AlertState;

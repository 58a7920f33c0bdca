/** What the cards of a connection say, as data. */
import type { Choice, Line, SignedLine, Tone } from './card-parts.ts';

export interface ConnectFormData {
  title: string;
  /** Whether a method is to be chosen before the plan. */
  threeSteps: boolean;
  /** What was understood from the sentence; empty when nothing was. */
  understood: string;
  /** What is still to be said. */
  needed: string;
  /** Which fields are asked. */
  wish: string;
  environments: readonly Choice[];
  environment: string;
  environmentLines: readonly Line[];
  asksNetwork: boolean;
  networkLabel: string;
  networks: readonly Choice[];
  network: string;
  networkLines: readonly Line[];
  /** More networks, by name or resource id, with commas between them. */
  networkId: string;
  /** App names separated by commas; empty when not known. */
  apps: string;
  domainSuffix: string;
  names: 'exact' | 'wildcard';
  isolation: 'no' | 'yes';
  asksNeeds: boolean;
  /** What else it must carry, with commas between them. */
  needs: string;
  /** Name of an internal service, with its port when it has one of its own. */
  service: string;
  linkServices: readonly Choice[];
  link: string;
  /** Id or alias of a Private Link service that is not in the list. */
  linkId: string;
  address: string;
  servers: string;
  asksExtras: boolean;
  /** `rules` and `gateway`, with a comma between them. */
  extras: string;
  /** Says that there is another draft to go on with; empty when there is none. */
  offer: string;
  /** What was wrong with the last answers, one sentence each. */
  problems: readonly string[];
  next: string;
}

export interface MethodColumn {
  title: string;
  /** "Fits best", "Possible" or "Not possible". */
  verdict: string;
  tone: Tone;
  gives: string;
  /** Empty, like the next ones, of a method that is out of the question. */
  exposes: string;
  needs: string;
  /** What choosing it would cost, here. */
  costs: readonly string[];
}

export interface ConnectMethodData {
  /** Which step of the conversation this is. */
  part: string;
  headline: string;
  columns: readonly MethodColumn[];
  because: readonly { text: string; source: string }[];
  wouldChange: readonly string[];
  /** What could be done when no method fits. */
  waysOut: readonly string[];
  /** What happens next. */
  next: string;
}

export interface ConnectPlanData {
  /** Which step of the conversation this is. */
  part: string;
  headline: string;
  summary: string;
  /** How long plans like this took; empty when there are none yet. */
  time: string;
  /** Against the last plan that somebody was asked about; empty when there is none. */
  differences: readonly string[];
  findings: readonly (SignedLine & { wayOut: string })[];
  /** Changes by subscription, and what stays as it is. */
  groups: readonly { title: string; steps: readonly SignedLine[] }[];
  reachTitle: string;
  reach: readonly { from: string; to: string }[];
  /** What has to happen by itself afterwards; empty when nothing has. */
  aftermath: string;
  undo: string;
  /** Heading of the forms in which the whole plan can be had; empty when there are none. */
  showAs: string;
  /** What happens next, and to what an approval is bound; empty when nothing does. */
  next: string;
}

export interface ConnectStatusData {
  headline: string;
  /** One character in front of it. */
  sign: string;
  tone: Tone;
  /** Where it stands and what happens next. */
  text: string;
  /** What somebody else is asked to do, to be sent to them as it is; empty when nobody is. */
  ask: string;
  command: string;
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
  /** Who decided, when, and what has become of it; empty while it is open. */
  decided: string;
  /** What works afterwards, or is taken back; in one sentence without its full stop. */
  what: string;
  requester: string;
  /** The thread in which it was asked, in words. */
  where: string;
  /** A way to it; empty where there is none. */
  linkTitle: string;
  linkUrl: string;
  reachTitle: string;
  reach: readonly string[];
  /** "Low", "Medium" or "High". */
  risk: string;
  /** Reasons of the risk, the gravest first. */
  because: readonly string[];
  /** Local time of the reader; empty when it is decided. */
  expires: string;
  /** What happens when nobody decides. */
  afterwards: string;
  /** Who has said yes and who is still needed; empty where one yes is enough. */
  progress: string;
  /** That a freeze is on and what it means here; empty when none is. */
  freeze: string;
  /** That somebody asked for a change, and the answer; empty when nobody did. */
  change: string;
  /** Against the last plan that was asked for. */
  differences: readonly string[];
  /** Why whoever is asked is asked, and who else was. */
  why: string;
  /** What is made, changed and left. */
  groups: readonly { title: string; steps: readonly Omit<SignedLine, 'word'>[] }[];
  findings: readonly (SignedLine & { wayOut: string })[];
  /** Heading of the forms in which the whole plan can be had; empty when there are none. */
  showAs: string;
  hash: string;
}

/** A question to whoever asked for an approval. */
export interface ChangeAskedData {
  headline: string;
  /** Who asks, and for what. */
  text: string;
  /** How it was answered; empty while it is open. */
  answer: string;
  /** What the two answers mean. */
  next: string;
}

export interface ConnectResultData {
  /** Which step of the conversation this is. */
  part: string;
  headline: string;
  tone: Tone;
  text: string;
  read: readonly SignedLine[];
  computed: readonly SignedLine[];
  observed: readonly SignedLine[];
  /** What must stay closed, however it is known. */
  closed: readonly SignedLine[];
  /** Said when nobody has tried it yet; empty when there is nothing to try. */
  unseen: string;
  /** `powershell` is empty where the command is the same there. */
  toRun: readonly {
    from: string;
    command: string;
    expect: string;
    powershell: string;
    powershellExpect: string;
  }[];
  /** What the way back does; empty when there is none. */
  undo: string;
}

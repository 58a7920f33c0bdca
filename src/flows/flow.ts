/**
 * What every flow works with. A flow is a pure function: it takes where a case stands and what happened, and returns
 * where it stands next and what is to be done. It reads no clock, makes no ids and touches nothing (DESIGN.md section 1).
 */
import type { Naming, Plan, Scenario } from '../plan/plan.ts';
import type { Discovery } from '../plan/world.ts';
import type { ApprovalRule } from '../policy/approval-rule.ts';
import type { FreezeWindow } from '../policy/freeze.ts';
import type { OfficeCalendar } from '../policy/office-clock.ts';
import type { Rotation } from '../policy/on-call.ts';
import type { Environment, Person, PersonId } from '../policy/people.ts';
import type { Routing } from '../policy/routing.ts';
import type { Severity } from '../policy/severity.ts';
import type { AlertFacts } from './alert-state.ts';
import type { AdHocFreeze, StopSwitch } from './control-state.ts';
import type { Effect } from './effect.ts';
import type { Place } from './event.ts';
import type { VerdictOverride } from './override.ts';
import type { Reply } from './reply.ts';
import type { OpenTicketRow } from './similar-state.ts';
import type { CaseState, LiveDraft } from './state.ts';

/** Who and what the settings know. */
export interface Directory {
  people: readonly Person[];
  environments: readonly Environment[];
  /** Rotation of the people who are asked for approvals; null when the settings name none. */
  rotation: Rotation | null;
  /** Office hours in which the desk's response targets count; who has others, see `calendarFor`. */
  calendar: OfficeCalendar;
  /** Office hours of the desk that answers this person, where they are not the usual ones: by customer or team. */
  personCalendars: ReadonlyMap<PersonId, OfficeCalendar>;
  clock: ResponseClock;
  /** How what the bot makes in Azure is named and tagged; absent: its own way. */
  naming?: Naming;
  /** What the desk is like; absent: a provider's that tells of changes, with the rights of an agent. */
  desk?: DeskFacts;
  /** Where approvals and tickets are posted; null when the settings name no channel for it. */
  places: {
    approvals: Place | null;
    support: Place | null;
    audit?: Place | null;
    /** Every channel in which approvals stand, on all platforms; `approvals` is the first of them. */
    approvalCopies?: readonly Place[];
  };
  /** Who is asked, and how many have to say yes; the first that fits counts. */
  approvalRules?: readonly ApprovalRule[];
  /** Calendar windows in which plans wait or need a second approval. */
  freezes?: readonly FreezeWindow[];
  /** Which channel gets what, quiet hours and the digest; absent: everything goes to `places.support`, at once. */
  routing?: Routing<Place>;
  /** The organisation in Teams and the workspace in Slack, where everybody is in the same one: links need their ids. */
  homes?: { readonly teams: string | null; readonly slack: string | null };
  /** Where somebody can be told something in private, the best place first. */
  personPlaces?: ReadonlyMap<PersonId, readonly Place[]>;
}

export interface DeskFacts {
  whose: 'own' | 'provider';
  rights: 'agent' | 'end-user';
  /** Whether it tells of changes by itself; else it is read again now and then, and the card says when. */
  tells: boolean;
}

/** What happens on the way to a due time. */
export interface ResponseClock {
  /** Share of the office time after which an unanswered ticket is warned about. */
  warnShare: Readonly<Record<Exclude<Severity, 'low'>, number>>;
  /** Whose person on call is mentioned when an answer is overdue; null for nobody. */
  escalation: Rotation | null;
}

/** A fact together with the instant at which it was read. */
export interface Fact<Value> {
  value: Value;
  readAt: string;
}

/** Facts that were learned before and that a decision may need. A missing or old one costs a `read`. */
export interface Facts {
  discovery: Fact<Discovery> | null;
  /** Drafts of the person who acts, or whose case it is, newest first; absent when nobody is concerned. */
  drafts?: readonly LiveDraft[];
  /** Seconds that finished plans took, by scenario, newest last. */
  planTimes?: PlanTimes;
  /** Of the alert that the event tells of. */
  alert?: AlertFacts;
  /** Tickets of other cases that are open about the symptom of this one, the newest first; where a ticket is prepared. */
  openTickets?: readonly OpenTicketRow[];
  /** The stop switch, where a flow needs it; null: changes are allowed. */
  stop?: StopSwitch | null;
  /** Freezes that people made and that are in force or begin later, where a flow needs them. */
  adHocFreezes?: readonly AdHocFreeze[];
}

export type PlanTimes = { readonly [Name in Scenario]?: readonly number[] };

export interface Context {
  caseId: string;
  /** Revision that the case will have after this event; part of every id that is derived. */
  revision: number;
  /** Instant of the event, ISO 8601, stamped once by `accept`. */
  at: string;
  directory: Directory;
  facts: Facts;
  /** True when the click came from an older revision of its card. */
  stale: boolean;
}

/** A row that belongs into one of our own tables besides the state, so that others can find it. */
export type Projection =
  | { type: 'plan-made'; planId: string; plan: Plan }
  | {
      type: 'approval-asked';
      approvalId: string;
      planId: string;
      planHash: string;
      requestedBy: PersonId;
      expiresAt: string;
    }
  | {
      type: 'approval-decided';
      approvalId: string;
      status: 'approved' | 'denied' | 'expired' | 'voided' | 'withdrawn';
      by: PersonId | null;
      reason: string;
      /** What it was before, where that is not plain: what is voided was approved, everything else was pending. */
      from?: 'pending' | 'approved';
    }
  /** `before` is what the decision was made from; when that has changed, the decision is made anew. */
  | { type: 'drafts-changed'; person: PersonId; before: readonly LiveDraft[]; after: readonly LiveDraft[] }
  | { type: 'plan-took'; scenario: Scenario; seconds: number }
  | { type: 'alert-seen'; alertId: string; condition: 'Fired' | 'Resolved' }
  /** Whether something is open in the thread of an alert rule. */
  | { type: 'alert-thread'; isOpen: boolean }
  | { type: 'verdict-overridden'; overrideId: string; override: VerdictOverride; tablesVersion: string }
  | { type: 'changes-stopped'; stop: StopSwitch & { id: string } }
  | { type: 'changes-allowed'; by: PersonId; reason: string }
  | { type: 'freeze-begun'; freeze: AdHocFreeze }
  /** What this case was to carry out later is carried out now: an apply effect is not asked for twice. */
  | { type: 'plan-brought-forward' }
  | { type: 'freezes-lifted'; freezeIds: readonly string[]; by: PersonId; reason: string }
  /** Before it is asked for, with what is known of it already, so that others find it. */
  | { type: 'ticket-expected'; subject: string; requester: PersonId; environment: string; symptom: string }
  /** `complete`: with all its comments; later readings are compared with this one. */
  | { type: 'ticket-known'; ticketId: number; status: string; updatedAt: string; complete?: boolean };

export interface Transition<State = CaseState> {
  state: State;
  effects: readonly Effect[];
  projections: readonly Projection[];
  reply: Reply;
}

export const doneReply: Reply = { outcome: 'done', because: '', errors: [] };

export function refusedReply(because: string): Reply {
  return { outcome: 'refused', because, errors: [] };
}

export function staleReply(because: string): Reply {
  return { outcome: 'stale', because, errors: [] };
}

export function invalidReply(errors: readonly { input: string; message: string }[]): Reply {
  return { outcome: 'invalid', because: errors.map((error) => error.message).join(' '), errors };
}

export function moveTo(
  state: CaseState,
  effects: readonly Effect[] = [],
  projections: readonly Projection[] = [],
): Transition {
  return { state, effects, projections, reply: doneReply };
}

/** Nothing changes but the answer: a click that was refused, an event that makes no sense here. */
export function stay(state: CaseState, reply: Reply = doneReply, effects: readonly Effect[] = []): Transition {
  return { state, effects, projections: [], reply };
}

export function findPerson(directory: Directory, id: PersonId): Person | null {
  return directory.people.find((person) => person.id === id) ?? null;
}

/** Office hours in which the targets of this person's cases count. */
export function calendarFor(directory: Directory, id: PersonId): OfficeCalendar {
  return directory.personCalendars.get(id) ?? directory.calendar;
}

export function nameOf(directory: Directory, id: PersonId): string {
  return findPerson(directory, id)?.name ?? id;
}

/** Names of the people who look after the settings: whom a refused person asks. */
export function adminNames(directory: Pick<Directory, 'people'>): string {
  const names = directory.people.filter((person) => person.roles.includes('admin')).map((person) => person.name);
  return names.length > 0 ? names.join(' or ') : 'the administrator of this bot';
}

/** Why this person can only be helped in general; null for everybody with a role. */
export function whyOnlyHelp(directory: Directory, id: PersonId): string | null {
  const roles = findPerson(directory, id)?.roles ?? [];
  return roles.length > 0
    ? null
    : `You have no role here yet, so I can only help in general. Ask ${adminNames(directory)} to add you to the settings.`;
}

/** Environments that this person may ask for, by role or by id (`mayRequest` of the settings). */
export function environmentsFor(directory: Directory, person: Person): Environment[] {
  return directory.environments.filter((environment) =>
    environment.mayRequest.some((entry) => entry === person.id || person.roles.some((role) => role === entry)),
  );
}

/**
 * What every flow works with. A flow is a pure function: it takes where a case stands and what happened, and returns
 * where it stands next and what is to be done. It reads no clock, makes no ids and touches nothing (DESIGN.md section 1).
 */
import type { Naming, Plan, Scenario } from '../plan/plan.ts';
import type { Discovery } from '../plan/world.ts';
import type { OfficeCalendar } from '../policy/office-clock.ts';
import type { Rotation } from '../policy/on-call.ts';
import type { Environment, Person, PersonId } from '../policy/people.ts';
import type { Severity } from '../policy/severity.ts';
import type { Effect } from './effect.ts';
import type { Place } from './event.ts';
import type { VerdictOverride } from './override.ts';
import type { Reply } from './reply.ts';
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
  /** Where approvals and tickets are posted; null when the settings name no channel for it. */
  places: { approvals: Place | null; support: Place | null; audit?: Place | null };
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
    }
  /** `before` is what the decision was made from; when that has changed, the decision is made anew. */
  | { type: 'drafts-changed'; person: PersonId; before: readonly LiveDraft[]; after: readonly LiveDraft[] }
  | { type: 'plan-took'; scenario: Scenario; seconds: number }
  | { type: 'verdict-overridden'; overrideId: string; override: VerdictOverride; tablesVersion: string }
  | { type: 'ticket-expected' }
  | { type: 'ticket-known'; ticketId: number; status: string; updatedAt: string };

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

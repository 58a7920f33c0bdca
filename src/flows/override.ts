/**
 * A verdict seen differently: a person may raise it, lower it, or have the ticket opened all the same, with a reason.
 * What the rules said is kept beside it, and no more is promised than the policy promises.
 */
import type { PersonId } from '../policy/people.ts';
import { targetOf } from '../policy/response-target.ts';
import type { Route, Scope } from '../policy/scope.ts';
import type { Severity } from '../policy/severity.ts';
import type { TriageAnswers, Verdict } from '../policy/triage.ts';
import { nextText, scopeText, severityText, wayText } from '../policy/verdict-words.ts';

export interface Rating {
  scope: Scope;
  route: Route;
  /** Null unless it is a case for support, and there only while nobody has said. */
  severity: Severity | null;
}

export interface VerdictOverride {
  by: PersonId;
  at: string;
  reason: string;
  /** What it said before: the rules, or an earlier change. */
  from: Rating;
  to: Rating;
}

/** As the list of the support lead has it. */
export interface ListedOverride {
  caseId: string;
  /** The desk's number; null as long as no ticket came of it. */
  ticketId: number | null;
  override: VerdictOverride;
  /** Digest of the tables by which the rules had judged. */
  tablesVersion: string;
}

export interface Wish {
  scope: Extract<Scope, 'supported' | 'unsupported'>;
  /** Null: as it is. */
  severity: Severity | null;
}

/** Ways that end at the desk; every other one asks the person to do something else first. */
const ticketRoutes: ReadonlySet<Route> = new Set(['ticket', 'emergency_procedure_ticket']);

export function isTicketRoute(route: Route): boolean {
  return ticketRoutes.has(route);
}

export function ratingOf({ scope, route, severity }: Verdict): Rating {
  return { scope, route, severity };
}

export function wishedRating(now: Rating, wish: Wish): Rating {
  if (wish.scope === 'unsupported') {
    return { scope: 'unsupported', route: now.route, severity: null };
  }
  const route = isTicketRoute(now.route) ? now.route : 'ticket';
  return { scope: 'supported', route, severity: wish.severity ?? now.severity };
}

export function isSameRating(one: Rating, other: Rating): boolean {
  return one.scope === other.scope && one.route === other.route && one.severity === other.severity;
}

/**
 * The verdict with another rating. `byRules` is the scope that the rules gave: what they do not support has no target,
 * whatever a person thinks of it.
 */
export function rerate(verdict: Verdict, to: Rating, byRules: Scope, answers: TriageAnswers): Verdict {
  const target = byRules === 'supported' && to.severity !== null ? targetOf(to.severity) : null;
  const rules = verdict.because.filter((ground) => !ground.row.startsWith('response-target '));
  return {
    ...verdict,
    ...to,
    responsible: to.scope === 'supported' && verdict.responsible !== 'microsoft' ? 'mendix' : verdict.responsible,
    target: target?.text ?? null,
    because: target === null ? rules : [...rules, target.ground],
    // The rules no longer decide, so what would change their mind does not matter.
    ask: [],
    wouldChange: [],
    next: to.scope === 'supported' ? nextText(to.route, answers) : leftText,
  };
}

const leftText = 'Nothing is sent. If that was a mistake, see it differently once more.';

/** "Medium → High": what differs, in as few words as tell it. */
export function changeText({ from, to }: VerdictOverride): string {
  if (from.scope !== to.scope) {
    return `${scopedText(from)} → ${scopedText(to)}`;
  }
  return from.severity === to.severity
    ? `${wayText(from.route)} → ${wayText(to.route)}`
    : `${severityOrNone(from)} → ${severityOrNone(to)}`;
}

function scopedText(rating: Rating): string {
  return rating.severity === null
    ? scopeText(rating.scope)
    : `${scopeText(rating.scope)}, ${severityText(rating.severity)}`;
}

function severityOrNone({ severity }: Rating): string {
  return severity === null ? 'No severity' : severityText(severity);
}

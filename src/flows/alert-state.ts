/** What Azure Monitor tells, and where the thread of an alert rule stands. */
import type { AlertSeverity } from '../policy/alert-facts.ts';
import type { PersonId } from '../policy/people.ts';
import type { Place } from './event.ts';
import type { SupportState } from './state.ts';

/** One alert instance. Texts are those of the alert, cut to a length that a card can show. */
export interface AlertNotice {
  /** Azure's own id, in lower case. */
  id: string;
  /** Name of the rule. */
  rule: string;
  severity: AlertSeverity;
  condition: 'Fired' | 'Resolved';
  /** ISO 8601; null when the alert does not say it. */
  firedAt: string | null;
  resolvedAt: string | null;
  description: string;
  /** Names of what it is about. */
  targets: readonly string[];
  /** Where it is looked at in Azure; '' when nothing leads there. */
  link: string;
}

/** What is known of this alert and of its thread before the event. */
export interface AlertFacts {
  hasFired: boolean;
  hasResolved: boolean;
  /** Alerts of the thread that are neither this one nor resolved. */
  othersOpen: number;
}

export interface AlertState {
  flow: 'alert';
  at: 'open' | 'resolved';
  /** Name, as in the settings; null: the alert is about nothing that they know. */
  environment: string | null;
  /** Where its card stands; null: nowhere, because it is told of in another way. */
  channel: Place | null;
  /** Of the alert that came last. */
  latest: AlertNotice;
  /** The worst severity so far. */
  worst: AlertSeverity;
  /** When the first one fired. */
  since: string;
  fired: number;
  open: number;
  /** When the last open one was resolved. */
  resolvedAt: string | null;
  /** When the card was written last, and whether it has to be written again; null before it was. */
  card: { at: string; isBehind: boolean } | null;
  /** It got worse in quiet hours; at their end it is told how it stands by then. */
  isWorseHeld?: true;
  /** Administrators were told of what belongs nowhere. */
  isTold?: true;
  /** Who said “not now”. */
  leftBy?: PersonId;
  /** The triage that somebody began. */
  desk?: SupportState;
  /** Whoever triages was told that it is over. */
  isEndTold?: true;
}

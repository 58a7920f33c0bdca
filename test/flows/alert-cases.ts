/** An alert rule with a table behind it, as `accept` keeps one: what is known of each alert before the event. */
import type { AlertFacts, AlertNotice, AlertState } from '../../src/flows/alert-state.ts';
import type { Place } from '../../src/flows/event.ts';
import type { Directory, Transition } from '../../src/flows/flow.ts';
import type { AlertSeverity } from '../../src/policy/alert-facts.ts';
import { type Case, directory, openCase } from './cases.ts';

export const adminRoom: Place = { platform: 'web', conversation: 'dm-ada', thread: null };

export interface Fire {
  id?: string;
  severity?: AlertSeverity;
  rule?: string;
  description?: string;
  environment?: string | null;
}

export interface AlertCase extends Case {
  readonly alert: AlertState;
  fire(wishes?: Fire): Transition;
  resolve(wishes?: Fire): Transition;
  /** The timer of the card, as soon as it may ring. */
  ring(): Transition;
}

export function notice(condition: AlertNotice['condition'], wishes: Fire): AlertNotice {
  const { description = '', id = 'a', rule = 'Nodes are short of memory', severity = 'Sev1' } = wishes;
  return {
    id,
    rule,
    severity,
    condition,
    firedAt: '2026-03-02T08:00:00.000Z',
    resolvedAt: condition === 'Resolved' ? '2026-03-02T08:20:00.000Z' : null,
    description,
    targets: ['aks-mendix-prod'],
    link: '',
  };
}

export function openAlert(settings: Partial<Directory> = {}): AlertCase {
  const the = openCase({
    directory: { ...directory, personPlaces: new Map([['ada', [adminRoom]]]), ...settings },
  });
  const table = new Map<string, { fired: boolean; resolved: boolean }>();

  function tell(condition: AlertNotice['condition'], wishes: Fire): Transition {
    const alert = notice(condition, wishes);
    const known = table.get(alert.id);
    const open = [...table].filter(([id, row]) => id !== alert.id && row.fired && !row.resolved).length;
    const facts: AlertFacts = {
      hasFired: known?.fired ?? false,
      hasResolved: known?.resolved ?? false,
      othersOpen: open,
    };
    the.facts({ alert: facts });
    const { environment = 'mendix-prod' } = wishes;
    const next = the.happen({ type: 'alert-told', alert, environment });
    const fired = condition === 'Fired' || facts.hasFired;
    table.set(alert.id, { fired, resolved: condition === 'Resolved' || facts.hasResolved });
    return next;
  }

  return Object.defineProperties(the as AlertCase, {
    alert: {
      get() {
        if (the.state?.flow !== 'alert') {
          throw new Error('Expected the case of an alert. Fire one first.');
        }
        return the.state;
      },
    },
    fire: { value: (wishes: Fire = {}) => tell('Fired', wishes) },
    resolve: { value: (wishes: Fire = {}) => tell('Resolved', wishes) },
    ring: {
      value: () => {
        the.later(1);
        return the.happen({ type: 'timer', name: 'alert-card', about: 'alert' });
      },
    },
  });
}

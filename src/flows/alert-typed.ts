/** The words that do what the buttons of an alert do. */
import type { Form } from './typed.ts';

export const alertForms: readonly Form[] = [
  {
    pattern: /^triage(?: this| it)?$/i,
    verb: 'triage-alert',
    shown: 'triage this',
    meaning: 'make a problem for support out of the alert, with what it says filled in',
  },
  {
    pattern: /^(?:leave it|not now)$/i,
    verb: 'leave-alert',
    shown: 'leave it',
    meaning: 'leave the alert for the moment',
  },
];

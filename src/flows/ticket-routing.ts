/** An open ticket as the routing rules see it. */
import { severityNow } from './desk-severity.ts';
import type { Context } from './flow.ts';
import type { Routed } from './routing.ts';
import type { SupportAt } from './state.ts';
import { environmentOf } from './ticket-topic.ts';

export function routedTicket(state: SupportAt<'open'>, context: Pick<Context, 'directory'>): Routed {
  const environment = environmentOf(state, context);
  return { environment: environment === '' ? null : environment, severity: severityNow(state) };
}

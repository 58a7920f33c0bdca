/** A small form about a ticket, where its button was pressed; once it was sent it says what came of it. */
import type { TicketFormData } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { EventOf, Place } from './event.ts';
import type { Context } from './flow.ts';
import { showCard } from './message.ts';
import type { SupportAt } from './state.ts';

const prefix = 'ticket-form-';

interface Form extends Omit<TicketFormData, 'number'> {
  verb: string;
}

export function formCard(state: SupportAt<'open'>, to: Place, context: Context, { verb, ...form }: Form): ShowMessage {
  const data: TicketFormData = { ...form, number: String(state.ticket.snapshot.id) };
  const text = `${form.title}. ${form.text}`;
  return showCard(`${prefix}${context.revision}`, to, text, { name: 'ticket-form', data }, { verbs: [verb] });
}

/** Nothing when it was typed. */
export function settledForm(event: EventOf<'clicked'>, title: string, text: string): ShowMessage[] {
  const key = event.message.split('/').at(-1) ?? '';
  const card = { name: 'notice', data: { title, tone: 'good', text, wayOut: '', lines: [] } } as const;
  return key.startsWith(prefix) ? [showCard(key, event.place, `${title}. ${text}`, card)] : [];
}

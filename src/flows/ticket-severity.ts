/**
 * Another severity for an open ticket, with the reason: a form behind a button, or “severity high: …” typed. The desk
 * gets the priority and the reason; whose wish it was stays on the card.
 */
import { severities, type Severity } from '../policy/severity.ts';
import { severityText } from '../policy/verdict-words.ts';
import { deskOf, whyNoOtherSeverity } from './desk-facts.ts';
import { priorityOf, severityNow } from './desk-severity.ts';
import type { EventOf } from './event.ts';
import { firstPart } from './first-part.ts';
import { type Context, invalidReply, moveTo, refusedReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { redact } from './redact.ts';
import type { SupportAt } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { comment } from './ticket-comment.ts';
import { formCard, settledForm } from './ticket-form.ts';

type Open = SupportAt<'open'>;
type Click = EventOf<'clicked'>;

const longestReason = 500;

export function severityForm(state: Open, event: Click, context: Context): Transition {
  const because = whyNoOtherSeverity(state, deskOf(context.directory));
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const now = severityNow(state);
  const form = formCard(state, event.place, context, {
    title: `Change the severity of ticket ${state.ticket.snapshot.id}`,
    text: `It is ${now === null ? 'not known yet' : severityText(now)}. The time for a first answer follows it, counted from the same start.`,
    severity: now ?? '',
    severities: severities.map((value) => ({ title: severityText(value), value })),
    numberLabel: '',
    verb: 'change-severity',
  });
  return moveTo(state, [form]);
}

export function changeSeverity(state: Open, event: Click, context: Context): Transition {
  const because = whyNoOtherSeverity(state, deskOf(context.directory));
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const wish = readWish(state, event);
  if ('errors' in wish) {
    return stay(state, invalidReply(wish.errors));
  }
  const { reason, to } = wish;
  const { id } = state.ticket.snapshot;
  const now = severityNow(state);
  const from = now === null ? '' : ` from ${severityText(now)}`;
  const change = `the severity${from} to ${severityText(to)}`;
  const severityChange = { to, by: event.person, reason };
  const replies = state.ticket.replies + 1;
  const next: Open = { ...state, ticket: { ...state.ticket, replies, severityChange } };
  const { author, send } = comment(next, event.person, `I changed ${change}: ${reason}`, context);
  const told = `I changed ${change} for ticket ${id}: ${reason}`;
  return moveTo(next, [
    showText(`reply-${replies}`, state.place, told, { speaker: `${author.name} → support` }),
    ...settledForm(event, `Severity: ${severityText(to)}`, `The desk is told: ${reason}`),
    ...ticketCards(next, context),
    { kind: 'work', type: 'change-ticket', ticketId: id, priority: priorityOf[to] },
    send,
  ]);
}

type Wish = { to: Severity; reason: string } | { errors: { input: string; message: string }[] };

function readWish(state: Open, { inputs }: Click): Wish {
  const reason = redact(firstPart((inputs['reason'] ?? '').trim(), longestReason)).text;
  const said = (inputs['severity'] ?? '').trim().toLowerCase();
  const to = severities.find((one) => one === said);
  const about =
    to === undefined
      ? `Choose one of ${severities.map(severityText).join(', ')}.`
      : to === severityNow(state)
        ? `It is ${severityText(to)} already.`
        : null;
  const errors = [
    ...(about === null ? [] : [{ input: 'severity', message: about }]),
    ...(reason === '' ? [{ input: 'reason', message: 'Say why, in a sentence: the desk reads it.' }] : []),
  ];
  return to === undefined || errors.length > 0 ? { errors } : { to, reason };
}

/** The ticket before it is sent: what the desk will read, shown first (STORYBOARD B4). */
import { answerText } from '../policy/answer-words.ts';
import type { ShowMessage, TicketRequest } from './effect.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { redact } from './redact.ts';
import type { SupportAt } from './state.ts';
import { capital, supportMessage, understoodLines } from './support-card.ts';
import { changeLines, citationOf, severityLine } from './support-verdict.ts';

const priorities = { critical: 'urgent', high: 'high', medium: 'normal', low: 'low' } as const;

export function ticketSubject(state: SupportAt<'judged'>): string {
  const environment = state.answers.environment ?? 'environment not named';
  const said = redact(state.words).text.replaceAll(/\s+/g, ' ').trim();
  const symptom = state.answers.symptom === null ? said || 'a problem' : answerText('symptom', state.answers.symptom);
  return `${capital(environment)}: ${symptom}`.slice(0, 140);
}

export function ticketBody(state: SupportAt<'judged'>, context: Context): string {
  const grounds = state.verdict.because.map((row) => `- ${row.note} (${citationOf(row)})`);
  const facts = understoodLines(state).map((line) => `- ${line.title}: ${line.value}`);
  const said = redact(state.words).text.trim();
  const changes = changeLines(state, context);
  return [
    ...(said === '' ? [] : [said, '']),
    'What we know:',
    ...facts,
    '',
    `Severity: ${severityLine(state)}.`,
    ...changes,
    changes.length === 0 ? 'Why:' : 'What the rules rest on:',
    ...grounds,
    '',
    `Reported by ${nameOf(context.directory, state.requester)} through Causeway.`,
  ].join('\n');
}

export function previewCard(state: SupportAt<'previewing'>, problems: readonly string[] = []): ShowMessage {
  const { removed } = redact(state.words);
  return showCard(
    supportMessage,
    state.place,
    'This is what goes out. Change it where you like, then open the ticket.',
    {
      name: 'ticket-preview',
      data: {
        subject: state.subject,
        body: state.body,
        severity: severityLine(state),
        redacted: removed.length === 0 ? '' : `Taken out before it is sent: ${removed.join(', ')}.`,
        note: 'Logs are attached only when a ticket is opened in the provider’s portal (Cluster Overview, Support Center).',
        problems,
      },
    },
    { verbs: ['open-ticket', 'back', 'not-now'] },
  );
}

export function requestOf(state: SupportAt<'opening'>, context: Context): TicketRequest {
  const person = findPerson(context.directory, state.requester);
  const changed = (state.overrides ?? []).length > 0 ? ['severity_changed'] : [];
  return {
    subject: state.subject,
    body: state.body,
    priority: state.verdict.severity === null ? 'normal' : priorities[state.verdict.severity],
    tags: ['causeway', `severity_${state.verdict.severity ?? 'none'}`, ...changed],
    requester: { name: person?.name ?? state.requester, email: person?.email ?? '' },
  };
}

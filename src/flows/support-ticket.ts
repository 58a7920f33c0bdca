/** The ticket before it is sent: what the desk will read, shown first (STORYBOARD B4). */
import { answerText } from '../policy/answer-words.ts';
import type { ShowMessage, TicketRequest } from './effect.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { redact } from './redact.ts';
import { priorityOf } from './desk-severity.ts';
import type { SupportAt, SupportState } from './state.ts';
import { similarText } from './similar-words.ts';
import { capital, supportMessage, understoodLines } from './support-card.ts';
import { changeLines, citationOf, severityLine } from './support-verdict.ts';
import { filesFor, filesNote } from './ticket-files.ts';
import { environmentOf, proofLines, topicLines } from './ticket-topic.ts';

export function ticketSubject(state: SupportAt<'judged'>): string {
  const environment = state.answers.environment ?? 'environment not named';
  const said = redact(state.words).text.replaceAll(/\s+/g, ' ').trim();
  const symptom = state.answers.symptom === null ? said || 'a problem' : answerText('symptom', state.answers.symptom);
  return `${capital(environment)}: ${symptom}`.slice(0, 140);
}

export function ticketBody(state: SupportAt<'judged'>, context: Context): string {
  const grounds = state.verdict.because.map((row) => `- ${row.note} (${citationOf(row)})`);
  const facts = [...understoodLines(state), ...topicLines(state, context)].map(
    ({ title, value }) => `- ${title}: ${value}`,
  );
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
    ...proofLines(state),
    '',
    `Reported by ${nameOf(context.directory, state.requester)} through Causeway.`,
    ...(state.link === undefined ? [] : [`Where it was said: ${state.link}`]),
  ].join('\n');
}

export function previewCard(
  state: SupportAt<'previewing'>,
  context: Pick<Context, 'directory'>,
  problems: readonly string[] = [],
): ShowMessage {
  const similar = similarText(state, context);
  const first = state.similar?.found[0];
  const { removed } = redact(state.words);
  return showCard(
    supportMessage,
    state.place,
    similar || 'This is what goes out. Change it where you like, then open the ticket.',
    {
      name: 'ticket-preview',
      data: {
        subject: state.subject,
        body: state.body,
        severity: severityLine(state),
        similar,
        addTitle: first === undefined ? '' : `Add to ticket ${first.number}`,
        openTitle: first === undefined ? 'Open the ticket' : 'Open a new one anyway',
        redacted: removed.length === 0 ? '' : `Taken out before it is sent: ${removed.join(', ')}.`,
        note: `${filesNote(state)} Logs are attached only when a ticket is opened in the provider’s portal (Cluster Overview, Support Center).`,
        problems,
      },
    },
    { verbs: [...(first === undefined ? [] : ['add-to-ticket']), 'open-ticket', 'back', 'not-now'] },
  );
}

export function requestOf(state: SupportAt<'opening'>, context: Context): TicketRequest {
  const { files = [] } = state;
  return { ...requestFor(state, state.subject, state.body, context), ...filesFor(files) };
}

type Judged = Extract<SupportState, { verdict: unknown }>;

/** For the person who asked, whoever presses the button. */
export function requestFor(state: Judged, subject: string, body: string, context: Context): TicketRequest {
  const person = findPerson(context.directory, state.requester);
  const { severity } = state.verdict;
  const changed = (state.overrides ?? []).length > 0 ? ['severity_changed'] : [];
  return {
    subject,
    body,
    priority: severity === null ? 'normal' : priorityOf[severity],
    tags: ['causeway', `severity_${severity ?? 'none'}`, ...changed],
    requester: { name: person?.name ?? state.requester, email: person?.email ?? '' },
    facts: {
      environment: environmentOf(state, context),
      severity: severity ?? '',
      symptom: state.answers.symptom ?? '',
      plans: (state.about?.plans ?? []).join(', '),
    },
  };
}

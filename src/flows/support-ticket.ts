/** The ticket before it is sent: what the desk will read, shown first (STORYBOARD B4). */
import { answerText } from '../policy/answer-words.ts';
import { portalUrl } from './desk-facts.ts';
import type { ShowMessage, TicketRequest } from './effect.ts';
import { firstPart } from './first-part.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { redact } from './redact.ts';
import { priorityOf } from './desk-severity.ts';
import type { SupportAt, SupportState } from './state.ts';
import { similarText } from './similar-words.ts';
import { capital, supportMessage, understoodLines } from './support-card.ts';
import { changeLines, citationOf, severityLine } from './support-verdict.ts';
import { filesFor, filesNote } from './ticket-files.ts';
import { withDiagnostics } from './ticket-diagnostics.ts';
import { environmentOf, topicLines } from './ticket-topic.ts';

const longestSentence = 100;

export function ticketSubject(state: SupportAt<'judged'>): string {
  const { environment, symptom } = state.answers;
  const said = redact(state.words).text.replaceAll(/\s+/g, ' ').trim();
  // What was understood needs a place and a kind to mean something; else a short sentence of the person says more.
  const isOwnWords =
    symptom === null ||
    ((environment === null || symptom === 'general-question') && said !== '' && said.length <= longestSentence);
  const what = isOwnWords ? said || 'A problem' : answerText('symptom', symptom);
  const isNamed = environment === null || what.toLowerCase().includes(environment);
  return firstPart(capital(isNamed ? what : `${environment}: ${what}`), 140);
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
  const { lines, removed: removedBelow } = state.diagnostics ?? { lines: [], removed: [] };
  const removed = [...new Set([...redact(state.words).removed, ...removedBelow])];
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
        diagnostics: lines,
        sendDiagnostics: String(state.withoutDiagnostics !== true),
        note: filesNote(state),
        logs: logsNote,
        portalUrl,
        problems,
      },
    },
    { verbs: [...(first === undefined ? [] : ['add-to-ticket']), 'open-ticket', 'back', 'not-now'] },
  );
}

const logsNote =
  'The cluster’s recent logs go along only with a ticket from the provider’s portal (Cluster Overview, Support Center). If the desk will need them, open it there instead, or open both and name one in the other.';

export function requestOf(state: SupportAt<'opening'>, context: Context): TicketRequest {
  const { files = [] } = state;
  return { ...requestFor(state, state.subject, withDiagnostics(state, state.body), context), ...filesFor(files) };
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
      plans: state.withoutDiagnostics === true ? '' : (state.about?.plans ?? []).join(', '),
    },
  };
}

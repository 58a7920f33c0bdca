/** What the triage, verdict and preview cards say (STORYBOARD B1 to B4). */
import {
  answerChoices,
  answerCondition,
  answerLabel,
  answerQuestion,
  answerText,
  type AnswerKey,
} from '../policy/answer-words.ts';
import { computeTarget, describeCalendar } from '../policy/office-clock.ts';
import { scopeTable } from '../policy/scope.ts';
import type { Verdict } from '../policy/triage.ts';
import type { Choice, Line, Tone, TriageData, VerdictData } from './card.ts';
import type { ShowMessage, TicketRequest } from './effect.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { redact } from './redact.ts';
import type { SupportAt, SupportState } from './state.ts';
import { localTime } from './time.ts';

/** The message that carries triage, verdict, preview and finally the ticket in the thread that asked. */
export const supportMessage = 'support';

export function understoodLines(state: SupportState): Line[] {
  const known = Object.entries(state.answers).filter(([, value]) => value !== null);
  const lines = known.map(([key, value]) => ({
    title: answerLabel(key as AnswerKey),
    value: answerText(key as AnswerKey, value),
  }));
  return state.since === null ? lines : [...lines, { title: 'Since', value: state.since }];
}

/** Asks what could change the verdict; `also` names answers that are to be corrected. */
export function triageCard(state: SupportAt<'asking'>, also: readonly string[]): ShowMessage {
  const correctable = also.filter((key) => state.answers[key as AnswerKey] !== null) as AnswerKey[];
  const keys = [...new Set<AnswerKey>([...state.verdict.ask, ...correctable])];
  const data: TriageData = {
    headline: headlineOf(state),
    understood: understoodLines(state),
    asks: keys.map((key) => ({
      id: key,
      label: answerQuestion(key),
      choices: choicesOf(key, valueText(state.answers[key])),
      value: valueText(state.answers[key]),
    })),
    problems: [],
  };
  const text = `${data.headline} ${keys.map(answerQuestion).join(' ')}`;
  return showCard(
    supportMessage,
    state.place,
    text,
    { name: 'triage', data },
    { verbs: ['triage-continue', 'cancel'] },
  );
}

/** A version is any text; to be chosen, it is one of those that the rules tell apart, or what was understood. */
function choicesOf(key: AnswerKey, value: string): Choice[] {
  const choices = answerChoices(key);
  if (choices.length > 0) {
    return choices;
  }
  const samples = (scopeTable.samples.get(key) ?? []).filter((sample) => sample !== null);
  const told = samples.map((sample) => ({ title: capital(answerCondition(key, sample)), value: String(sample) }));
  return value === '' || told.some((choice) => choice.value === value) ? told : [{ title: value, value }, ...told];
}

function valueText(value: string | boolean | null): string {
  return value === null ? '' : String(value);
}

function headlineOf(state: SupportState): string {
  const { environment, symptom } = state.answers;
  if (environment === 'production' && (symptom === 'inaccessible' || symptom === 'core-unavailable')) {
    return 'This looks like a production outage.';
  }
  return symptom === null ? 'Tell me a little more.' : 'This is what I understood.';
}

const scopeWords = {
  supported: 'Supported',
  unsupported: 'Not supported',
  self_service: 'You can do this yourself',
  unclear: 'Unclear',
} as const;
const responsibleWords = {
  mendix: 'Mendix',
  microsoft: 'Microsoft, followed up by Mendix',
  customer: 'Your own team',
} as const;
const severityWords = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const;

export function severityWord(verdict: Verdict): string {
  return verdict.severity === null ? 'Not set' : severityWords[verdict.severity];
}

export function verdictCard(state: SupportAt<'judged'>, context: Context): ShowMessage {
  const { verdict } = state;
  const supported = verdict.scope === 'supported';
  const data: VerdictData = {
    headline: verdictHeadline(verdict),
    tone: verdictTone(verdict),
    lines: understoodLines(state),
    due: supported ? dueText(state, context) : '',
    because: verdict.because.map((row) => ({ text: row.note, source: citationOf(row) })),
    wouldChange: verdict.wouldChange.map((change) => change.text),
    next: verdict.next,
  };
  const verbs = [
    ...(supported ? ['preview-ticket'] : []),
    ...(verdict.route === 'connectivity_wizard' ? ['start-connect'] : []),
    'change-answers',
    'not-now',
  ];
  return showCard(
    supportMessage,
    state.place,
    `${data.headline} ${data.due || data.next}`.trim(),
    { name: 'verdict', data },
    { verbs },
  );
}

function verdictHeadline(verdict: Verdict): string {
  const responsible = verdict.responsible === null ? '' : ` ${responsibleWords[verdict.responsible]}.`;
  const severity = verdict.severity === null ? '' : ` ${severityWords[verdict.severity]}.`;
  return `${scopeWords[verdict.scope]}.${responsible}${severity}`;
}

function verdictTone(verdict: Verdict): Tone {
  if (verdict.severity === 'critical') {
    return 'attention';
  }
  return verdict.scope === 'supported' ? 'good' : 'warning';
}

/** "First answer due …, counted in office hours …"; never an invented deadline for reasonable effort. */
export function dueText(state: SupportState & { verdict: Verdict }, context: Context): string {
  const { verdict } = state;
  if (verdict.severity === null) {
    return '';
  }
  const due = dueOf(state, context);
  if (due === null) {
    return 'Reasonable effort, no fixed time.';
  }
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const target =
    verdict.target === 'next business day'
      ? 'the next business day'
      : (verdict.target ?? '').replace('<', 'less than ');
  return `First answer due in ${target}: by ${localTime(due, zone)}, counted in office hours ${describeCalendar(context.directory.calendar)}.`;
}

/** The due instant, or null when there is none. */
export function dueOf(state: SupportState & { verdict: Verdict }, context: Context): string | null {
  const { severity } = state.verdict;
  if (severity === null) {
    return null;
  }
  const target = computeTarget({
    severity,
    start: Temporal.Instant.from(state.raisedAt),
    calendar: context.directory.calendar,
    pauseOnHold: false,
    events: [],
  });
  return target.state === 'running' ? target.dueUtc.toString({ fractionalSecondDigits: 3 }) : null;
}

const priorities = { critical: 'urgent', high: 'high', medium: 'normal', low: 'low' } as const;

export function ticketSubject(state: SupportAt<'judged'>): string {
  const environment = state.answers.environment ?? 'environment not named';
  const said = redact(state.words).text.replaceAll(/\s+/g, ' ').trim();
  const symptom = state.answers.symptom === null ? said || 'a problem' : answerText('symptom', state.answers.symptom);
  return `${capital(environment)}: ${symptom}`.slice(0, 140);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function ticketBody(state: SupportAt<'judged'>, context: Context): string {
  const grounds = state.verdict.because.map((row) => `- ${row.note} (${citationOf(row)})`);
  const facts = understoodLines(state).map((line) => `- ${line.title}: ${line.value}`);
  const said = redact(state.words).text.trim();
  return [
    ...(said === '' ? [] : [said, '']),
    'What we know:',
    ...facts,
    '',
    `Severity: ${severityWord(state.verdict)}. Why:`,
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
        severity: severityWord(state.verdict),
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
  return {
    subject: state.subject,
    body: state.body,
    priority: state.verdict.severity === null ? 'normal' : priorities[state.verdict.severity],
    tags: ['causeway', `severity_${state.verdict.severity ?? 'none'}`],
    requester: { name: person?.name ?? state.requester, email: person?.email ?? '' },
  };
}

/** Document, section and, where the document bears one, its date. */
function citationOf(row: Verdict['because'][number]): string {
  return [row.source, row.section, ...(row.date === null ? [] : [row.date])].join(', ');
}

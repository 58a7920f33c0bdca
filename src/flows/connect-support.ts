/**
 * A ticket about a connection, in the thread of the connection: what must happen by itself after the last change may need
 * the desk, such as nodes that have to be started anew, and so does what the managed application forbids. The connection
 * goes on beside it.
 */
import type { Finding } from '../plan/plan.ts';
import { kindOfEnvironment } from '../policy/alert-facts.ts';
import type { TriageAnswers } from '../policy/triage.ts';
import { autoTicketMessage } from './auto-ticket.ts';
import { deskFindings } from './connect-plan.ts';
import type { Event, EventOf } from './event.ts';
import { type Context, type Transition } from './flow.ts';
import type { ConnectAt, ConnectState, SupportState } from './state.ts';
import { advanceSupport, beginSupport } from './support.ts';
import { supportMessage } from './support-card.ts';
import { saidSend } from './ticket-send.ts';
import { matterOf } from './ticket-topic.ts';
import { matchForm, supportForms } from './typed.ts';

export function askDesk(state: ConnectState, context: Context): Transition | null {
  const question = state.desk === undefined ? questionOf(state) : null;
  if (question === null) {
    return null;
  }
  const { environment, told, words } = question;
  const inSettings = context.directory.environments.find(({ name }) => name === environment);
  const kind = kindOfEnvironment(inSettings ?? { name: environment });
  const known: Partial<TriageAnswers> = {
    requestKind: 'change',
    faultLocation: 'managed',
    ...(kind === null ? {} : { environment: kind }),
    ...told,
  };
  // Its plan and what was proved go into the ticket.
  const about = matterOf(environment, state);
  return beside(state, beginSupport(state.requester, state.place, words, context, known, about));
}

interface DeskQuestion {
  environment: string;
  words: string;
  told: Partial<TriageAnswers>;
}

function questionOf(state: ConnectState): DeskQuestion | null {
  if (state.at === 'stopped') {
    const environment = state.draft.environment ?? '';
    const found = deskFindings(state.findings);
    return found.length === 0 ? null : { environment, words: exemptWords(environment, found), told: {} };
  }
  if (state.at === 'failed') {
    const told = { requestKind: 'problem', faultLocation: null } as const;
    return { environment: state.plan.environment, words: failureWords(state), told };
  }
  if (state.at !== 'connected' || state.plan.aftermath === undefined) {
    return null;
  }
  return { environment: state.plan.environment, words: restartWords(state), told: { symptom: 'name-resolution' } };
}

function exemptWords(environment: string, found: readonly Finding[]): string {
  const texts = found.map(({ text }) => text).join(' ');
  return `Please exempt what connecting a private network to ${environment} has to write from the deny assignment of the managed application. What was found: ${texts}`;
}

function restartWords({ plan }: ConnectAt<'connected'>): string {
  const changed = plan.steps.find(({ kind }) => kind === 'dns-servers')?.title ?? 'The DNS servers were changed';
  return `Please start the nodes of the cluster of ${plan.environment} anew, so that they use the DNS servers that its network has by now. What was done: ${changed}.`;
}

/** With the code of Azure, by which the desk finds what it knows of it. */
function failureWords({ because, code, plan, step }: ConnectAt<'failed'>): string {
  const title = plan.steps.find(({ id }) => id === step)?.title ?? step;
  const codeText = code === null ? '' : ` Azure calls it ${code}.`;
  return `A plan for ${plan.environment} stopped${title === '' ? '' : ` at “${title}”`}: ${because}${codeText}`;
}

const deskEvents: ReadonlySet<Event['type']> = new Set([
  'ticket-opened',
  'ticket-hinted',
  'ticket-read',
  'ticket-looked',
  'ticket-refused',
  'comment-sent',
  'desk-away',
  'tickets-found',
]);
const deskWork: ReadonlySet<string> = new Set(['open-ticket', 'send-comment', 'change-ticket']);

/** Null: it is not about the ticket. */
export function advanceDesk(state: ConnectState, event: Event, context: Context): Transition | null {
  const { desk } = state;
  if (desk === undefined || !isForDesk(desk, event)) {
    return null;
  }
  const next = advanceSupport(desk, event, context);
  return next.state.flow === 'support' ? beside(state, next) : null;
}

function isForDesk(desk: SupportState, event: Event): boolean {
  if (event.type === 'clicked') {
    return event.verb !== 'start-connect' && isDeskCard(event);
  }
  if (event.type === 'said') {
    const hasFiles = (event.attached ?? []).length > 0;
    const isCommand = matchForm(event.text, supportForms) !== null || (desk.at === 'open' && saidSend(event) !== null);
    return (hasFiles || isCommand) && !(desk.at === 'open' && isShared(event));
  }
  if (event.type === 'effect-failed') {
    return deskWork.has(event.of);
  }
  return event.type === 'timer' ? event.name.startsWith('response-') : deskEvents.has(event.type);
}

function isDeskCard({ message }: EventOf<'clicked'>): boolean {
  const key = message.split('/').at(-1) ?? '';
  return key === supportMessage || key === autoTicketMessage || key.startsWith('ticket');
}

/** Words that mean something in the connection as well; once there is a ticket, they are about the connection. */
function isShared({ text }: EventOf<'said'>): boolean {
  return /^(?:continue|next|change(?: answers)?|back|connect|not now|cancel)$/i.test(text.trim());
}

function beside(state: ConnectState, begun: Transition): Transition {
  const desk = begun.state.flow === 'support' ? begun.state : undefined;
  const { desk: _before, ...rest } = state;
  const isOver = desk === undefined || desk.at === 'put-off';
  return { ...begun, state: isOver ? rest : { ...state, desk } };
}

/** A step of the connection does not lose the ticket. */
export function keepDesk(before: ConnectState, next: Transition): Transition {
  const { desk } = before;
  return desk === undefined || next.state.flow !== 'connect' || next.state.desk !== undefined
    ? next
    : { ...next, state: { ...next.state, desk } };
}

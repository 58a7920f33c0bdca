/** The verdict: who does what, how soon, on what grounds, and which door is the next one (STORYBOARD B2 and B3). */
import type { PolicyGround } from '../policy/documents.ts';
import { explainTarget } from '../policy/explain-target.ts';
import { type ClockInput, describeCalendar } from '../policy/office-clock.ts';
import type { Route } from '../policy/scope.ts';
import type { Verdict } from '../policy/triage.ts';
import {
  doneOf,
  headlineText,
  needsCare,
  responsibleText,
  scopeText,
  severityText,
  wayText,
} from '../policy/verdict-words.ts';
import type { GroundLine, Line, SourceLink, Tone, VerdictData } from './card.ts';
import { firstPart } from './first-part.ts';
import { deskOf, portalWay } from './desk-facts.ts';
import type { ShowMessage } from './effect.ts';
import { calendarFor, type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { changeText, isTicketRoute } from './override.ts';
import type { SupportAt, SupportState } from './state.ts';
import { supportMessage, understoodLines } from './support-card.ts';

type Judged = Extract<SupportState, { verdict: unknown }>;

export function verdictCard(state: SupportAt<'judged'>, context: Context): ShowMessage {
  const { verdict } = state;
  const offers = offersOf(state);
  const isUnclear = verdict.scope === 'unclear';
  const data: VerdictData = {
    headline: verdictHeadline(state),
    tone: toneOf(state),
    due: dueText(state, context),
    changes: changeLines(state, context),
    next: nextText(state, context),
    ratings: ratingLines(state),
    because: verdict.because.map(groundLine).map(withoutRepeat),
    wouldChange: verdict.wouldChange.map((change) => change.text),
    lines: understoodLines(state),
    primary: primaryOf(verdict, offers),
    ticketButton: titleIn(offers, 'preview-ticket'),
    connectButton: titleIn(offers, 'start-connect'),
    doneButton: titleIn(offers, 'did-that'),
    factsButton: isUnclear ? 'Say more' : 'Correct the facts',
    leaveButton: verdict.scope === 'supported' ? 'Not now' : 'That is all',
    version: verdict.tablesVersion,
    links: linksOf(verdict.because),
  };
  return showCard(
    supportMessage,
    state.place,
    `${data.headline} ${data.due || data.next}`.trim(),
    { name: 'verdict', data },
    { verbs: [...offers.map((offer) => offer.verb), 'change-answers', 'differ', 'not-now'] },
  );
}

/** Where the desk is our own, the provider is reached by its portal, and the promise is the provider's. */
function nextText({ verdict }: Judged, { directory }: Context): string {
  const isOwn = verdict.scope === 'supported' && deskOf(directory).whose === 'own';
  return isOwn
    ? `${verdict.next} The ticket from here goes to your own desk. To reach the provider, open one ${portalWay}; then write “provider ticket” with its number here.`
    : verdict.next;
}

/** A ticket that is there already is looked for first: nothing draws the eye to a second one. */
function primaryOf({ route, scope }: Verdict, offers: readonly Offer[]): string {
  if (route === 'auto_ticket_exists') {
    return '';
  }
  return offers[0]?.verb ?? (scope === 'unclear' ? 'change-answers' : '');
}

interface Offer {
  verb: 'preview-ticket' | 'start-connect' | 'did-that';
  title: string;
}

/** The doors out of the verdict, the one that most people take first. */
function offersOf({ verdict, overrides = [] }: SupportAt<'judged'>): Offer[] {
  const ticket: Offer = { verb: 'preview-ticket', title: 'Prepare the ticket' };
  const isLeft = overrides.length > 0 && verdict.scope !== 'supported';
  if (verdict.route === 'auto_ticket_exists' && !isLeft) {
    return [{ ...ticket, title: 'I cannot find it: prepare one' }];
  }
  const done = doneOf(verdict.route);
  const connect = connectTitles[verdict.route];
  return [
    ...(connect === undefined || isLeft ? [] : [{ verb: 'start-connect' as const, title: connect }]),
    ...(done === null || isLeft ? [] : [{ verb: 'did-that' as const, title: done.button }]),
    ...(verdict.scope === 'supported' && done === null ? [ticket] : []),
  ];
}

/** Ways on which a private connection is set up or looked at. */
const connectTitles: Partial<Record<Route, string>> = {
  connectivity_wizard: 'Start the connection',
  customer_network_fix: 'Go through the connection with me',
};

function titleIn(offers: readonly Offer[], verb: Offer['verb']): string {
  return offers.find((offer) => offer.verb === verb)?.title ?? '';
}

function verdictHeadline({ verdict, answers, overrides = [] }: SupportAt<'judged'>): string {
  return overrides.length > 0 && verdict.scope !== 'supported'
    ? 'Not a case for support, as it was said here.'
    : headlineText(verdict, answers);
}

/** Something that people do themselves is neither a success nor a warning. */
function toneOf({ verdict, answers }: SupportAt<'judged'>): Tone {
  if (verdict.severity === 'critical') {
    return 'attention';
  }
  if (needsCare(verdict.route, answers)) {
    return 'warning';
  }
  return verdict.scope === 'supported' ? 'good' : 'default';
}

/** Whose matter it would be, and on which way, is no question any more once people have said that it is none. */
function ratingLines(state: SupportAt<'judged'>): Line[] {
  const { overrides = [], verdict } = state;
  if (overrides.length > 0 && verdict.scope !== 'supported') {
    return [{ title: 'Scope', value: scopeText(verdict.scope) }];
  }
  return [
    { title: 'Scope', value: scopeText(verdict.scope) },
    { title: 'Way', value: wayText(verdict.route) },
    ...(verdict.responsible === null ? [] : [{ title: 'Responsible', value: partyText(verdict.responsible) }]),
    ...(verdict.scope === 'supported' ? [{ title: 'Severity', value: severityLine(state) }] : []),
  ];
}

function partyText(party: Parameters<typeof responsibleText>[0]): string {
  const text = responsibleText(party);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Supported, Medium" */
export function ratingText({ verdict }: Judged): string {
  return [scopeText(verdict.scope), ...(verdict.severity === null ? [] : [severityText(verdict.severity)])].join(', ');
}

/** "High (by the rules: Medium)" */
export function severityLine({ verdict, overrides = [] }: Judged): string {
  const [first] = overrides;
  const now = verdict.severity === null ? 'Not known yet' : severityText(verdict.severity);
  if (first === undefined || first.from.severity === verdict.severity) {
    return now;
  }
  const { severity, scope } = first.from;
  return `${now} (by the rules: ${severity === null ? scopeText(scope).toLowerCase() : severityText(severity)})`;
}

/** "Changed by Rosa: Medium → High, because …"; the last one counts. */
export function changeLines({ overrides = [] }: SupportState, context: Context): string[] {
  return overrides.map(
    (change) => `Changed by ${nameOf(context.directory, change.by)}: ${changeText(change)}, because ${change.reason}`,
  );
}

export function groundLine(ground: PolicyGround): GroundLine {
  return { text: ground.note, source: citationOf(ground), review: ground.underReview ? reviewText : '' };
}

/** Rules of the same section in a row name it once, below the last of them. */
function withoutRepeat(line: GroundLine, index: number, lines: readonly GroundLine[]): GroundLine {
  const next = lines[index + 1];
  return line.review === '' && next?.review === '' && next.source === line.source ? { ...line, source: '' } : line;
}

const reviewText = 'Under review: this section has changed since the rule was checked.';

/** Document, section and, where the document bears one, its date. */
export function citationOf({ source, section, date }: PolicyGround): string {
  return [source, section, ...(date === null ? [] : [date])].join(', ');
}

/** One way to each document, however many rows rest on it. */
export function linksOf(grounds: readonly PolicyGround[]): SourceLink[] {
  const titles = new Map(grounds.flatMap(({ url, source }) => (url === null ? [] : [[url, source] as const])));
  return [...titles].map(([url, source]) => ({
    title: titles.size === 1 ? 'Read the source' : `Read: ${cut(source)}`,
    url,
  }));
}

/** A button that is longer is cut by the platform, in the middle of a word. */
function cut(title: string): string {
  return title.length <= 36 ? title : `${firstPart(title, 35).trimEnd()}…`;
}

/** Never an invented deadline: what has no target says so, and where there is no ticket yet, none is running. */
export function dueText(state: Judged, context: Context): string {
  const { verdict, overrides = [] } = state;
  if (verdict.scope !== 'supported') {
    return '';
  }
  if ((overrides[0]?.from.scope ?? 'supported') !== 'supported') {
    return 'No time is promised: by the rules this is no case for support, so the desk decides what becomes of the ticket.';
  }
  const input = clockInputOf(state, context);
  if (input === null) {
    return 'How soon an answer is due depends on the severity, which is not known yet.';
  }
  const when = targetWords(verdict.target ?? '');
  if (!isTicketRoute(verdict.route)) {
    const hours = describeCalendar(input.calendar);
    const which =
      verdict.route === 'auto_ticket_exists' ? 'From when that ticket was opened:' : 'Once there is a ticket:';
    return `${which} ${when === '' ? 'reasonable effort, no fixed time' : `first answer ${when}, counted in office hours ${hours}`}.`;
  }
  if (deskOf(context.directory).whose === 'own') {
    const time = when === '' ? 'Reasonable effort, no fixed time' : `First answer of the provider ${when}`;
    return `${time}, counted from when its own ticket is opened, in office hours ${describeCalendar(input.calendar)}.`;
  }
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const { due, skipped } = explainTarget(input, { zone, alone: false });
  return [...(when === '' ? [] : [`First answer ${when}.`]), due, ...(skipped === '' ? [] : [skipped])].join(' ');
}

/** "in less than 2 office hours"; empty where no time is promised. */
export function targetWords(target: string): string {
  switch (target) {
    case '':
    case 'reasonable effort':
      return '';
    case 'next business day':
      return 'on the next business day';
    default:
      return `in ${target.replace('<', 'less than ')}`;
  }
}

/** Null where the policy promises nothing. */
export function clockInputOf({ verdict, raisedAt, requester }: Judged, context: Context): ClockInput | null {
  if (verdict.severity === null || verdict.target === null) {
    return null;
  }
  return {
    severity: verdict.severity,
    start: Temporal.Instant.from(raisedAt),
    calendar: calendarFor(context.directory, requester),
    pauseOnHold: false,
    events: [],
  };
}

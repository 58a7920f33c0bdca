/** One line of the story for each entry that a reader wants to know of, in the words of somebody who was there. */
import type { CardBefore } from './cards.ts';
import type { OpenEntry } from './entry.ts';
import { erasureText } from './erasures.ts';
import { type JsonObject, listOf, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import type { ErasureTold, Moment, Note, Tone } from './model.ts';
import { evidenceText, notesOf } from './notes.ts';
import type { People } from './people.ts';
import { type Posts, tellMessage } from './posts.ts';
import { tellBegins, tellLifted, tellTimer, tellUnseen, tellWatched } from './watch.ts';
import { capital, countText, messageName, placeText, plainWords, valueText } from './words.ts';

export interface Telling {
  caseId: string;
  people: People;
  cardBefore: CardBefore;
  /** Titles of plan steps by their id. */
  stepTitles: ReadonlyMap<string, string>;
  /** Entries that read another status of the ticket than before. */
  statusNews: ReadonlySet<number>;
  /** What entries changed about a request for approval. */
  approvals: ReadonlyMap<number, Note[]>;
  posts: Posts;
  erasures: readonly ErasureTold[];
  zone: string;
}

type Told = Pick<Moment, 'who' | 'text'> & Partial<Pick<Moment, 'quote' | 'notes' | 'tone'>>;

const bot = 'Causeway';

/** Null: nothing that is not told elsewhere. */
export function momentOf(entry: OpenEntry, before: OpenEntry | null, telling: Telling): Moment | null {
  const { seq, at } = entry;
  if (entry.erased) {
    return {
      seq,
      at,
      who: bot,
      text: `recorded something that was erased since${goneText(seq, telling)}.`,
      quote: null,
      notes: [],
      tone: 'plain',
    };
  }
  const told = (tellers[entry.type] ?? tellOther)(entry, telling);
  if (told === null) {
    return null;
  }
  const answer = answerNote(entry);
  const noted = [...notesOf(entry, before, telling.people, telling.zone), ...(telling.approvals.get(seq) ?? [])];
  const notes = [...(told.notes ?? []), ...answer, ...noted.filter(({ lines }) => lines.length > 0)];
  const tone: Tone = answer.length > 0 ? 'bad' : (told.tone ?? 'plain');
  return { seq, at, who: told.who, text: told.text, quote: told.quote ?? null, notes, tone };
}

/** Once for all that went with it; every other entry says only that it did. */
function goneText(seq: number, { erasures, zone }: Telling): string {
  const erasure = erasures.find(({ entries }) => entries.includes(seq));
  return erasure?.entries[0] === seq ? ` (${erasureText(erasure, zone)})` : '';
}

/** What was not done is part of the story: who was refused, and why. */
function answerNote({ payload }: OpenEntry): Note[] {
  const reply = objectOf(payload['reply']);
  const outcome = textOf(reply['outcome']);
  return outcome === '' || outcome === 'done'
    ? []
    : [{ label: `Answer: ${plainWords(outcome)}`, lines: [textOf(reply['because'])].filter((line) => line !== '') }];
}

type Teller = (entry: OpenEntry, telling: Telling) => Told | null;

const tellers: Readonly<Record<string, Teller>> = {
  said: ({ event, seq }, { people }) => ({
    who: people.nameOf(event['person'], seq),
    text: `wrote in ${placeText(event['place'])}${filesText(event)}:`,
    quote: textOf(event['text']),
  }),
  clicked: tellClick,
  'press-refused': tellClick,
  'message-sent': (entry, { people, posts }) => tellMessage(entry, people, posts),
  'form-opened': () => null,
  discovered: ({ event }) => ({ who: bot, text: `looked around in Azure${countsOf(event['discovery'])}.` }),
  surveyed: ({ event }) => ({ who: bot, text: `read what the plan depends on in Azure${countsOf(event['survey'])}.` }),
  verified: ({ event }) => ({ who: bot, text: 'looked at what stands there now.', notes: proofNotes(event['proof']) }),
  'read-failed': ({ event }) => ({ who: bot, text: `could not read: ${textOf(event['because'])}`, tone: 'bad' }),
  'step-changed': tellStep,
  'plan-begins': tellBegins,
  'plan-finished': tellPlanEnd,
  'ticket-opened': ({ event }) => ({ who: bot, text: `opened ticket ${ticketText(event)}.`, tone: 'good' }),
  'ticket-hinted': () => null,
  'ticket-looked': () => null,
  'ticket-refused': ({ event }) => ({
    who: 'The desk',
    text: `does not take this (${plainWords(textOf(event['of']))}): ${textOf(event['because'])}`,
  }),
  'ticket-read': tellTicket,
  'comment-sent': ({ event }) => ({
    who: bot,
    text: `brought the reply to ticket ${textOf(objectOf(event['ticket'])['id'])}.`,
  }),
  'alert-told': ({ event }) => ({ who: 'Azure', text: alertText(objectOf(event['alert'])) }),
  'tickets-found': () => ({ who: bot, text: 'looked for the ticket that the provider opens by itself.' }),
  timer: tellTimer,
  'overrides-listed': ({ event, seq }, { people }) => ({
    who: bot,
    text: `listed changed verdicts for ${people.nameOf(event['person'], seq)}.`,
  }),
  'tickets-listed': ({ event, seq }, { people }) => ({
    who: bot,
    text: `listed tickets for ${people.nameOf(event['person'], seq)}.`,
  }),
  'effect-failed': ({ event }) => ({
    who: bot,
    text: `could not do what was asked (${plainWords(textOf(event['of']))}): ${textOf(event['because'])}`,
    tone: 'bad',
  }),
  'settings-changed': ({ event }) => ({
    who: 'The settings',
    text: 'were changed in their file.',
    notes: [{ label: 'Changes', lines: objectsOf(event['changes']).map(changeText) }],
  }),
  'control-lifted': ({ event, seq }, { people }) => tellLifted(event, people.nameOf(event['by'], seq)),
  'approval-unseen': ({ event }) => tellUnseen(event),
  watched: ({ event }) => tellWatched(event),
  'payloads-erased': ({ payload }) => ({
    who: textOf(payload['by']),
    text: `erased the words of ${countText(listOf(payload['entries']).length, 'moment')}, because:`,
    quote: textOf(payload['because']),
  }),
  'event-not-taken': ({ event, payload }) => ({
    who: bot,
    text: `could not take an event of type ${textOf(event['type'])}: ${textOf(payload['because'])}`,
    quote: textOf(event['text']) || null,
    tone: 'bad',
  }),
};

function alertText(alert: JsonObject): string {
  return `says “${textOf(alert['rule'])}”, ${textOf(alert['severity'])}: ${plainWords(textOf(alert['condition']))}.`;
}

function changeText(change: JsonObject): string {
  const [before, after] = [change['before'], change['after']].map((value) =>
    value === null || value === undefined ? 'nothing' : JSON.stringify(value),
  );
  return `${textOf(change['path'])}: ${before ?? ''} → ${after ?? ''}`;
}

/** An event that came with a later version than this page; its plain values say something all the same. */
function tellOther({ type, event }: OpenEntry): Told {
  const lines = Object.entries(event)
    .filter(([name, value]) => name !== 'type' && (typeof value !== 'object' || value === null))
    .map(([name, value]) => `${capital(plainWords(name))}: ${valueText(value)}`);
  return { who: bot, text: `recorded: ${plainWords(type)}.`, notes: [{ label: 'Details', lines }] };
}

function filesText(event: JsonObject): string {
  const files = textsOf(event['files']);
  return files.length === 0 ? '' : `, with ${countText(files.length, 'file')}`;
}

function tellClick({ event, seq, payload }: OpenEntry, { caseId, people, cardBefore, posts }: Telling): Told {
  const card = cardBefore(messageName(event, caseId), seq);
  const verb = textOf(event['verb']);
  const title = card?.buttons[verb] ?? capital(plainWords(verb));
  const lines = Object.entries(objectOf(event['inputs'])).flatMap(([id, value]) => {
    const input = card?.inputs[id];
    const said = input?.choices[textOf(value)] ?? valueText(value);
    return said === '' ? [] : [`${asked(input?.label ?? capital(plainWords(id)))} ${said}`];
  });
  const isPrivate = posts.readerAt(event['place']) !== '';
  const where = isPrivate ? 'in private' : `in ${placeText(event['place'])}`;
  const stale = payload['stale'] === true ? ', on a card that had moved on' : '';
  return {
    who: people.nameOf(event['person'], seq),
    text: `pressed “${title}” ${where}${stale}.`,
    notes: lines.length === 0 ? [] : [{ label: 'With', lines }],
  };
}

function asked(label: string): string {
  return label.endsWith('?') ? label : `${label}:`;
}

/** "2 environments, 5 networks": how much was seen. */
function countsOf(reading: unknown): string {
  const counts = Object.entries(objectOf(reading))
    .filter(([, value]) => Array.isArray(value) && value.length > 0)
    .map(([name, value]) => countText((value as unknown[]).length, plainWords(name).replace(/s$/, '')));
  return counts.length === 0 ? '' : ` (${counts.join(', ')})`;
}

function proofNotes(proof: unknown): Note[] {
  const evidence = objectsOf(objectOf(proof)['evidence']);
  return ['read', 'computed', 'observed'].map((kind) => ({
    label: capital(kind),
    lines: evidence.filter((one) => one['kind'] === kind).map(evidenceText),
  }));
}

/** A start is told with the end; what takes longer, or fails, is told when it happens. */
function tellStep({ event }: OpenEntry, { stepTitles }: Telling): Told | null {
  const step = objectOf(event['step']);
  const title = stepTitles.get(textOf(step['id'])) ?? textOf(step['id']);
  const note = textOf(step['note']);
  const state = textOf(step['state']);
  if (state === 'done') {
    const seconds = textOf(step['seconds']);
    return { who: bot, text: `wrote to Azure: ${title}${seconds === '' ? '' : `, in ${seconds} s`}.`, tone: 'good' };
  }
  if (state === 'failed') {
    return { who: bot, text: `stopped at: ${title}. ${note} ${codeText(step)}`.trim(), tone: 'bad' };
  }
  return note === '' ? null : { who: bot, text: `waited at: ${title}. ${note} ${codeText(step)}`.trim() };
}

function codeText(step: JsonObject): string {
  const code = textOf(step['code']);
  return code === '' ? '' : `(${code})`;
}

function tellPlanEnd({ event }: OpenEntry): Told {
  const outcome = objectOf(event['outcome']);
  const differences = textsOf(outcome['differences']);
  switch (textOf(outcome['kind'])) {
    case 'complete':
      return { who: bot, text: 'carried out the plan to its end.', tone: 'good' };
    case 'void':
      return {
        who: bot,
        text: 'wrote nothing: the world had moved since the approval.',
        tone: 'bad',
        notes: [{ label: 'What differed', lines: differences }],
      };
    case 'not-begun':
      return { who: bot, text: 'wrote nothing, because it was not let begin.' };
    default:
      return {
        who: bot,
        text: `stopped: ${textOf(outcome['because'])} ${textOf(outcome['wayOut'])}`.trim(),
        tone: 'bad',
      };
  }
}

function ticketText(event: JsonObject): string {
  const ticket = objectOf(event['ticket']);
  return `${textOf(ticket['id'])} at the desk: “${textOf(ticket['subject'])}”, status ${textOf(ticket['status'])}`;
}

/** The desk is read often; it is news only when the status is another one. What it says is shown as a message. */
function tellTicket({ event, seq }: OpenEntry, { statusNews }: Telling): Told | null {
  return statusNews.has(seq)
    ? {
        who: 'The desk',
        text: `says of ticket ${textOf(objectOf(event['ticket'])['id'])}: ${textOf(objectOf(event['ticket'])['status'])}.`,
      }
    : null;
}

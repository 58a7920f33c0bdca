/** How clocks, stops, freezes and what the watchdog found read in the story of a case. */
import type { OpenEntry } from './entry.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import type { Moment } from './model.ts';
import { plainWords } from './words.ts';

type Told = Pick<Moment, 'who' | 'text'> & Partial<Pick<Moment, 'quote' | 'notes' | 'tone'>>;

const bot = 'Causeway';

/** @param by Name of whoever lifted it. */
export function tellLifted(event: JsonObject, by: string): Told {
  const what = textOf(objectOf(event['control'])['kind']) === 'stop' ? 'allowed changes again' : 'lifted the freeze';
  return { who: by, text: `${what}:`, quote: textOf(event['reason']) };
}

const clocks: Readonly<Record<string, string>> = {
  'approval-reminder': 'saw that half of the time was over and nobody had decided.',
  'approval-escalation': 'saw that most of the time was over and nobody had decided.',
  'approval-expiry': 'saw that the time for a decision was over.',
  'owner-reminder': 'saw that the owner of the other side had not answered yet.',
  'proof-again': 'looked again after the time that this needs to take effect.',
  'response-warning': 'saw that an answer of the desk was due soon.',
  'response-due': 'saw that an answer of the desk was overdue.',
};

/** Null when it was about something that was over by then. */
export function tellTimer({ event, payload }: OpenEntry): Told | null {
  const name = textOf(event['name']);
  const isQuiet = objectsOf(payload['effects']).length === 0 && objectsOf(payload['projections']).length === 0;
  return isQuiet ? null : { who: bot, text: clocks[name] ?? `looked at the clock: ${plainWords(name)}.` };
}

/** The last question before the first write. */
export function tellBegins({ payload }: OpenEntry): Told {
  return textOf(objectOf(payload['reply'])['outcome']) === 'done'
    ? { who: bot, text: 'asked whether anything speaks against it, and began to write.' }
    : { who: bot, text: 'asked whether anything speaks against it, and was not let begin.' };
}

const troubles: Readonly<Record<string, string>> = {
  'not-posted': 'found that nobody could see the approval',
  'nobody-decides': 'found that nobody could decide about the approval any more',
  'asked-cannot': 'found that whoever was asked could not decide any more',
  'copy-behind': 'found a copy of the approval that was not up to date',
  freed: 'saw that the freeze for which the plan waited is over',
  over: 'saw that the approval can be seen and decided',
};

export function tellUnseen(event: JsonObject): Told {
  const why = objectOf(event['why']);
  const because = textOf(why['because']);
  const text = troubles[textOf(why['kind'])] ?? 'found something about the approval';
  const isOver = ['over', 'freed'].includes(textOf(why['kind']));
  return { who: bot, text: `${text}${because === '' ? '.' : `: ${because}`}`, tone: isOver ? 'good' : 'bad' };
}

export function tellWatched(event: JsonObject): Told {
  const round = objectOf(event['round']);
  const lines = objectsOf(round['approvals']).map((one) => `${textOf(one['what'])}, until ${textOf(one['expiresAt'])}`);
  const notes = lines.length === 0 ? [] : [{ label: 'Approvals', lines }];
  return { who: bot, text: 'looked after the approvals that wait.', notes };
}

/**
 * What an entry changed about a request for approval: what the rules asked for, who said yes, who handed it over, who
 * wanted a change, and what held up the work. Told against the entry before that knew of the same request.
 */
import type { OpenEntry } from './entry.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import type { Note } from './model.ts';
import type { People } from './people.ts';
import { capital, localText, plainWords } from './words.ts';

type NameOf = (id: unknown) => string;

interface Change {
  before: JsonObject | null;
  after: JsonObject;
  nameOf: NameOf;
  zone: string;
}

/** By number of the entry. */
export function approvalNotes(
  entries: readonly OpenEntry[],
  people: People,
  zone: string,
): ReadonlyMap<number, Note[]> {
  const known = new Map<string, JsonObject>();
  const notes = new Map<number, Note[]>();
  let held = false;
  for (const { seq, changed } of entries) {
    const after = objectOf(changed['approval']);
    const id = textOf(after['id']);
    const told =
      id === '' ? [] : changeNotes({ before: known.get(id) ?? null, after, nameOf: namesAt(people, seq), zone });
    const hold = 'hold' in changed ? holdNotes(changed['hold'], held, zone) : [];
    if (id !== '') {
      known.set(id, after);
    }
    held = 'hold' in changed ? isObject(changed['hold']) : held;
    notes.set(seq, [...told, ...hold]);
  }
  return notes;
}

function namesAt(people: People, seq: number): NameOf {
  return (id) => people.nameOf(id, seq);
}

function changeNotes(change: Change): Note[] {
  return change.before === null
    ? askedNotes(change)
    : [...votesNotes(change), ...passedNotes(change), ...turnNotes(change), ...wishNotes(change)];
}

function askedNotes({ after, nameOf, zone }: Change): Note[] {
  const told = textsOf(after['told']).map(nameOf);
  return [
    { label: 'How risky the rules call it', lines: riskLines(after) },
    { label: 'Who has to say yes', lines: objectsOf(after['needs']).map(needText) },
    { label: 'Asked', lines: told.length === 0 ? [] : [`${told.join(', ')}${onCallText(after, nameOf, zone)}`] },
    { label: 'Different from the plan before', lines: textsOf(after['differences']) },
  ];
}

export function riskLines(approval: JsonObject): string[] {
  const risk = textOf(approval['risk']);
  return risk === '' ? [] : [capital(risk), ...textsOf(approval['because'])];
}

function onCallText({ asked, onCall }: JsonObject, nameOf: NameOf, zone: string): string {
  const { rotation, until } = objectOf(onCall);
  const by = textOf(asked);
  return by === '' || textOf(rotation) === ''
    ? ''
    : `; ${nameOf(by)} is on call in the rotation ${textOf(rotation)} until ${localText(until, zone)}`;
}

/** "2 different people with the role approver", "One person of the group security" */
export function needText(need: JsonObject): string {
  const group = textOf(need['group']);
  const roles = textsOf(need['roles']);
  const count = textOf(need['count']);
  const people = count === '1' ? 'One person' : `${count} different people`;
  return group !== '' && roles.every((role) => role === `approver:${group}`)
    ? `${people} of the group ${group}`
    : `${people} with the role ${roles.join(' or ')}`;
}

function neededYes(approval: JsonObject): number {
  return objectsOf(approval['needs']).reduce((sum, need) => sum + Number(need['count']), 0);
}

function votesNotes({ after, before, nameOf }: Change): Note[] {
  const [votes, old] = [objectsOf(after['votes']), objectsOf(before?.['votes'])];
  const fresh = votes.filter(({ person }) => !old.some((vote) => vote['person'] === person));
  const needed = neededYes(after);
  if (fresh.length === 0 || needed < 2) {
    return [];
  }
  const more = isObject(after['decision'])
    ? ''
    : votes.length < needed
      ? `; ${needed - votes.length} more needed`
      : '; more is needed, because of a freeze, or because a yes does not count for what is still open';
  return [
    {
      label: 'Said yes',
      lines: fresh.map(({ person }) => `${nameOf(person)}: ${votes.length} of ${needed}${more}`),
    },
  ];
}

function passedNotes({ after, before, nameOf }: Change): Note[] {
  const fresh = objectsOf(after['passedOn']).slice(objectsOf(before?.['passedOn']).length);
  return [{ label: 'Then', lines: fresh.map((passed) => passedText(passed, nameOf)) }];
}

export function passedText({ from, to }: JsonObject, nameOf: NameOf): string {
  return textOf(from) === ''
    ? `Nobody had decided in time, so ${nameOf(to)} was asked as well.`
    : `${nameOf(from)} handed the decision over to ${nameOf(to)}.`;
}

/** The rotation went on meanwhile; what was handed over is told there. */
function turnNotes({ after, before, nameOf }: Change): Note[] {
  const [now, old] = [textOf(after['asked']), textOf(before?.['asked'])];
  const isPassed = objectsOf(after['passedOn']).length > objectsOf(before?.['passedOn']).length;
  return now === old || now === '' || isPassed
    ? []
    : [{ label: 'Then', lines: [`${nameOf(now)} is on call by now, and is asked in place of ${nameOf(old)}.`] }];
}

function wishNotes({ after, before, nameOf }: Change): Note[] {
  const [wish, old] = [objectOf(after['change']), objectOf(before?.['change'])];
  const { answer, by, message, what } = wish;
  if (textOf(what) === '') {
    return [];
  }
  if (message !== old['message']) {
    return [
      {
        label: 'A change was asked for',
        lines: [`${nameOf(by)}: “${textOf(what)}” The request waits as it is meanwhile.`],
      },
    ];
  }
  return textOf(answer) === textOf(old['answer'])
    ? []
    : [{ label: 'Answered', lines: [`It stays as it is, because ${textOf(answer)}.`] }];
}

function holdNotes(hold: unknown, wasHeld: boolean, zone: string): Note[] {
  if (!isObject(hold)) {
    return wasHeld ? [{ label: 'Then', lines: ['Nothing holds it up any more.'] }] : [];
  }
  const until = textOf(hold['until']);
  const byHand = hold['again'] === undefined ? 'when somebody tries again' : 'by itself when that is over';
  const end = `It begins ${until === '' ? byHand : `by itself at ${localText(until, zone)}`}.`;
  return [{ label: 'Approved, but held up', lines: [`${textOf(hold['why'])} ${end}`] }];
}

const endings: Readonly<Record<string, string>> = { denied: 'rejected' };

export function statusText(status: string): string {
  return endings[status] ?? plainWords(status);
}

/** "rejected by Anna Abel: not this week" */
export function decidedText(projection: JsonObject, by: string): string {
  const status = textOf(projection['status']);
  const word = statusText(status);
  const after =
    projection['from'] === 'approved' && status === 'withdrawn' ? ' after the yes, before anything was written' : '';
  const reason = textOf(projection['reason']);
  return `${word}${by === '' ? '' : ` by ${by}`}${after}${reason === '' ? '' : `: ${reason}`}`;
}

/** A stop or a freeze as it was ordered; null for any other projection. */
export function controlText(projection: JsonObject, nameOf: NameOf, zone: string): string | null {
  switch (textOf(projection['type'])) {
    case 'changes-stopped': {
      const { by, reason } = objectOf(projection['stop']);
      return `All changes to Azure are stopped by ${nameOf(by)}: ${textOf(reason)}`;
    }
    case 'changes-allowed':
      return `Changes to Azure are allowed again by ${nameOf(projection['by'])}: ${textOf(projection['reason'])}`;
    case 'freeze-begun':
      return freezeText(objectOf(projection['freeze']), nameOf, zone);
    case 'freezes-lifted':
      return `A freeze is lifted by ${nameOf(projection['by'])}: ${textOf(projection['reason'])}`;
    case 'plan-brought-forward':
      return 'What was to begin later begins now.';
    default:
      return null;
  }
}

function freezeText({ by, environments, from, mode, reason, until }: JsonObject, nameOf: NameOf, zone: string): string {
  const names = textsOf(environments);
  const end = textOf(until) === '' ? 'until somebody lifts it' : `until ${localText(until, zone)}`;
  const effect = mode === 'second-approval' ? 'plans need one more yes' : 'plans wait';
  return `${nameOf(by)} froze ${names.length === 0 ? 'everything' : names.join(', ')} from ${localText(from, zone)} ${end} (${effect}): ${textOf(reason)}`;
}

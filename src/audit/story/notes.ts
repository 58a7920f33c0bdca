/** What came of an event, beside its own words: what was understood, what was decided and on which rows, what was asked for. */
import { controlText, decidedText } from './approvals.ts';
import type { OpenEntry } from './entry.ts';
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import type { Note } from './model.ts';
import type { People } from './people.ts';
import { capital, countText, groundText, lastPart, localText, plainWords, valueText } from './words.ts';

export function notesOf(entry: OpenEntry, before: OpenEntry | null, people: People, zone: string): Note[] {
  const notes = [
    ...understood(entry, before),
    ...chosen(entry),
    ...judged(entry, before),
    ...seen(entry),
    ...inTheWay(entry),
    ...takenBack(entry),
    ...projected(entry, people, zone),
    ...askedFor(entry, people, zone),
  ];
  return notes.filter((note) => note.lines.length > 0);
}

/** Facts of the wish or the problem that are new since the entry before that told any. */
function understood(entry: OpenEntry, before: OpenEntry | null): Note[] {
  const lines = ['draft', 'answers'].flatMap((name) => {
    const old = objectOf(before?.changed[name]);
    const facts = Object.entries(objectOf(entry.changed[name]));
    return facts
      .filter(([key, value]) => saysSomething(key, value) && JSON.stringify(value) !== JSON.stringify(old[key]))
      .map(([key, value]) => `${factNames[key] ?? capital(plainWords(key))}: ${valueText(value)}`);
  });
  const since = textOf(entry.changed['since']);
  return [{ label: 'Understood', lines: since === '' ? lines : [...lines, `Since: ${since}`] }];
}

/** Where the name in the case is not what people would say. */
const factNames: Readonly<Record<string, string>> = {
  networkWords: 'Other network, as it was written',
  networks: 'Other networks',
  wish: 'It is about',
  isolation: 'Nothing but the apps may be reachable',
};

/** The first words are quoted already; what is not known, or not wished, is no news. */
function saysSomething(key: string, value: unknown): boolean {
  return key !== 'words' && value !== false && valueText(value) !== '';
}

function chosen({ changed }: OpenEntry): Note[] {
  const choice = objectOf(changed['choice']);
  const method = textOf(choice['method']);
  return method === ''
    ? []
    : [
        {
          label: `Method that fits: ${plainWords(method)}, because`,
          lines: [...objectsOf(choice['because']).map(groundText), ...textsOf(choice['wouldChange'])],
        },
      ];
}

/** The same verdict again is no news. */
function judged({ changed }: OpenEntry, before: OpenEntry | null): Note[] {
  const verdict = objectOf(changed['verdict']);
  if (JSON.stringify(verdict['because']) === JSON.stringify(objectOf(before?.changed['verdict'])['because'])) {
    return [];
  }
  const ratings = ['scope', 'route', 'responsible', 'severity', 'target'].map((name) => textOf(verdict[name]));
  const said = ratings.filter((rating) => rating !== '').map(plainWords);
  return said.length === 0
    ? []
    : [{ label: `Judged: ${said.join(', ')}, because`, lines: objectsOf(verdict['because']).map(groundText) }];
}

/** Of what people have seen themselves only that; a proof of its own is told where it was made. */
function seen({ changed, type }: OpenEntry): Note[] {
  const evidence = objectsOf(objectOf(changed['proof'])['evidence']);
  const own = type === 'clicked' ? evidence.filter((one) => one['kind'] === 'observed') : evidence;
  return type === 'verified' ? [] : [{ label: 'Seen', lines: own.map(evidenceText) }];
}

export function evidenceText({ good, text }: JsonObject): string {
  return `${good === true ? '✓' : good === false ? '✕' : '?'} ${textOf(text)}`;
}

function inTheWay({ changed }: OpenEntry): Note[] {
  return [{ label: 'What stood in the way', lines: objectsOf(changed['findings']).map(findingText) }];
}

export function findingText(finding: JsonObject): string {
  const levels: Readonly<Record<string, string>> = { stop: 'Stops it', care: 'Take care', unknown: 'Could not check' };
  const level = textOf(finding['level']);
  return `${levels[level] ?? capital(level)}: ${textOf(finding['text'])} ${textOf(finding['wayOut'])}`.trim();
}

/** The way back is planned when Azure was read for it. */
function takenBack({ changed, state }: OpenEntry): Note[] {
  const plan = objectOf(objectOf(changed['undo'])['plan']);
  return state === 'undo-planned' && 'steps' in plan ? [{ label: 'Planned', lines: [planText(plan)] }] : [];
}

function planText(plan: JsonObject): string {
  return `${planHeadline(plan)}; plan ${textOf(plan['hash']).slice(0, 12)}`;
}

function projected({ payload, seq }: OpenEntry, people: People, zone: string): Note[] {
  return objectsOf(payload['projections']).flatMap((projection): Note[] => {
    switch (textOf(projection['type'])) {
      case 'plan-made':
        return [{ label: 'Planned', lines: [planText(objectOf(projection['plan']))] }];
      case 'approval-decided': {
        return [{ label: 'Decision', lines: [decidedText(projection, people.nameOf(projection['by'], seq))] }];
      }
      case 'verdict-overridden':
        return [{ label: 'Seen differently', lines: [overrideText(objectOf(projection['override']), seq, people)] }];
      default: {
        const control = controlText(projection, (id) => people.nameOf(id, seq), zone);
        return control === null ? [] : [{ label: 'From then on', lines: [control] }];
      }
    }
  });
}

export function planHeadline(plan: JsonObject): string {
  const steps = objectsOf(plan['steps']);
  const writes = steps.filter((step) => ['create', 'update'].includes(textOf(step['change'])));
  const kept = steps.length - writes.length;
  const rest = kept === 0 ? '' : `, ${countText(kept, 'thing')} used as it is`;
  const method = textOf(plan['method']);
  return method === ''
    ? `${countText(steps.length, 'change')} taken back`
    : `${countText(writes.length, 'change')}${rest}, by ${plainWords(method)}`;
}

export function overrideText(override: JsonObject, seq: number, people: People): string {
  const [from, to] = ['from', 'to'].map((name) =>
    ['scope', 'route', 'severity']
      .map((part) => plainWords(textOf(objectOf(override[name])[part])))
      .filter((part) => part !== ''),
  );
  return `${people.nameOf(override['by'], seq)}: ${from?.join(', ') ?? ''} → ${to?.join(', ') ?? ''}, because ${textOf(override['reason'])}`;
}

/** What was to be done outside; messages are told when they were sent. */
function askedFor({ payload, seq }: OpenEntry, people: People, zone: string): Note[] {
  const lines = objectsOf(payload['effects'])
    .filter((effect) => textOf(effect['kind']) === 'work')
    .flatMap((effect) => workText(effect, zone));
  const asked = people.nameOf(objectOf(objectOf(payload['changed'])['approval'])['asked'], seq);
  // Newer entries say whom, and by which rule.
  const isToldAnew = 'told' in objectOf(objectOf(payload['changed'])['approval']);
  const waits = textOf(objectsOf(payload['projections'])[0]?.['type']) === 'approval-asked';
  return [
    {
      label: 'Then',
      lines: waits && asked !== '' && !isToldAnew ? [`${asked} was asked to decide.`, ...lines] : lines,
    },
  ];
}

function dueText({ dueAt }: JsonObject, zone: string): string {
  return textOf(dueAt) === '' ? '' : `, not before ${localText(dueAt, zone)}`;
}

function workText(effect: JsonObject, zone: string): string[] {
  switch (textOf(effect['type'])) {
    case 'apply-plan':
      return [`The plan was handed over to be carried out${dueText(effect, zone)}.`];
    case 'apply-undo':
      return [`The way back was handed over to be carried out${dueText(effect, zone)}.`];
    case 'open-ticket': {
      const request = objectOf(effect['request']);
      return [
        `A ticket was asked for at the desk: “${textOf(request['subject'])}”, priority ${textOf(request['priority'])}.`,
      ];
    }
    case 'send-comment':
      return [`A reply was on its way to ticket ${textOf(effect['ticketId'])}: “${textOf(effect['body'])}”`];
    case 'change-ticket':
      return [`The desk was asked to set ticket ${textOf(effect['ticketId'])} to ${textOf(effect['status'])}.`];
    case 'timer':
      // A deadline belongs to what it is a deadline of, and is told there.
      return [];
    default:
      return [`${capital(plainWords(textOf(effect['type'])))}: ${lastPart(JSON.stringify(effect))}`];
  }
}

/** Everything that can happen to a case, as arbitraries: half of it sensible, half of it late, odd or by the wrong person. */
import fc from 'fast-check';
import type { AdHocFreeze } from '../../src/flows/control-state.ts';
import type { Event, PlanOutcome } from '../../src/flows/event.ts';
import type { Facts } from '../../src/flows/flow.ts';
import type { CaseState } from '../../src/flows/state.ts';
import { connectForms, draftForms } from '../../src/flows/connect-typed.ts';
import { answerForms, supportForms, talkForms } from '../../src/flows/typed.ts';
import { notes } from '../../src/policy/notes.ts';
import { network, surveyOf } from '../plan/world.ts';
import { discovery, hub, monday, onCallRoom, people, snapshot, team, whereIs } from './cases.ts';

const verbs = [
  ...new Set([...connectForms, ...supportForms, ...talkForms].map((form) => form.verb)),
  ...notes.slice(0, 3).map((note) => `note-${note.row}`),
  'note-nothing',
  'cancel',
  'start-support',
  'no-such-verb',
];
export const sentences = [
  'connect mendix-prod to hub-vnet for app orders',
  'connect nowhere to atlantis',
  'prod is down since 8, recovery button did nothing',
  'can you open port 5432 to our data lake',
  'what happens if we delete the managed application?',
  'who patches the nodes?',
  'help',
  'what a day',
  'send me the logs',
  '',
  ...[...answerForms, ...draftForms, ...talkForms, ...connectForms, ...supportForms].map((form) => form.shown),
];
const inputs = fc.dictionary(
  fc.constantFrom(
    'environment',
    'network',
    'networkId',
    'wish',
    'service',
    'linkId',
    'servers',
    'extras',
    'apps',
    'names',
    'symptom',
    'subject',
    'body',
    'reply',
    'output',
    'reason',
    'severity',
    'scope',
    'since',
  ),
  fc.oneof(
    fc.constantFrom(
      '',
      'mendix-prod',
      hub.id,
      'orders',
      'wildcard',
      'inaccessible',
      'not-known',
      'high',
      'unsupported',
      '192.168.0.10',
      'dns',
      'service',
      'database',
      'erp.corp.example',
    ),
    fc.string(),
  ),
  { maxKeys: 4 },
);
const person = fc.constantFrom(...people.map((known) => known.id), 'stranger');
const place = fc.constantFrom(team, onCallRoom);
const outcomes: PlanOutcome[] = [
  { kind: 'complete' },
  { kind: 'failed', step: 's', code: null, because: 'no', wayOut: 'yes' },
  { kind: 'void', differences: ['a', 'b'] },
  { kind: 'not-begun' },
];
const surveys = [
  surveyOf(),
  surveyOf({ networks: [network('hub-vnet', '192.168.0.0/16')] }),
  surveyOf({ mendix: null }),
];
const proof = { evidence: [], toRun: [{ from: 'hub-vnet', command: 'nslookup', expect: '192.168.0.10' }] };

export type Happening = (state: CaseState | null) => Event;

function questionOf(state: CaseState | null): number {
  return state !== null && 'question' in state ? state.question : 0;
}

function planOf(state: CaseState | null): string {
  if (state === null || !('planId' in state)) {
    return 'C-1/plan-0';
  }
  return 'undo' in state && state.undo !== undefined ? state.undo.id : state.planId;
}

function stepOf(state: CaseState | null, index: number): string {
  return state !== null && 'steps' in state ? (state.steps[index]?.id ?? 's') : 's';
}

const said = fc.tuple(person, place, fc.oneof(fc.constantFrom(...sentences), fc.string())).map(
  ([who, where, text]): Happening =>
    () => ({ type: 'said', person: who, place: where, text, files: [] }),
);
const clicked = fc.tuple(person, place, fc.constantFrom(...verbs), inputs).map(
  ([who, where, verb, given]): Happening =>
    () => ({ type: 'clicked', person: who, place: where, message: 'm', verb, inputs: given }),
);
const read = fc.constantFrom<Happening>(
  (state) => ({ type: 'discovered', question: questionOf(state), discovery }),
  (state) => ({ type: 'read-failed', question: questionOf(state), of: 'survey', because: 'no' }),
  (state) => ({ type: 'verified', question: questionOf(state), proof }),
  ...surveys.map(
    (survey): Happening =>
      (state) => ({ type: 'surveyed', question: questionOf(state), survey }),
  ),
);
const worked = fc.oneof(
  fc.constant<Happening>((state) => ({ type: 'plan-begins', planId: planOf(state) })),
  fc.constantFrom(
    ...outcomes.map(
      (outcome): Happening =>
        (state) => ({ type: 'plan-finished', planId: planOf(state), outcome }),
    ),
  ),
  fc.tuple(fc.nat(5), fc.constantFrom('waiting', 'running', 'done', 'failed')).map(
    ([index, step]): Happening =>
      (state) => ({
        type: 'step-changed',
        planId: planOf(state),
        step: { id: stepOf(state, index), state: step, seconds: null, note: null, code: null },
      }),
  ),
  fc.constantFrom('show', 'apply-plan', 'apply-undo', 'open-ticket', 'send-comment', 'change-ticket', 'timer').map(
    (of): Happening =>
      () => ({ type: 'effect-failed', effect: 'C-1/1/0', of, because: 'no' }),
  ),
);
const ticketed = fc
  .tuple(fc.constantFrom('new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted'), fc.nat(3), fc.boolean())
  .chain(([status, id, fromDesk]) => {
    const ticket = { ...snapshot, status };
    const comments = [{ id, author: 'Robin', fromDesk, body: 'Looking.', createdAt: monday }];
    return fc.constantFrom<Event>(
      { type: 'ticket-opened', ticket },
      { type: 'ticket-hinted', ticketId: 12 },
      { type: 'ticket-read', ticket, comments },
      { type: 'ticket-read', ticket, comments, complete: true },
      { type: 'ticket-read', ticket: { ...ticket, status: 'closed', mergedInto: 13 }, comments: [], complete: true },
      { type: 'ticket-read', ticket: { ...ticket, id: 13 }, comments, complete: true },
      { type: 'ticket-opened', ticket: { ...ticket, id: 14 }, leftOut: ['a.log is empty.'] },
      { type: 'ticket-looked', ticketId: 12 },
      { type: 'ticket-refused', effect: 'C-1/1/0', of: 'change-ticket', because: 'no' },
      { type: 'ticket-refused', effect: 'C-1/1/0', of: 'open-ticket', because: 'no' },
      { type: 'comment-sent', ticket, commentKey: 'k' },
      { type: 'settings-changed', changes: [] },
      { type: 'overrides-listed', person: 'sam', place: team, overrides: [] },
      { type: 'draft-taken', person: 'rosa', to: onCallRoom },
    );
  })
  .map(
    (event): Happening =>
      () =>
        event,
  );
const rang = fc
  .tuple(
    fc.constantFrom(
      'approval-reminder',
      'approval-escalation',
      'approval-expiry',
      'owner-reminder',
      'response-warning',
      'response-due',
    ),
    fc.boolean(),
  )
  .map(
    ([name, isTicket]): Happening =>
      (state) => ({ type: 'timer', name, about: isTicket ? '12' : `${planOf(state)}/approval` }),
  );
/** What the people of a good day do, so that a run gets past the first card. */
const goodDay: Readonly<Record<string, Event>> = {
  'connect/asking': by('rosa', 'connect-continue'),
  'connect/choosing': by('rosa', 'use-peering'),
  'connect/planned': by('rosa', 'ask-approval'),
  'connect/awaiting-approval': by('anna', 'approve'),
  'connect/connected': by('rosa', 'undo'),
  'connect/undo-planned': by('rosa', 'ask-approval'),
  'support/asking': by('rosa', 'triage-continue'),
  'support/differing': by('rosa', 'back'),
  'support/judged': by('rosa', 'preview-ticket'),
  'support/previewing': by('rosa', 'open-ticket'),
  'support/opening': { type: 'ticket-opened', ticket: snapshot },
};

function by(who: string, verb: string): Event {
  return { type: 'clicked', person: who, place: team, message: 'm', verb, inputs: {} };
}

function onward(state: CaseState | null): Event {
  const where = whereIs(state);
  if (where === 'connect/approved') {
    return { type: 'plan-begins', planId: planOf(state) };
  }
  return where === 'connect/surveying' || where === 'connect/undo-reading'
    ? { type: 'surveyed', question: questionOf(state), survey: surveyOf() }
    : (goodDay[where] ?? { type: 'said', person: 'rosa', place: team, text: sentences[0] ?? '', files: [] });
}

/** A good day without a surprise. */
export const sensible = { make: onward, minutes: 0, stale: false, knows: true, ordered: {} };

export const happening = fc.record({
  make: fc.oneof(
    { arbitrary: fc.constant<Happening>(onward), weight: 5 },
    { arbitrary: clicked, weight: 3 },
    said,
    read,
    worked,
    ticketed,
    rang,
  ),
  minutes: fc.constantFrom(0, 0, 0, 1, 61, 3000),
  stale: fc.constantFrom(false, false, false, true),
  knows: fc.constantFrom(true, true, true, false),
  /** What administrators have ordered by then. */
  ordered: fc.constantFrom<Pick<Facts, 'stop' | 'adHocFreezes'>>(
    {},
    {},
    {},
    { stop: { by: 'ada', at: monday, reason: 'an outage' } },
    { adHocFreezes: [frozen('wait', null)] },
    { adHocFreezes: [frozen('wait', '2026-03-02T12:00:00.000Z')] },
    { adHocFreezes: [frozen('second-approval', '2026-03-04T09:00:00.000Z')] },
  ),
});

function frozen(mode: AdHocFreeze['mode'], until: string | null): AdHocFreeze {
  return { id: 'F-1', by: 'ada', at: monday, reason: 'year end', environments: null, mode, from: monday, until };
}

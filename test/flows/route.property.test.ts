/** Whatever happens, in whatever order: a flow never throws, forgets nothing that an effect needs, and decides alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/flows/effect.ts';
import type { Event } from '../../src/flows/event.ts';
import type { Context, Transition } from '../../src/flows/flow.ts';
import { advance } from '../../src/flows/route.ts';
import type { CaseState } from '../../src/flows/state.ts';
import { directory, discovery, messages, monday, people, team, whereIs } from './cases.ts';
import { type Happening, happening, sensible, sentences } from './happenings.ts';
import { runs } from '../support/runs.ts';

const run = fc.tuple(fc.constantFrom(...sentences.slice(0, 6)), fc.array(happening, { minLength: 5, maxLength: 40 }));

/** Each leads to where few find their way by chance. */
const goodDays: [[string, (typeof sensible)[]]][] = ['connect mendix-prod', 'prod is down'].map((words) => [
  [sentences.find((sentence) => sentence.startsWith(words)) ?? '', Array.from({ length: 12 }, () => sensible)],
]);

describe('any sequence of events', () => {
  it('is taken without an error, with whole effects, and the same way twice', () => {
    const reached = new Set<string>();

    fc.assert(
      fc.property(run, ([first, happenings]) => {
        let state: CaseState | null = null;
        let at = monday;
        const shown = new Map<string, readonly string[]>();
        const all = [{ make: opening(first), minutes: 0, stale: false, knows: true, ordered: {} }, ...happenings];
        for (const [index, { knows, make, minutes, ordered, stale }] of all.entries()) {
          at = Temporal.Instant.from(at).add({ minutes }).toString({ fractionalSecondDigits: 3 });
          const facts = { ...ordered, discovery: knows ? { value: discovery, readAt: at } : null };
          const context: Context = { caseId: 'C-1', revision: index + 1, at, directory, facts, stale };
          const event: Event = make(state);
          const before = JSON.stringify(state);

          const taken: Transition = advance(state, event, context);

          expect(JSON.stringify(state)).toBe(before);
          expect(advance(state, event, context)).toEqual(taken);
          expect(JSON.parse(JSON.stringify(taken.state))).toEqual(taken.state);
          expect(taken.reply.because === '').toBe(taken.reply.outcome === 'done');
          expect(taken.effects.flatMap(problemsOf)).toEqual([]);
          expect(namesOf(taken)).toEqual([...new Set(namesOf(taken))]);
          ({ state } = taken);
          for (const message of messages(taken)) {
            shown.set(message.message, message.verbs);
          }
          expect([whereIs(state), isStuck(state, shown)]).toEqual([whereIs(state), false]);
          reached.add(whereIs(state));
        }
      }),
      { ...runs(80, 800), examples: goodDays },
    );

    expect([...reached]).toEqual(expect.arrayContaining(['connect/applying', 'support/open']));
  });
});

function opening(text: string): Happening {
  return () => ({ type: 'said', person: 'rosa', place: team, text, files: [] });
}

/** Where the bot waits for a person, the card of the case has a button for them. */
const waits =
  /^(?:connect\/(?:asking|choosing|stopped|planned|awaiting-approval|approved|failed|closed|undo-planned|undo-stopped)|support\/(?:asking|judged|differing|previewing))$/;

function isStuck(state: CaseState, shown: ReadonlyMap<string, readonly string[]>): boolean {
  const cards = [...shown].filter(([name]) => name === state.flow || name.startsWith('undo-'));
  return waits.test(whereIs(state)) && cards.every(([, verbs]) => verbs.length === 0);
}

/** Two effects of one transition that show the same message would hide one of them. */
function namesOf(transition: Transition): string[] {
  return transition.effects.flatMap((effect) => (effect.kind === 'message' ? [effect.message] : []));
}

function problemsOf(effect: Effect): string[] {
  const all = JSON.stringify(effect);
  const holes = /undefined|\[object|NaN/.test(all) ? [`hole in ${all}`] : [];
  return [...holes, ...missingIn(effect).map((what) => `${effect.type} without ${what}`)];
}

function missingIn(effect: Effect): string[] {
  switch (effect.type) {
    case 'show':
      return [
        ...(effect.message === '' ? ['message'] : []),
        ...(effect.content.text.trim() === '' ? ['text'] : []),
        ...(effect.to.conversation === '' ? ['place'] : []),
        ...(effect.verbs.length > 0 && effect.content.card === null ? ['card for its buttons'] : []),
        ...((effect.onlyFor === null) === (effect.expiresInSeconds === null) ? [] : ['end of a whisper']),
        ...effect.mention.filter((id) => !people.some((known) => known.id === id)),
      ];
    case 'open-form':
      return ['form'];
    case 'discover':
    case 'survey':
    case 'verify':
      return effect.question > 0 ? [] : ['question'];
    case 'read-ticket':
    case 'change-ticket':
      return [12, 13, 14, 4711].includes(effect.ticketId) ? [] : ['ticket'];
    case 'find-tickets':
      return effect.words.includes('') ? ['words'] : [];
    case 'list-overrides':
    case 'list-tickets':
      return effect.place.conversation === '' ? ['place'] : [];
    case 'apply-plan':
      return effect.planId === '' ? ['plan'] : [];
    case 'apply-undo':
      return [effect.planId, effect.undoId, effect.undo.hash].includes('') ? ['undo'] : [];
    case 'tell-case':
      return effect.caseId === '' ? ['case'] : [];
    case 'open-ticket':
      return [effect.request.subject, effect.request.body, effect.request.requester.email].includes('')
        ? ['words']
        : [];
    case 'send-comment':
      return [effect.body, effect.commentKey, effect.author.email].includes('') ? ['words'] : [];
    case 'timer':
      return effect.about !== '' && /^\d{4}-.*\.\d{3}Z$/.test(effect.dueAt) ? [] : ['instant'];
    default: {
      const never: never = effect;
      return never;
    }
  }
}

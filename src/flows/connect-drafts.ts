/**
 * A draft belongs to its person, not to the thread in which it began: it is kept beside the cases, offered wherever that
 * person begins again, and goes on in one place only (STORYBOARD C).
 */
import type { PersonId } from '../policy/people.ts';
import { showForm } from './connect-begin.ts';
import { connectMessage } from './connect-form-card.ts';
import { otherDraft, whereStands } from './connect-offer.ts';
import type { EventOf, Place } from './event.ts';
import { type Context, moveTo, refusedReply, stay, type Transition } from './flow.ts';
import { showCard, whisper } from './message.ts';
import type { CaseState, ConnectState, LiveDraft } from './state.ts';

const mostDrafts = 5;

const unfinished: ReadonlySet<ConnectState['at']> = new Set([
  'discovering',
  'asking',
  'surveying',
  'choosing',
  'stopped',
  'planned',
]);

/** Keeps what a person can go on with elsewhere in step with the case. */
export function keepDrafts(transition: Transition, context: Context): Transition {
  const { state, projections } = transition;
  const { drafts: before } = context.facts;
  if (
    before === undefined ||
    state.flow !== 'connect' ||
    projections.some((projection) => projection.type === 'drafts-changed')
  ) {
    return transition;
  }
  const after = draftsAfter(before, state, context);
  return sameDrafts(before, after)
    ? transition
    : { ...transition, projections: [...projections, changed(state.requester, before, after)] };
}

function changed(person: PersonId, before: readonly LiveDraft[], after: readonly LiveDraft[]) {
  return { type: 'drafts-changed' as const, person, before, after };
}

function draftsAfter(before: readonly LiveDraft[], state: ConnectState, context: Context): LiveDraft[] {
  const own = before.find(({ caseId }) => caseId === context.caseId);
  const others = before.filter((draft) => draft !== own);
  if (!unfinished.has(state.at)) {
    return others;
  }
  const { draft, place } = state;
  const isSame = own !== undefined && JSON.stringify(own.draft) === JSON.stringify(draft);
  const next: LiveDraft = isSame ? own : { ...own, caseId: context.caseId, place, draft, at: context.at };
  return [next, ...others].slice(0, mostDrafts);
}

function sameDrafts(left: readonly LiveDraft[], right: readonly LiveDraft[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Goes on here with what was begun elsewhere; the case that had it lets go. */
export function takeDraft(from: CaseState, person: PersonId, place: Place, context: Context): Transition {
  const taken = otherDraft(context);
  if (taken === null) {
    return noDraft(from, person, place, context);
  }
  const before = context.facts.drafts ?? [];
  const own: LiveDraft = {
    caseId: context.caseId,
    place,
    draft: taken.draft,
    at: context.at,
    from: taken.caseId,
  };
  const after = [own, ...before.filter(({ caseId }) => caseId !== taken.caseId && caseId !== context.caseId)];
  // Offers are made from what is left.
  const shown = showForm(
    { flow: 'connect', requester: person, place, draft: taken.draft },
    { ...context, facts: { ...context.facts, drafts: after } },
  );
  return {
    ...shown,
    effects: [
      ...shown.effects,
      {
        kind: 'read',
        type: 'tell-case',
        caseId: taken.caseId,
        event: { type: 'draft-taken', person, to: place },
      },
    ],
    projections: [...shown.projections, changed(person, before, after)],
  };
}

function noDraft(from: CaseState, person: PersonId, place: Place, context: Context): Transition {
  const because = 'You have no unfinished connection elsewhere.';
  const wayOut = 'Write “connect” and what should work to begin one.';
  return stay(from, refusedReply(`${because} ${wayOut}`), [
    whisper(`no-draft-${context.revision}`, place, person, 'Nothing to go on with', because, wayOut),
  ]);
}

/** Its person goes on elsewhere; the card here says so. */
export function letGo(state: ConnectState, event: EventOf<'draft-taken'>): Transition {
  if (!unfinished.has(state.at) || event.person !== state.requester) {
    return stay(state);
  }
  const { flow, requester, place, draft } = state;
  const elsewhere = event.to.platform === place.platform ? 'in another thread ' : '';
  const text = `This goes on ${elsewhere}${whereStands(event.to)}, with all answers.`;
  const card = showCard(connectMessage, place, `Moved. ${text}`, {
    name: 'notice',
    data: {
      title: 'Moved',
      tone: 'default',
      text,
      wayOut: 'Write “draft” there, or “connect” here for another one.',
      lines: [],
    },
  });
  return moveTo({ flow, requester, place, draft, at: 'moved', to: event.to }, [card]);
}

/** Between the moment in which the draft was taken and the one in which this case is told. */
export function wasTaken(state: ConnectState, { caseId, facts }: Context): boolean {
  return unfinished.has(state.at) && facts.drafts?.some(({ from }) => from === caseId) === true;
}

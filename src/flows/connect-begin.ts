/** How a connection begins: who may ask, what the bot can see, and the form filled in from both. */
import type { ConnectIntent } from '../policy/connect-intent.ts';
import type { PersonId } from '../policy/people.ts';
import { choosableFor } from './connect-choices.ts';
import { draftFrom, namingProblems, resolveDraft } from './connect-draft.ts';
import { connectMessage, formCard } from './connect-form-card.ts';
import { offerText } from './connect-offer.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import {
  adminNames,
  type Context,
  environmentsFor,
  findPerson,
  moveTo,
  refusedReply,
  stay,
  type Transition,
} from './flow.ts';
import { showCard, whisper } from './message.ts';
import type { CaseState, ConnectAt, ConnectState } from './state.ts';
import { secondsBetween } from './time.ts';

/** A discovery older than this is read again before a form is filled from it. */
const discoveryFreshSeconds = 60;

/** Starts a connection; a person who may ask for no environment is told so, and nothing is discovered for them. */
export function beginConnect(
  from: CaseState | null,
  person: PersonId,
  place: Place,
  intent: ConnectIntent,
  words: string,
  context: Context,
): Transition {
  const found = findPerson(context.directory, person);
  if (found === null || environmentsFor(context.directory, found).length === 0) {
    const because = `You may not ask for connections of any environment yet. Ask ${adminNames(context.directory)} to add you to “mayRequest” in the settings.`;
    const state = from ?? { flow: 'talk' as const, person, place };
    return stay(state, refusedReply(because), [
      whisper(
        `refused-${context.revision}`,
        place,
        person,
        'I may not do this for you',
        because,
        'Write “help” to see what I can do.',
      ),
    ]);
  }
  return showForm({ flow: 'connect', requester: person, place, draft: draftFrom(intent, words) }, context);
}

type Base = Pick<ConnectState, 'flow' | 'requester' | 'place' | 'draft'>;

/** Shows the form at once when what the bot can see was read lately; else reads first and says so. */
export function showForm(base: Base, context: Context): Transition {
  const known = context.facts.discovery;
  const { flow, requester, place } = base;
  if (known === null || secondsBetween(known.readAt, context.at) > discoveryFreshSeconds) {
    const waiting = showCard(connectMessage, place, 'One moment: I am looking at the networks I can see.', {
      name: 'notice',
      data: {
        title: 'Connect a private network',
        tone: 'default',
        text: 'I am looking at the networks I can see in Azure…',
        wayOut: '',
        lines: [],
      },
    });
    return moveTo({ flow, requester, place, draft: base.draft, at: 'discovering', question: context.revision }, [
      waiting,
      { kind: 'read', type: 'discover', question: context.revision },
    ]);
  }
  const choosable = choosableFor(known.value, requester, context);
  const draft = resolveDraft(base.draft, choosable);
  const problems = namingProblems(base.draft, choosable);
  const offer = offerText(requester, context);
  return moveTo({ flow, requester, place, draft, at: 'asking' }, [
    formCard(place, draft, choosable, { problems, offer }),
  ]);
}

/** The form as it stands after some of it was said; nothing when what can be chosen is not known. */
export function formAgain(
  state: ConnectAt<'asking'>,
  context: Context,
  problems: readonly string[] = [],
): ShowMessage[] {
  const known = context.facts.discovery;
  const offer = offerText(state.requester, context);
  return known === null
    ? []
    : [
        formCard(state.place, state.draft, choosableFor(known.value, state.requester, context), {
          problems,
          offer,
        }),
      ];
}

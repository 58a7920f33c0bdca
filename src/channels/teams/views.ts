/**
 * Who is shown which buttons. A view of one's own is a convenience of clients that know it; the shared card has all
 * buttons, and who may do what is decided at the click.
 */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { deriveToken } from '../../cards/token.ts';
import type { PersonId } from '../../flows/people.ts';
import { readFlow } from '../../store/flows.ts';
import type { Outgoing } from '../channel.ts';
import type { TeamsDeps } from './deps.ts';
import type { TeamsPerson } from './identity.ts';
import { renderCard } from './render.ts';

type ViewDeps = Pick<TeamsDeps, 'bot' | 'memory' | 'people' | 'store' | 'tokenKey'>;

/** One revision of a message, as far as its card goes. */
export type Shown = Pick<Outgoing, 'caseId' | 'content' | 'key' | 'onlyFor' | 'tokenId' | 'verbs'>;

/** Whose token the buttons of a shared card carry: settings allow no such id, so it is nobody's. */
export const everybody: PersonId = 'teams/*';

/** The button by which clients ask for a view of their own. */
export const refreshVerb = 'refresh-view';

const decisions: ReadonlySet<string> = new Set(['approve', 'reject', 'ask-change', 'hand-over']);

/** Whose eyes a card is for. `note` is said above it; in a private conversation nobody else looks on. */
export interface Viewer {
  person: TeamsPerson | 'everybody' | 'stranger';
  isPrivate: boolean;
  note: string;
}

/** Null when the message is words only. */
export async function viewOf(deps: ViewDeps, shown: Shown, viewer: Viewer): Promise<AdaptiveCard | null> {
  const { caseId, content, onlyFor, tokenId, verbs } = shown;
  if (content.card === null) {
    return null;
  }
  const requester = await requesterOf(deps, caseId);
  const offered = tokenId === null ? [] : verbs.filter((verb) => mayPress(verb, viewer.person, requester));
  const holder = typeof viewer.person === 'string' ? (onlyFor ?? everybody) : viewer.person.id;
  function tokenFor(verb: string, person: PersonId): string {
    return tokenId === null ? '' : deriveToken({ key: deps.tokenKey, tokenId, verb, person });
  }
  const differs = deps.bot.kind === 'registered' && !viewer.isPrivate && verbs.some((verb) => decisions.has(verb));
  const note =
    viewer.note === '' && offered.length < verbs.length ? whyNoButtons(viewer.person, requester) : viewer.note;
  return renderCard({
    content: content.card,
    verbs: offered,
    tokenFor: (verb) => tokenFor(verb, holder),
    note: tokenId === null ? viewer.note : note,
    refresh:
      differs && tokenId !== null
        ? {
            verb: refreshVerb,
            token: tokenFor(refreshVerb, everybody),
            userIds: await userIdsFor(deps, requester),
          }
        : null,
  });
}

function mayPress(verb: string, viewer: Viewer['person'], requester: PersonId | null): boolean {
  if (viewer === 'everybody' || viewer === 'stranger') {
    return viewer === 'everybody';
  }
  return !decisions.has(verb) || (viewer.id !== requester && isApprover(viewer));
}

function isApprover({ roles }: TeamsPerson): boolean {
  return roles.some((role) => role === 'approver' || role.startsWith('approver:'));
}

function whyNoButtons(viewer: Viewer['person'], requester: PersonId | null): string {
  return typeof viewer !== 'string' && viewer.id === requester
    ? 'You asked for this, so somebody else decides. I tell you in your conversation as soon as they have.'
    : 'People with the role approver decide here.';
}

async function requesterOf(deps: ViewDeps, caseId: string): Promise<PersonId | null> {
  const state = (await readFlow(deps.store.read, caseId))?.state ?? null;
  return state !== null && 'requester' in state ? state.requester : null;
}

/** Ids by which Teams knows the people of the settings, the requester first: their view differs most. */
async function userIdsFor(deps: ViewDeps, requester: PersonId | null): Promise<string[]> {
  const people = [...deps.people()].sort((left, right) => rank(left, requester) - rank(right, requester));
  const known = await deps.memory.people(people.map(({ id }) => id));
  return people.flatMap(({ id }) => {
    const userId = known.get(id)?.userId;
    return userId === undefined ? [] : [userId];
  });
}

function rank(person: TeamsPerson, requester: PersonId | null): number {
  return person.id === requester ? 0 : isApprover(person) ? 1 : 2;
}

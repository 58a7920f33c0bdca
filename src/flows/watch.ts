/**
 * The watchdog's own case. It looks at every approval that waits: whether anybody can see it, and whether anybody may
 * decide about it. What is wrong is told once to the requester, in their thread, and to the administrators, in private;
 * what can be mended is mended by the approval's own case. Whoever comes on call is told what waits for them.
 */
import type { PersonId } from '../policy/people.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { Event, EventOf } from './event.ts';
import { type Context, doneReply, moveTo, nameOf, stay, type Transition } from './flow.ts';
import { showText, whisper } from './message.ts';
import { localTime, secondsBetween } from './time.ts';
import { summaryFor } from './watch-summary.ts';
import type { ApprovalTrouble, ToldTrouble, WatchedApproval, WatchRound, WatchState } from './watch-state.ts';

/** A post that takes longer than this is as good as not there for whoever waits. */
const slowSeconds = 30;
/** What the case is asked to mend again, with growing pauses: a channel may come back. */
const pauseMinutes = [1, 5, 15, 60, 240];

type Looked = Pick<Context, 'at' | 'directory'>;

/** The first round of all: whoever is on call already knows. */
export function beginWatch({ round }: EventOf<'watched'>, context: Context): Transition {
  return watched({ flow: 'watch', told: [], onCall: round.onCall }, round, context);
}

export function advanceWatch(state: WatchState, event: Event, context: Context): Transition {
  if (event.type === 'watched') {
    return watched(state, event.round, context);
  }
  return event.type === 'said' ? stay(state, doneReply, [nothingHere(event, context)]) : stay(state);
}

function nothingHere({ person, place }: EventOf<'said'>, { revision }: Context): ShowMessage {
  return whisper(
    `watch-${revision}`,
    place,
    person,
    'Nothing happens in this thread',
    'Here I only tell what I found.',
    'Decide on the card of the approval itself, or write a new message outside of this thread.',
  );
}

/** True when this round has to be taken: most rounds find nothing, and leave no trace. */
export function isNews(state: WatchState | null, round: WatchRound, looked: Looked): boolean {
  if (state === null) {
    return true;
  }
  const changed = round.onCall.some(({ person, rotation }) => onCallBefore(state, rotation) !== person);
  const { found, over } = compare(state, round, looked);
  return (
    changed ||
    round.freed.length > 0 ||
    round.onCall.length !== state.onCall.length ||
    found.some(({ isDue }) => isDue) ||
    over.length > 0
  );
}

function watched(state: WatchState, round: WatchRound, context: Context): Transition {
  const { found, over } = compare(state, round, context);
  const told = found.map(({ approval, isDue, known, trouble }): ToldTrouble => {
    const { at, times } = known ?? { at: context.at, times: 0 };
    return {
      approvalId: approval.id,
      kind: trouble.kind,
      at: isDue ? context.at : at,
      times: isDue ? times + 1 : times,
    };
  });
  const effects = [
    ...found.filter(({ isDue }) => isDue).map(({ approval, trouble }) => tellCase(approval, trouble)),
    ...tellAdmins(
      found.filter(({ known }) => known === null),
      context,
    ),
    ...over.map((approval) => tellCase(approval, { kind: 'over' })),
    ...round.freed.map((approval) => tellCase(approval, { kind: 'freed' })),
    ...summaries(state, round, context),
  ];
  return moveTo({ flow: 'watch', told, onCall: round.onCall }, effects);
}

interface Found {
  approval: WatchedApproval;
  trouble: Exclude<ApprovalTrouble, { kind: 'over' | 'freed' }>;
  known: ToldTrouble | null;
  /** Told now: for the first time, or to be mended once more. */
  isDue: boolean;
}

interface Compared {
  found: readonly Found[];
  /** What was in trouble and is not any more. */
  over: readonly WatchedApproval[];
}

function compare(state: WatchState, round: WatchRound, looked: Looked): Compared {
  const found = round.approvals.flatMap((approval): Found[] => {
    const trouble = troubleOf(approval, looked.at);
    if (trouble === null) {
      return [];
    }
    const known =
      state.told.find(({ approvalId, kind }) => approvalId === approval.id && kind === trouble.kind) ?? null;
    return [{ approval, trouble, known, isDue: known === null || isAgain(known, looked.at) }];
  });
  const over = round.approvals.filter(
    ({ id, isPending }) =>
      isPending &&
      state.told.some(
        ({ approvalId, kind }) => approvalId === id && kind !== 'copy-behind' && kind !== 'asked-cannot',
      ) &&
      found.every(({ approval }) => approval.id !== id),
  );
  return { found, over };
}

/** The gravest one: who cannot be seen need not be told that a copy is behind. */
function troubleOf(approval: WatchedApproval, at: string): Found['trouble'] | null {
  const { asked, because, deciders, isBehind, isPending, posted } = approval;
  if (!isPending) {
    return isBehind ? { kind: 'copy-behind' } : null;
  }
  if (posted === 'no') {
    return { kind: 'not-posted', because: because === '' ? 'there is no channel for it.' : because };
  }
  if (posted === 'waiting' && secondsBetween(approval.askedAt, at) >= slowSeconds) {
    return { kind: 'not-posted', because: because === '' ? stillWaiting : because };
  }
  if (deciders.length === 0) {
    return { kind: 'nobody-decides' };
  }
  if (asked !== null && !deciders.includes(asked)) {
    return { kind: 'asked-cannot' };
  }
  return isBehind ? { kind: 'copy-behind' } : null;
}

const stillWaiting = 'the platform has not taken the message yet.';

const mendable: ReadonlySet<ApprovalTrouble['kind']> = new Set(['not-posted', 'copy-behind']);

function isAgain({ at, kind, times }: ToldTrouble, now: string): boolean {
  const pause = pauseMinutes[times - 1];
  return mendable.has(kind) && pause !== undefined && secondsBetween(at, now) >= pause * 60;
}

function tellCase({ caseId, id }: Pick<WatchedApproval, 'caseId' | 'id'>, why: ApprovalTrouble): Effect {
  return { kind: 'read', type: 'tell-case', caseId, event: { type: 'approval-unseen', approvalId: id, why } };
}

/** One message for all that was found on a round. */
function tellAdmins(found: readonly Found[], context: Context): ShowMessage[] {
  const { directory, revision } = context;
  return directory.people
    .filter((person) => person.roles.includes('admin'))
    .flatMap(({ id, zone }) => {
      const texts = found.map(({ approval, trouble }) => adminText(approval, trouble, zone, context));
      const told = texts.filter((text) => text !== null);
      const place = directory.personPlaces?.get(id)?.[0];
      return place === undefined || told.length === 0
        ? []
        : [showText(`unseen-${revision}-${id}`, place, told.join('\n\n'))];
    });
}

/** Null for what is mended without anybody having to do something. */
function adminText(
  { deciders, expiresAt, asked, requester, what }: WatchedApproval,
  trouble: Found['trouble'],
  zone: string,
  { directory }: Context,
): string | null {
  const about = `“${what}”, asked for by ${nameOf(directory, requester)}, expires ${localTime(expiresAt, zone)}`;
  switch (trouble.kind) {
    case 'not-posted':
      return `Nobody can see an approval: ${about}. It could not be posted: ${trouble.because} I try again by myself. Mend the channel, or name another one for approvals under “channels” in the settings.`;
    case 'nobody-decides':
      return `Nobody may decide about an approval any more: ${about}. Give somebody besides the requester the role that it needs, in the settings.`;
    case 'asked-cannot': {
      const others = deciders.map((id) => nameOf(directory, id)).join(', ');
      const who = asked === null ? 'Whoever was asked' : nameOf(directory, asked);
      return `${who} was asked for an approval and may not decide about it any more: ${about}. I ask ${others} now; check the rotation in the settings.`;
    }
    case 'copy-behind':
      return null;
    default: {
      const never: never = trouble;
      return never;
    }
  }
}

function onCallBefore(state: WatchState, rotation: string): PersonId | null {
  return state.onCall.find((turn) => turn.rotation === rotation)?.person ?? null;
}

/** One for each person who came on call since the last round, whatever the number of rotations. */
function summaries(state: WatchState, round: WatchRound, context: Context): ShowMessage[] {
  const came = round.onCall.filter(({ person, rotation }) => {
    const before = onCallBefore(state, rotation);
    return before !== null && before !== person;
  });
  return [...new Set(came.map(({ person }) => person))].flatMap((person) => {
    const turns = came.filter((turn) => turn.person === person);
    return summaryFor(person, turns, round.approvals, context);
  });
}

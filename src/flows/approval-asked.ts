/** Why somebody is asked, and who else was. */
import type { PersonId } from '../policy/people.ts';
import { listed } from './approval-words.ts';
import { type Context, nameOf } from './flow.ts';
import type { ApprovalState } from './approval-state.ts';
import { localDayTime, localTime } from './time.ts';

/** @param reader In whose private chat it is read; null where all read it. */
export function whyAsked(reader: PersonId | null, approval: ApprovalState, zone: string, context: Context): string {
  return [
    firstReason(reader, approval, zone, context),
    passedWords(reader, approval, zone, context),
    others(reader, approval, context),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function firstReason(reader: PersonId | null, approval: ApprovalState, zone: string, context: Context): string {
  const { asked, onCall, passedOn } = approval;
  const last = passedOn.findLast(({ to }) => to === asked);
  if (asked === null) {
    return reader === null
      ? 'Everybody who may approve is asked, because nobody else is on call now.'
      : 'You are asked because you may approve, and nobody else is on call now.';
  }
  if (last !== undefined) {
    return '';
  }
  if (reader !== null && reader !== asked) {
    return 'You are asked because your yes is needed as well.';
  }
  const until = onCall === null ? '' : ` until ${localDayTime(onCall.until, zone)}`;
  const rotation = onCall === null ? 'now' : `in the rotation “${onCall.rotation}”`;
  return reader === asked
    ? `You are asked because you are on call ${rotation}${until}.`
    : `${nameOf(context.directory, asked)} is asked because they are on call ${rotation}${until}.`;
}

/** Who was asked after the first one, and by whom. */
function passedWords(reader: PersonId | null, { passedOn }: ApprovalState, zone: string, context: Context): string {
  return passedOn
    .map(({ at, from, to }) => {
      const [who, is] = to === reader ? ['you', 'are'] : [nameOf(context.directory, to), 'is'];
      return from === null
        ? `Nobody had decided by ${localTime(at, zone)}, so ${who} ${is} asked as well, as the next on call.`
        : `${nameOf(context.directory, from)} handed it over to ${who} ${localTime(at, zone)}.`;
    })
    .join(' ');
}

function others(reader: PersonId | null, { asked, passedOn, told }: ApprovalState, { directory }: Context): string {
  const said = new Set([reader ?? asked, ...passedOn.map(({ to }) => to)]);
  const names = asked === null && reader === null ? told : told.filter((person) => !said.has(person));
  return names.length === 0
    ? ''
    : `${asked === null && reader === null ? 'Asked' : 'Also asked'}: ${listed(names.map((person) => nameOf(directory, person)))}.`;
}

/** How a request for approval, and what became of it, reads to people. */
import { missingOf, type Need, type Progress } from '../policy/approvers.ts';
import type { Freeze } from '../policy/freeze.ts';
import type { PersonId } from '../policy/people.ts';
import { progressText } from './connect-status.ts';
import type { StopSwitch } from './control-state.ts';
import { adminNames, type Context, findPerson, nameOf } from './flow.ts';
import type { ApprovalState } from './approval-state.ts';
import type { ApprovedState } from './state.ts';
import { localDateTime, localDayTime, localTimeShort } from './time.ts';

export function zoneOf(person: PersonId | null, context: Context): string {
  return (person === null ? null : findPerson(context.directory, person)?.zone) ?? 'UTC';
}

/** How a decision reads to somebody who comes late; empty while there is none. */
export function decisionText(approval: ApprovalState, zone: string, context: Context): string {
  const { decision } = approval;
  if (decision === null) {
    return '';
  }
  const at = localDayTime(decision.at, zone);
  switch (decision.status) {
    case 'approved':
      return `Decided ${at}: approved by ${votersOf(approval, context)}.`;
    case 'denied':
      return `Decided ${at}: rejected${byWhom(decision.by, context)}${saying(decision.reason)}.`;
    case 'withdrawn':
      return `Withdrawn ${at}${byWhom(decision.by, context)}.`;
    case 'expired':
      return `Expired ${at}: nobody had decided.`;
    case 'voided':
      return `Ended ${at}${decision.by === null ? ', because Azure has changed' : ''}: ${decision.reason.replace(/\.$/, '')}.`;
    default: {
      const never: never = decision.status;
      return never;
    }
  }
}

function byWhom(person: PersonId | null, { directory }: Context): string {
  return person === null ? '' : ` by ${nameOf(directory, person)}`;
}

/** What a person gave as the reason, after what they did; empty when they gave none. */
export function saying(reason: string): string {
  return reason === '' ? '' : `: ${quoted(reason)}`;
}

/** Words of a person inside a sentence of ours, which goes on or ends after them. */
export function quoted(words: string): string {
  return `“${words.trim().replace(/\.$/, '')}”`;
}

/** Everybody whose yes it rests on. */
export function votersOf({ decision, votes }: ApprovalState, { directory }: Context): string {
  const people = votes.length > 0 ? votes.map(({ person }) => person) : decision?.by == null ? [] : [decision.by];
  return listed(people.map((person) => nameOf(directory, person)));
}

/** What has become of what was decided, in a sentence; empty when the decision says it. */
export function nowText(state: ApprovedState): string {
  switch (state.at) {
    case 'approved':
      return state.hold === null ? 'Nothing is written yet.' : `Nothing is written yet. ${state.hold.why}`;
    case 'applying':
      return `Running: ${progressText(state)}.`;
    case 'verifying':
      return 'All written; it is being checked.';
    case 'failed':
      return state.begunAt === undefined
        ? `Nothing was written: ${state.because}`
        : `It stopped: ${progressText(state)}.`;
    case 'connected':
    case 'undone':
      return 'It was carried out.';
    case 'awaiting-approval':
    case 'closed':
    case 'undo-reading':
    case 'undo-stopped':
    case 'undo-planned':
      return '';
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** "1 of 2 has said yes: Anna (Mon 10:00). Still needed: one of the group security." Empty where one is enough. */
export function progressWords(
  progress: readonly Progress[],
  { votes }: Pick<ApprovalState, 'votes'>,
  zone: string,
  context: Context,
): string {
  const all = progress.reduce((sum, { need }) => sum + need.count, 0);
  const missing = missingOf(progress);
  if (all < 2) {
    return '';
  }
  const counted = new Set(progress.flatMap(({ by }) => by));
  const said = votes
    .filter(({ person }) => counted.has(person))
    .map(({ at, person }) => `${nameOf(context.directory, person)} (${localTimeShort(at, zone)})`);
  const yes = `${all - missing} of ${all} ${all - missing === 1 ? 'has' : 'have'} said yes${said.length === 0 ? '' : `: ${listed(said)}`}.`;
  const open = progress.filter(({ by, need }) => by.length < need.count);
  return open.length === 0
    ? yes
    : `${yes} Still needed: ${listed(open.map(({ by, need }) => needWords(need, need.count - by.length)))}.`;
}

const numbers = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

function needWords({ group, roles }: Need, count: number): string {
  const amount = numbers[count] ?? String(count);
  return group !== null && roles.every((role) => role.startsWith('approver:'))
    ? `${amount} of the group ${group}`
    : `${amount} with the role ${roles.join(' or ')}`;
}

/** Who stopped all changes, and why. */
export function stopWords({ at, by, reason }: StopSwitch, zone: string, { directory }: Context): string {
  const why = reason === '' ? '' : `: ${reason.replace(/\.$/, '')}`;
  return `${nameOf(directory, by)} stopped all changes ${localDayTime(at, zone)}${why}.`;
}

/** Why nothing is written now. */
export function freezeWords({ by, until, why }: Freeze, zone: string, { directory }: Context): string {
  const who = by.length === 0 ? '' : `, ordered by ${listed(by.map((person) => nameOf(directory, person)))}`;
  const end = until === null ? ' without a set end' : ` until ${localDateTime(until.toString(), zone)}`;
  return `There is a freeze${end}: ${why.replace(/\.$/, '')}${who}.`;
}

/** Whom one asks about a stop or a freeze. */
export function liftWords({ directory }: Context): string {
  return `${adminNames(directory)} can lift it.`;
}

export function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

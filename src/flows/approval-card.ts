/** The card on which a person decides, and how a decision reads afterwards (STORYBOARD A5). */
import type { Plan, Scenario } from '../plan/plan.ts';
import { personOnCall } from '../policy/on-call.ts';
import type { PersonId } from '../policy/people.ts';
import type { ApprovalData } from './connect-card.ts';
import { findingLines, reachLines, stepLines } from './connect-steps.ts';
import { headlineOf, type Work, workMessage, workOf, writesOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import type { ApprovalState, ApprovedState } from './state.ts';
import { localTime, localTimeShort } from './time.ts';

/** In the channel for approvals; nowhere when the settings name none any more. */
export function approvalCards(
  state: ApprovedState,
  context: Context,
  mention: readonly PersonId[] = [],
): ShowMessage[] {
  const place = context.directory.places.approvals;
  return place === null ? [] : [approvalCard(place, state, context, mention)];
}

function approvalCard(place: Place, state: ApprovedState, context: Context, mention: readonly PersonId[]): ShowMessage {
  const { approval } = state;
  const work = workOf(state);
  const open = state.at === 'awaiting-approval';
  const requester = nameOf(context.directory, state.requester);
  const what = `${headlineOf(work)} for ${work.environment}`;
  const data: ApprovalData = {
    headline: open ? `Approve? ${what}` : what,
    tone: open ? 'warning' : 'default',
    requester,
    environment: work.environment,
    expires: open
      ? `Expires ${localTime(approval.expiresAt, zoneOf(approval.asked, context))}; then nothing happens and ${requester} is told.`
      : '',
    why: whyYou(approval, context),
    ...riskOf(work, state.plan),
    reachTitle: work.isUndo ? 'Who loses reach' : 'Who gains reach',
    reach: reachLines(work.reach),
    steps: stepLines(work.steps),
    findings: findingLines(work.findings),
    decided: decisionText(approval, zoneOf(approval.asked, context), context),
    hash: work.hash.slice(0, 12),
  };
  const text = open ? `${requester} asks for approval: ${what}.` : `${what}. ${data.decided}`;
  return showCard(
    workMessage('approval', work.id),
    place,
    text,
    { name: 'approval', data },
    { verbs: open ? ['approve', 'reject'] : [], mention },
  );
}

function whyYou(approval: ApprovalState, context: Context): string {
  const { rotation } = context.directory;
  if (rotation === null || approval.asked === null) {
    return 'Everybody who may approve is asked, because nobody else is on call now.';
  }
  const onCall = personOnCall(rotation, Temporal.Instant.from(approval.askedAt));
  const until =
    onCall?.person === approval.asked
      ? ` until ${localTime(onCall.until.toString(), zoneOf(approval.asked, context))}`
      : '';
  return `${nameOf(context.directory, approval.asked)} is asked because they are on call for network changes${until}.`;
}

/** Production and how much is opened weigh most; a table of risks comes with the approvals issue. */
function riskOf(work: Work, { scenario }: Plan): Pick<ApprovalData, 'risk' | 'riskBecause'> {
  const care = work.findings.filter((finding) => finding.level !== 'stop').length;
  const production = /prod/i.test(work.environment);
  const reasons = [
    whatIsAtStake(work, scenario),
    ...(production ? ['the environment is production'] : []),
    ...(care > 0 ? [`${care} point${care === 1 ? '' : 's'} to take care of`] : []),
  ];
  const isWide = work.isUndo || scenario === 'dns-servers';
  return { risk: production || care > 0 || isWide ? 'Medium' : 'Low', riskBecause: reasons.join('; ') };
}

function whatIsAtStake(work: Work, scenario: Scenario): string {
  if (work.isUndo) {
    return 'whoever uses the connection loses it';
  }
  if (writesOf(work).some(({ kind }) => kind === 'peering' || kind === 'peering-repair')) {
    return 'peering opens both whole networks to each other';
  }
  return scenario === 'dns-servers'
    ? 'every name that the environment looks up goes to these servers'
    : 'one address is opened, in one direction';
}

/** How a decision reads to somebody who comes late. */
export function decisionText(approval: ApprovalState, zone: string, context: Context): string {
  const { decision } = approval;
  if (decision === null) {
    return '';
  }
  const by = decision.by === null ? '' : ` by ${nameOf(context.directory, decision.by)}`;
  const reason = decision.reason === '' ? '' : `: ${decision.reason}`;
  return `Decided ${localTimeShort(decision.at, zone)}: ${decision.status === 'denied' ? 'rejected' : decision.status}${by}${reason}.`;
}

export function zoneOf(person: PersonId | null, context: Context): string {
  return (person === null ? null : findPerson(context.directory, person)?.zone) ?? 'UTC';
}

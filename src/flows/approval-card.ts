/** The card on which a person decides (STORYBOARD A5): first who, what, reach, risk and until when, then the details. */
import type { PersonId } from '../policy/people.ts';
import { whyAsked } from './approval-asked.ts';
import { freezeNow, needsNow, progressFor } from './approval-terms.ts';
import { decisionText, freezeWords, nowText, progressWords, quoted, zoneOf } from './approval-words.ts';
import type { ApprovalData } from './connect-card.ts';
import { exportVerbs, purposeOf } from './connect-plan.ts';
import { findingLines, reachLines, stepLines } from './connect-steps.ts';
import { headlineOf, type Work, type WorkStep, workOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { type Context, type Directory, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import type { ApprovalCopy } from './approval-state.ts';
import type { ApprovedState } from './state.ts';
import { localDateTime, localTime } from './time.ts';

const decisionVerbs = ['approve', 'reject', 'ask-change', 'hand-over', ...exportVerbs] as const;

/** Every copy as it stands now; `mention` is for the channels, a private chat needs none. */
export function approvalCards(
  state: ApprovedState,
  context: Context,
  mention: readonly PersonId[] = [],
): ShowMessage[] {
  return state.approval.copies.map((copy) => approvalCard(copy, state, context, mention));
}

function approvalCard(
  copy: ApprovalCopy,
  state: ApprovedState,
  context: Context,
  mention: readonly PersonId[],
): ShowMessage {
  const data = dataOf(copy, state, context);
  return showCard(
    copy.message,
    copy.place,
    textOf(state, data),
    { name: 'approval', data },
    { verbs: verbsOf(state), mention: copy.reader === null ? mention : [] },
  );
}

function verbsOf(state: ApprovedState): readonly string[] {
  if (state.at === 'awaiting-approval') {
    // The exports are of the plan; an undo is whole on its card.
    return state.undo === undefined ? decisionVerbs : decisionVerbs.slice(0, -exportVerbs.length);
  }
  return state.at === 'approved' && state.hold !== null ? ['withdraw'] : [];
}

/** Stands alone: it is the notification. */
function textOf(state: ApprovedState, { expires, headline, requester, decided, risk }: ApprovalData): string {
  return state.at === 'awaiting-approval'
    ? `${requester} asks for ${state.undo === undefined ? 'approval' : 'approval of an undo'}: ${headline.replace(/^Approve\? (?:Undo: )?/, '')}. Risk: ${risk.toLowerCase()}. Decide by ${expires}.`
    : `${headline}. ${decided}`;
}

function dataOf(copy: ApprovalCopy, state: ApprovedState, context: Context): ApprovalData {
  const { approval } = state;
  const work = workOf(state);
  const open = state.at === 'awaiting-approval';
  const zone = zoneOf(copy.reader ?? approval.asked, context);
  const requester = nameOf(context.directory, state.requester);
  const what = `${headlineOf(work)} for ${work.environment}`;
  return {
    headline: open ? `Approve? ${what}` : what,
    tone: open ? 'warning' : 'default',
    decided: [decisionText(approval, zone, context), open ? '' : nowText(state)].join(' ').trim(),
    what: whatOf(state),
    requester,
    where: whereWords(state.place),
    ...threadLink(state.place, context.directory),
    reachTitle: work.isUndo ? 'Closes' : 'Opens',
    reach: briefReach(work),
    risk: `${approval.risk.slice(0, 1).toUpperCase()}${approval.risk.slice(1)}`,
    because: approval.because,
    expires: open ? localTime(approval.expiresAt, zone) : '',
    afterwards: open ? `If nobody decides by then, it expires: nothing is written, and ${requester} is told.` : '',
    progress: progressOf(state, zone, context),
    freeze: open ? freezeText(state, zone, context) : '',
    change: changeText(state, zone, context),
    differences: approval.differences,
    why: open ? whyAsked(copy.reader, approval, zone, context) : '',
    groups: groupsOf(work),
    findings: findingLines(work.findings),
    showAs: open && state.undo === undefined ? 'Read the whole plan as' : '',
    hash: work.hash.slice(0, 12),
  };
}

function whatOf({ plan, undo }: ApprovedState): string {
  return undo === undefined ? purposeOf(plan) : `Takes back “${purposeOf(plan)}”`;
}

function progressOf(state: ApprovedState, zone: string, context: Context): string {
  const { approval } = state;
  const needs = state.at === 'awaiting-approval' ? needsNow(approval.needs, freezeNow(state, context)) : approval.needs;
  const votes = approval.votes.map(({ person }) => person);
  return state.at === 'awaiting-approval'
    ? progressWords(progressFor({ state, needs, votes }, context), approval, zone, context)
    : '';
}

function freezeText(state: ApprovedState, zone: string, context: Context): string {
  const freeze = freezeNow(state, context);
  if (freeze === null) {
    return '';
  }
  const words = freezeWords(freeze, zone, context);
  if (freeze.mode === 'second-approval') {
    return `${words} So one more person has to say yes.`;
  }
  return freeze.until === null
    ? `${words} After a yes the plan waits until somebody lifts it.`
    : `${words} After a yes the plan waits until ${localDateTime(freeze.until.toString(), zone)}.`;
}

function changeText({ approval, requester }: ApprovedState, zone: string, context: Context): string {
  const { change } = approval;
  if (change === null) {
    return '';
  }
  const asked = `${nameOf(context.directory, change.by)} asked for a change ${localTime(change.at, zone)}: ${quoted(change.what)}.`;
  return change.answer === null
    ? asked
    : `${asked}\n${nameOf(context.directory, requester)} answered: keep it as it is, ${quoted(change.answer)}.`;
}

const allPorts = /, all ports that its security groups allow(?=;|$)/g;
const mostReach = 3;

/** What all of it has in common is said once. */
function briefReach({ reach }: Work): string[] {
  const lines = reachLines(reach).map(({ from, to }) => `${from} → ${to}`);
  const shown = [
    ...lines.slice(0, mostReach),
    ...(lines.length > mostReach ? [`and ${lines.length - mostReach} more`] : []),
  ];
  return lines.length > 1 && lines.every((line) => line.search(allPorts) >= 0)
    ? [...shown.map((line) => line.replaceAll(allPorts, '')), 'all ports that their security groups allow']
    : shown;
}

/** As few lines as say what happens; the whole plan is one button away. */
const mostLines = 8;

function groupsOf({ isUndo, steps }: Work): ApprovalData['groups'] {
  const made: readonly [string, readonly WorkStep['change'][]][] = [
    [isUndo ? 'To delete' : 'To create', ['create', 'delete']],
    [isUndo ? 'To put back' : 'To change', ['update', 'restore']],
    ['Stays as it is', ['keep', 'adopt']],
  ];
  return made
    .map(([title, changes]) => ({ title, steps: steps.filter(({ change }) => changes.includes(change)) }))
    .filter((group) => group.steps.length > 0)
    .map(({ steps: all, title }) => ({
      title: `${title} (${all.length})`,
      steps: [
        ...stepLines(all.slice(0, mostLines)).map(({ detail, sign, text, tone }) => ({ sign, tone, text, detail })),
        ...(all.length > mostLines
          ? [{ sign: '…', tone: 'default' as const, text: `and ${all.length - mostLines} more`, detail: '' }]
          : []),
      ],
    }));
}

const platforms: Record<Place['platform'], string> = { web: 'the page', teams: 'Teams', slack: 'Slack' };

/** On the page a conversation's id is its name. */
export function whereWords({ conversation, platform }: Place): string {
  return platform === 'web'
    ? `in a thread of “${conversation}” on ${platforms.web}`
    : `in a thread in ${platforms[platform]}`;
}

/**
 * As far as ids alone make an address: the thread in a channel of Teams, the channel in Slack. With the organisation, or
 * the workspace, it also leads there for somebody who is in several.
 */
export function threadLink(
  { conversation, platform, thread }: Place,
  { homes }: Pick<Directory, 'homes'>,
): Pick<ApprovalData, 'linkTitle' | 'linkUrl'> {
  if (platform === 'teams' && thread !== null && /^19:.+@thread\.\w+$/.test(conversation)) {
    const [channel, root] = [encodeURIComponent(conversation), encodeURIComponent(thread)];
    const tenant = homes?.teams == null ? '' : `tenantId=${encodeURIComponent(homes.teams)}&`;
    return {
      linkTitle: 'Open the thread',
      linkUrl: `https://teams.microsoft.com/l/message/${channel}/${root}?${tenant}parentMessageId=${root}`,
    };
  }
  const team = homes?.slack == null ? '' : `&team=${encodeURIComponent(homes.slack)}`;
  return platform === 'slack' && /^[CG]\w+$/.test(conversation)
    ? { linkTitle: 'Open the channel', linkUrl: `https://slack.com/app_redirect?channel=${conversation}${team}` }
    : { linkTitle: '', linkUrl: '' };
}

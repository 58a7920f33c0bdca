/** The third card: everything that will be created, changed or left alone (STORYBOARD A3 and A4). */
import type { Change, Finding, Plan, PlanStep } from '../plan/plan.ts';
import type { ConnectPlanData, SignedLine } from './card.ts';
import { connectMessage } from './connect-form-card.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';

const changeLooks: Record<Change, Pick<SignedLine, 'sign' | 'word' | 'tone'>> = {
  create: { sign: '+', word: 'create', tone: 'good' },
  update: { sign: '~', word: 'change', tone: 'warning' },
  keep: { sign: '=', word: 'keep as it is', tone: 'default' },
  adopt: { sign: '=', word: 'use as it is', tone: 'default' },
};

const findingLooks: Record<Finding['level'], Pick<SignedLine, 'sign' | 'word' | 'tone'>> = {
  stop: { sign: '✕', word: 'Stops you', tone: 'attention' },
  care: { sign: '!', word: 'Take care', tone: 'warning' },
  unknown: { sign: '?', word: 'Could not check', tone: 'warning' },
};

const worstFirst: readonly Finding['level'][] = ['stop', 'care', 'unknown'];

export function findingLines(findings: readonly Finding[]): (SignedLine & { wayOut: string })[] {
  return findings
    .toSorted((left, right) => worstFirst.indexOf(left.level) - worstFirst.indexOf(right.level))
    .map(({ level, text, wayOut }) => Object.assign({ text, detail: '', wayOut }, findingLooks[level]));
}

export function stepLines(steps: readonly PlanStep[]): SignedLine[] {
  return steps.map((step) => ({ ...changeLooks[step.change], text: step.title, detail: beforeAfter(step) }));
}

function beforeAfter(step: PlanStep): string {
  return step.change === 'update' ? `before: ${JSON.stringify(step.before)} → after: ${JSON.stringify(step.body)}` : '';
}

export function reachLines(plan: Plan): { from: string; to: string }[] {
  return plan.reach.map((reach) => ({ from: reach.from.join(', '), to: reach.to.join('; ') }));
}

export function writesOf(plan: Plan): PlanStep[] {
  return plan.steps.filter((step) => step.change === 'create' || step.change === 'update');
}

/** Name of a message that belongs to one plan: a second plan of the case gets messages of its own. */
export function planMessage(what: string, planId: string): string {
  return `${what}-${planId.split('/').at(-1) ?? ''}`;
}

export function planHeadline(plan: Plan): string {
  const writes = writesOf(plan);
  const subscriptions = new Set(
    writes.map((step) => /^\/subscriptions\/([^/]+)/i.exec(step.resource)?.[1]?.toLowerCase()),
  );
  if (writes.length === 0) {
    return 'Nothing to do: everything is already as you want it';
  }
  return `${count(writes.length, 'change')} in ${count(subscriptions.size, 'subscription')}`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

export function planCard(to: Place, plan: Plan): ShowMessage {
  const writes = writesOf(plan);
  const data: ConnectPlanData = {
    headline: planHeadline(plan),
    summary: summaryOf(plan, writes.length),
    findings: findingLines(plan.findings),
    steps: stepLines(plan.steps),
    reach: reachLines(plan),
    undo:
      writes.length === 0
        ? ''
        : 'What was there before is recorded with each step. Only what the plan creates is new; nothing else is touched.',
    hash: plan.hash.slice(0, 12),
  };
  const verbs = writes.length > 0 ? ['ask-approval', 'change-answers', 'cancel'] : ['change-answers', 'cancel'];
  return showCard(
    connectMessage,
    to,
    writes.length > 0
      ? `The plan: ${data.headline}. Nothing is written before somebody on call approves it.`
      : `${data.headline}.`,
    { name: 'connect-plan', data },
    { verbs },
  );
}

function summaryOf(plan: Plan, writes: number): string {
  const names = plan.promises.names.map((promise) => promise.name).join(', ');
  return writes === 0
    ? `${names} should open from the other network already. If it does not, describe the problem to me in a new message.`
    : `After this, ${names} opens from the other network.`;
}

/** No plan: what stands in the way, and the way out of each. */
export function stoppedCard(to: Place, findings: readonly Finding[]): ShowMessage {
  const data: ConnectPlanData = {
    headline: 'This cannot be planned as asked',
    summary: 'Nothing was changed. Each point below says what stands in the way and one way out.',
    findings: findingLines(findings),
    steps: [],
    reach: [],
    undo: '',
    hash: '',
  };
  const first = findings.find((finding) => finding.level === 'stop') ?? findings[0];
  const text = `${data.headline}: ${first?.text ?? 'the checks found a problem.'} ${first?.wayOut ?? ''}`.trim();
  return showCard(connectMessage, to, text, { name: 'connect-plan', data }, { verbs: ['change-answers', 'cancel'] });
}

/** The changes of a plan in groups, so that a heading says once what many lines have in common. */
import type { SignedLine } from './card-parts.ts';
import type { ConnectPlanData } from './connect-card.ts';
import { stepLines } from './connect-steps.ts';
import { isOwnerWait, subscriptionOf, type Work, type WorkStep, writesOf } from './connect-work.ts';

/** Where what is written stands; what somebody else has to do, and what stays as it is, come last. */
export function groupsOf(work: Work, names: ReadonlyMap<string, string>): ConnectPlanData['groups'] {
  const writes = writesOf(work);
  const kept = work.steps.filter((step) => !writes.includes(step));
  const subscriptions = [...new Set(writes.map(subscriptionOf))];
  const groups = subscriptions.map((subscription) => {
    const steps = writes.filter((step) => subscriptionOf(step) === subscription);
    return { title: `In ${names.get(subscription) ?? `subscription ${subscription}`}: ${toDo(steps)}`, steps };
  });
  const others = [
    { title: 'Waits for somebody else', steps: kept.filter(isOwnerWait) },
    { title: 'Stays as it is', steps: kept.filter((step) => !isOwnerWait(step)) },
  ];
  return [...groups, ...others]
    .filter(({ steps }) => steps.length > 0)
    .map(({ title, steps }) => ({ title, steps: stepLines(steps).map(asUnder) }));
}

const saidByHeading: ReadonlySet<string> = new Set(['create', 'delete', 'wait for its owner', 'keep as it is']);

/** The heading says what happens; what needs more words than that keeps them. */
function asUnder(line: SignedLine): SignedLine {
  return saidByHeading.has(line.word) && line.detail === '' ? { ...line, word: '' } : line;
}

const doing: readonly [WorkStep['change'], string][] = [
  ['create', 'to create'],
  ['update', 'to change'],
  ['restore', 'to put back'],
  ['delete', 'to delete'],
];

/** "2 to create, 1 to change" */
function toDo(steps: readonly WorkStep[]): string {
  return doing
    .map(([change, words]) => ({ words, amount: steps.filter((step) => step.change === change).length }))
    .filter(({ amount }) => amount > 0)
    .map(({ amount, words }) => `${amount} ${words}`)
    .join(', ');
}

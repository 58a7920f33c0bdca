/** The second card: peering or Private Link, and why (STORYBOARD A2). */
import type { Survey } from '../plan/world.ts';
import type { ConnectMethodData, MethodColumn } from './connect-card.ts';
import { type Choice, clashesIn } from './connect-decide.ts';
import { connectMessage } from './connect-form-card.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';

const titles = { peering: 'Peering', 'private-link': 'Private Link' } as const;

export function methodCard(to: Place, choice: Choice, survey: Survey): ShowMessage {
  const isSure = choice.method !== 'peering' || survey.networks.length > 0;
  const clashes = clashesIn(survey).map((clash) => ({ text: clash.text, source: 'Read from Azure just now' }));
  const data: ConnectMethodData = {
    part: choice.method === 'none' ? 'Connect a private network' : 'Connect a private network · 2 of 3',
    headline: headlineOf(choice, isSure),
    columns: [columnOf('peering', choice, isSure), columnOf('private-link', choice, isSure)],
    because: [
      ...clashes,
      ...choice.because.map(({ note, section, source }) => ({
        text: note,
        source: [source, section].filter((part) => part !== '').join(', '),
      })),
    ],
    // Where nothing fits, the ways out say it.
    wouldChange: choice.method === 'none' ? [] : choice.wouldChange,
    waysOut: choice.waysOut,
    next:
      choice.method === 'none'
        ? 'Nothing was changed. Go back to change what you ask for, or take one of the ways out above.'
        : 'Next: I show the plan, change by change. Nothing is changed yet.',
  };
  const verbs = ['use-peering', 'use-private-link', 'back', 'cancel'].filter((verb) => offered(verb, choice));
  return showCard(
    connectMessage,
    to,
    `${data.headline}. ${choice.method === 'none' ? 'Go back to change what you ask for.' : 'Choose a method to see the plan.'}`,
    { name: 'connect-method', data },
    { verbs },
  );
}

/** Nobody is shown a button that would refuse them without being told why. */
function offered(verb: string, choice: Choice): boolean {
  if (verb === 'use-peering') {
    return choice.comparison.peering.fits;
  }
  return verb !== 'use-private-link' || choice.comparison['private-link'].fits;
}

function headlineOf({ method }: Choice, isSure: boolean): string {
  if (method === 'none') {
    return 'Neither method fits as asked';
  }
  return `${titles[method]} fits best${isSure ? '' : ', if the address ranges allow it'}`;
}

function columnOf(method: 'peering' | 'private-link', choice: Choice, isSure: boolean): MethodColumn {
  const column = choice.comparison[method];
  return {
    title: titles[method],
    ...verdictOf(column, choice.method === method, isSure),
    gives: column.gives,
    // Of a choice that is out of the question, more than what is missed is of no use.
    exposes: column.fits ? column.exposes : '',
    needs: column.fits ? column.needs : '',
    costs: column.fits ? column.costs : [],
  };
}

/** Unknown is never green. */
function verdictOf(
  { blockedBy, fits }: Choice['comparison']['peering'],
  isBest: boolean,
  isSure: boolean,
): Pick<MethodColumn, 'verdict' | 'tone'> {
  if (!fits) {
    return { verdict: `✕ Not possible: ${blockedBy ?? 'it does not fit'}`, tone: 'attention' };
  }
  if (!isBest) {
    return { verdict: '○ Possible', tone: 'default' };
  }
  return isSure
    ? { verdict: '✓ Fits best', tone: 'good' }
    : { verdict: '? Fits best, but I could not read the other network’s addresses', tone: 'warning' };
}

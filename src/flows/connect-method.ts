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
  const clashes = clashesIn(survey).map((clash) => ({ text: clash.text, source: 'Read from Azure just now' }));
  const data: ConnectMethodData = {
    headline: headlineOf(choice),
    columns: [columnOf('peering', choice), columnOf('private-link', choice)],
    because: [
      ...clashes,
      ...choice.because.map(({ note, section, source }) => ({
        text: note,
        source: [source, section].filter((part) => part !== '').join(', '),
      })),
    ],
    wouldChange: choice.wouldChange,
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
    `${data.headline} ${choice.method === 'none' ? 'Go back to change what you ask for.' : 'Choose a method to see the plan.'}`,
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

function headlineOf(choice: Choice): string {
  return choice.method === 'none' ? 'Neither method fits as asked.' : `${titles[choice.method]} fits best.`;
}

function columnOf(method: 'peering' | 'private-link', choice: Choice): MethodColumn {
  const column = choice.comparison[method];
  const best = choice.method === method;
  return {
    title: titles[method],
    verdict: best
      ? '✓ Fits best'
      : column.fits
        ? '○ Possible'
        : `✕ Not possible: ${column.blockedBy ?? 'it does not fit'}`,
    tone: best ? 'good' : column.fits ? 'default' : 'attention',
    gives: column.gives,
    exposes: column.exposes,
    needs: column.needs,
    // What a choice costs that is out of the question is of no use.
    costs: column.fits ? column.costs : [],
  };
}

/** Reads what a connection must carry besides: ticked in the form, or typed in the words of people. */
import { type Need, needs, readNeeds } from '../policy/connect-needs.ts';
import type { Problem } from './connect-form.ts';
import type { Inputs } from './event.ts';

const nothing = /^(?:nothing|none|no)?$/i;

export function readNeedsField(known: readonly Need[], inputs: Inputs): { value: Need[]; problems: Problem[] } {
  const said = inputs['needs']?.trim();
  if (said === undefined) {
    return { value: [...known], problems: [] };
  }
  const parts = new Set(said.split(',').map((part) => part.trim()));
  const value = needs.filter((need) => parts.has(need) || readNeeds(said).includes(need));
  return value.length > 0 || nothing.test(said)
    ? { value, problems: [] }
    : {
        value: [...known],
        problems: [
          {
            input: 'needs',
            message: `I do not know what “${said.slice(0, 80)}” asks of the connection. Say services in both directions, source address, other protocols, idle connections, or nothing.`,
          },
        ],
      };
}

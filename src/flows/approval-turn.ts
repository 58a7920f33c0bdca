/** Where a rule lets only people on call say yes (`onCallOnly`): whose turn it is. A no is everybody's who may decide. */
import type { PersonId } from '../policy/people.ts';
import { rosterOf } from '../policy/roster.ts';
import { termsOf } from './approval-terms.ts';
import { type Context, nameOf } from './flow.ts';
import type { ConnectAt } from './state.ts';

/** Null: they may. Where nobody was on call, everybody was asked, and everybody may. */
export function whyNotTheirTurn(
  state: ConnectAt<'awaiting-approval'>,
  person: PersonId,
  context: Context,
): string | null {
  const { asked, passedOn, told } = state.approval;
  const { rule } = termsOf(state, context);
  if (rule.onCallOnly !== true || asked === null) {
    return null;
  }
  const at = Temporal.Instant.from(context.at);
  const rotations = [rule.rotation ?? context.directory.rotation, rule.second?.rotation ?? null];
  const onCall = rotations.flatMap((rotation) => {
    const turn = rotation === null ? null : rosterOf(rotation).onCallAt(at);
    return turn === null ? [] : [turn.person];
  });
  const turns = [...new Set([asked, ...onCall, ...told, ...passedOn.map(({ to }) => to)])];
  const names = turns.filter((id) => id !== state.requester).map((id) => nameOf(context.directory, id));
  return turns.includes(person)
    ? null
    : `Only whoever is on call may approve this: ${names.join(', ')}. They can hand it over to you; you can still reject it.`;
}

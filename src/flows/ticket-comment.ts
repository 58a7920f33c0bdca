/** A public comment in the name of whoever wrote it here. */
import type { EffectOf } from './effect.ts';
import { type Context, findPerson } from './flow.ts';
import type { SupportAt } from './state.ts';

/** As the reply of its number; each has a key of its own. */
export function comment(state: SupportAt<'open'>, person: string, body: string, context: Context) {
  const known = findPerson(context.directory, person);
  const author = { name: known?.name ?? person, email: known?.email ?? '' };
  const send = {
    kind: 'work',
    type: 'send-comment',
    ticketId: state.ticket.snapshot.id,
    commentKey: `${context.caseId}/reply-${state.ticket.replies}`,
    body,
    author,
  } as const satisfies EffectOf<'send-comment'>;
  return { author, send };
}

/** How a preview tells of tickets about the same. */
import { type Context, nameOf } from './flow.ts';
import type { SupportAt } from './state.ts';

/** "Open already about the same environment and symptom: ticket 12, asked by Sam. …"; empty when there is none. */
export function similarText({ similar }: SupportAt<'previewing'>, context: Pick<Context, 'directory'>): string {
  const found = similar?.found ?? [];
  const [first] = found;
  if (first === undefined) {
    return '';
  }
  const names = found.map(({ number, requester }) =>
    requester === null ? `ticket ${number}` : `ticket ${number}, asked by ${nameOf(context.directory, requester)}`,
  );
  const it = found.length === 1 ? 'it' : `ticket ${first.number}`;
  return `Open already about the same environment and symptom: ${names.join('; ')}. Add what you wrote to ${it}, or open a new one anyway.`;
}

/** What people changed about verdicts, for the support lead: where the rules and the people differ. */
import type { EventOf } from './event.ts';
import { type Context, findPerson, nameOf, refusedReply, stay, type Transition } from './flow.ts';
import { showCard, whisper } from './message.ts';
import { changeText, type ListedOverride } from './override.ts';
import type { CaseState } from './state.ts';
import { localDateTime } from './time.ts';

const mayList: ReadonlySet<string> = new Set(['support', 'admin']);

/** Read from our own tables; the list is for whoever asked alone, since it tells of other people's cases. */
export function askOverrides(state: CaseState, event: EventOf<'said'>, context: Context): Transition {
  const { person, place } = event;
  const roles = findPerson(context.directory, person)?.roles ?? [];
  if (!roles.some((role) => mayList.has(role))) {
    const because = 'The list of changed verdicts is for people with the role support or admin.';
    const wayOut = 'Ask one of them, or look into the ticket: it tells what was changed.';
    return stay(state, refusedReply(because), [
      whisper(`refused-${context.revision}`, place, person, 'I may not show you this', because, wayOut),
    ]);
  }
  return stay(state, undefined, [{ kind: 'read', type: 'list-overrides', person, place }]);
}

export function showOverrides(state: CaseState, event: EventOf<'overrides-listed'>, context: Context): Transition {
  const { person, place, overrides } = event;
  const zone = findPerson(context.directory, person)?.zone ?? 'UTC';
  const headline = headlineOf(overrides.length);
  const card = showCard(
    `overrides-${context.revision}`,
    place,
    headline,
    {
      name: 'overrides',
      data: {
        headline,
        changes: overrides.map((listed) => ({
          text: changeText(listed.override),
          reason: listed.override.reason,
          detail: [
            localDateTime(listed.override.at, zone),
            nameOf(context.directory, listed.override.by),
            caseText(listed),
            `rules of version ${listed.tablesVersion}`,
          ].join(' · '),
        })),
        none: overrides.length === 0 ? 'Every verdict so far stands as the rules gave it.' : '',
      },
    },
    { onlyFor: person },
  );
  return stay(state, undefined, [card]);
}

function headlineOf(count: number): string {
  if (count === 0) {
    return 'No verdict was changed by hand';
  }
  return count === 1 ? 'One verdict was changed by hand' : `${count} verdicts were changed by hand, newest first`;
}

function caseText({ ticketId, caseId }: ListedOverride): string {
  return ticketId === null ? `no ticket (case ${caseId.slice(-8)})` : `ticket ${ticketId}`;
}

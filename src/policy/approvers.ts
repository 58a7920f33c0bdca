/**
 * Who may decide about a change. Looked up at the click: the card carries no authority, and nobody decides about what
 * they asked for themselves. The rules are `tables/approvers.json`.
 */
import { z } from 'zod/v4';
import type { Vocabulary } from './condition.ts';
import { type DecisionTable, firstMatch, readDecisionTable } from './decision-table.ts';
import type { Person, PersonId } from './people.ts';
import approversJson from './tables/approvers.json' with { type: 'json' };

/** `network`: a plan that writes to networks or DNS. `settings`: how this bot works. */
export type ChangeKind = 'network' | 'settings';

const vocabulary: Vocabulary = { change: { values: ['network', 'settings'] } };

const approversTable: DecisionTable<{ roles: string[] }> = readDecisionTable(
  'approvers',
  approversJson,
  vocabulary,
  z.strictObject({
    roles: z.array(z.string().regex(/^(?:admin|support|requester|approver|approver:.+)$/, 'no such role')).min(1),
  }),
);

export interface DecisionRequest {
  /** Who clicked. */
  person: Pick<Person, 'id' | 'roles'>;
  /** Whose plan it is. */
  requestedBy: PersonId;
  /** Name of the person on call; null when nobody is. */
  onCall: string | null;
  /** Names of the people who may decide, told to whoever may not. */
  approvers: readonly string[];
  /** Default: network. */
  change?: ChangeKind;
  /** Group that the plan belongs to, when the settings name one. */
  group?: string;
}

export type MayDecide = { allowed: true } | { allowed: false; because: string };

export function mayDecide(request: DecisionRequest): MayDecide {
  if (request.person.id === request.requestedBy) {
    return { allowed: false, because: `You asked for this plan, so somebody else has to decide. ${whoElse(request)}` };
  }
  const { roles } = firstMatch(approversTable, { change: request.change ?? 'network' }).result;
  const allowed = roles.map((role) => role.replace('*', request.group ?? '')).filter((role) => !role.endsWith(':'));
  if (!request.person.roles.some((role) => allowed.includes(role))) {
    return {
      allowed: false,
      because: `Deciding needs the role ${allowed.join(' or ')}, which you do not have. ${whoElse(request)}`,
    };
  }
  return { allowed: true };
}

/** The person on call is named only when they may decide: it can be the requester, too. */
function whoElse({ onCall, approvers }: DecisionRequest): string {
  const now = approvers.filter((name) => name === onCall);
  const others = approvers.filter((name) => name !== onCall);
  const texts = [
    ...(now.length > 0 ? [`On call now: ${now.join(', ')}.`] : []),
    ...(others.length > 0 ? [`${now.length > 0 ? 'Also allowed' : 'Who may decide'}: ${others.join(', ')}.`] : []),
  ];
  return texts.length > 0
    ? texts.join(' ')
    : 'Nobody else has that role yet; ask an administrator to add somebody to the settings.';
}

/**
 * Who may decide about a change, and how many have to. Looked up at the click: the card carries no authority, and nobody
 * decides about what they asked for themselves. The rules are `tables/approvers.json`; the settings' `approvals` can ask
 * for more, never for less.
 */
import { z } from 'zod/v4';
import type { ApprovalRule } from './approval-rule.ts';
import type { Vocabulary } from './condition.ts';
import { type DecisionTable, firstMatch, readDecisionTable } from './decision-table.ts';
import type { Person, PersonId } from './people.ts';
import { type Risk, risks } from './risk.ts';
import approversJson from './tables/approvers.json' with { type: 'json' };

/**
 * `network`: a plan that writes to networks. `dns`: a plan that writes to DNS alone. `undo`: a plan is taken back.
 * `settings`: how this bot works. `control`: the stop switch and freezes.
 */
export const changeKinds = ['network', 'dns', 'undo', 'settings', 'control'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** So many different people with one of these roles have to say yes. */
export interface Need {
  /** The group that is asked; null: none in particular. */
  group: string | null;
  roles: readonly string[];
  count: number;
}

type Decider = Pick<Person, 'id' | 'name' | 'roles'>;

export const approversVocabulary: Vocabulary = {
  change: { values: changeKinds },
  production: { values: [true, false] },
  risk: { values: risks },
};

const count = z.int().min(1).max(9);
const approversTable: DecisionTable<{
  roles: string[];
  count: number;
  second?: { group: string; count: number } | undefined;
}> = readDecisionTable(
  'approvers',
  approversJson,
  approversVocabulary,
  z.strictObject({
    roles: z.array(z.string().regex(/^(?:admin|support|requester|approver|approver:.+)$/, 'no such role')).min(1),
    count,
    second: z.strictObject({ group: z.string().regex(/^[a-z0-9-]+$/, 'no such group'), count }).optional(),
  }),
);

export interface WhatIsDecided {
  change: ChangeKind;
  /** Name of it. */
  environment: string;
  production: boolean;
  risk: Risk;
  rule: ApprovalRule;
}

/** Table and settings together: of two counts the greater one holds, and the settings' second group comes first. */
export function neededDecisions({ change, production, risk, rule }: WhatIsDecided): Need[] {
  const { result } = firstMatch(approversTable, { change, production, risk });
  const roles = result.roles.map((role) => role.replace('*', rule.group ?? '')).filter((role) => !role.endsWith(':'));
  const first: Need = { group: rule.group, roles, count: Math.max(result.count, rule.count) };
  const second = rule.second ?? result.second ?? null;
  return second === null
    ? [first]
    : [first, { group: second.group, roles: [`approver:${second.group}`], count: second.count }];
}

export interface DecisionRequest {
  /** Who clicked. */
  person: Pick<Person, 'id' | 'roles'>;
  /** Whose plan it is. */
  requestedBy: PersonId;
  needs: readonly Need[];
  /** Who said yes so far. Their roles of now count: whoever lost them has no say any more. */
  votes: readonly PersonId[];
  /** Everybody whom the settings know. */
  people: readonly Decider[];
  /** Null when nobody is. */
  onCall: PersonId | null;
}

/** `need` is the one that this person's yes would help to fill, `last` whether it would be the last yes that is needed. */
export type MayDecide = { allowed: true; need: Need; last: boolean } | { allowed: false; because: string };

export function mayDecide(request: DecisionRequest): MayDecide {
  const { person, requestedBy, needs, votes } = request;
  if (person.id === requestedBy) {
    return refuse('You asked for this plan, so somebody else has to decide.', request);
  }
  if (!needs.some((need) => hasRole(person, need))) {
    const roles = [...new Set(needs.flatMap((need) => need.roles))];
    return refuse(`Deciding needs the role ${roles.join(' or ')}, which you do not have.`, request);
  }
  if (votes.includes(person.id)) {
    return refuse('You have approved this already; it needs somebody else as well.', request);
  }
  const after = progressOf({ ...request, votes: [...votes, person.id], people: withPerson(request) });
  const filled = after.find(({ by }) => by.includes(person.id));
  if (filled === undefined) {
    return refuse('Enough people with your role have approved this; it needs others as well.', request);
  }
  return { allowed: true, need: filled.need, last: missingOf(after) === 0 };
}

export interface Progress {
  need: Need;
  by: PersonId[];
}

type Voted = Pick<DecisionRequest, 'needs' | 'votes' | 'people' | 'requestedBy'>;

/**
 * Which yes counts for which need: each person counts once, and all of them are placed so that as many as possible count
 * (augmenting paths of a bipartite matching), because somebody in two groups may be needed in either.
 */
export function progressOf({ needs, votes, people, requestedBy }: Voted): Progress[] {
  const slots = needs.flatMap((need, at) => Array.from({ length: need.count }, () => ({ need, at })));
  const holder = new Map<number, Decider>();
  function place(person: Decider, tried: Set<number>): boolean {
    return slots.some(({ need }, slot) => {
      if (tried.has(slot) || !hasRole(person, need)) {
        return false;
      }
      tried.add(slot);
      const other = holder.get(slot);
      const free = other === undefined || place(other, tried);
      if (free) {
        holder.set(slot, person);
      }
      return free;
    });
  }
  for (const id of new Set(votes)) {
    const person = people.find((known) => known.id === id);
    if (person !== undefined && id !== requestedBy) {
      place(person, new Set());
    }
  }
  return needs.map((need, index) => ({
    need,
    by: slots.flatMap(({ at }, slot) => (at === index ? (holder.get(slot)?.id ?? []) : [])),
  }));
}

/** How many more have to say yes. */
export function missingOf(progress: readonly Progress[]): number {
  return progress.reduce((missing, { need, by }) => missing + need.count - by.length, 0);
}

/** Everybody whose yes would help now. */
export function decidersOf<Known extends Decider>(
  request: Omit<Voted, 'people'> & { people: readonly Known[] },
): Known[] {
  const { people, requestedBy, votes } = request;
  const missing = missingOf(progressOf(request));
  return people.filter(
    ({ id }) =>
      id !== requestedBy &&
      !votes.includes(id) &&
      missingOf(progressOf({ ...request, votes: [...votes, id] })) < missing,
  );
}

/** Whether this person may pull the stop switch, order freezes and change settings. */
export function mayControl(person: Pick<Person, 'roles'>): boolean {
  const { roles } = firstMatch(approversTable, { change: 'control' }).result;
  return person.roles.some((role) => roles.includes(role));
}

function hasRole(person: Pick<Person, 'roles'>, need: Need): boolean {
  return person.roles.some((role) => need.roles.includes(role));
}

/** Whoever clicked, with the roles that the click was judged by. */
function withPerson({ people, person }: DecisionRequest): Decider[] {
  return [...people.filter(({ id }) => id !== person.id), { name: person.id, ...person }];
}

function refuse(why: string, request: DecisionRequest): MayDecide {
  return { allowed: false, because: `${why} ${whoElse(request)}` };
}

/** The person on call is named only when they may decide: it can be the requester, too. */
function whoElse(request: DecisionRequest): string {
  const deciders = decidersOf(request).filter(({ id }) => id !== request.person.id);
  const now = deciders.filter(({ id }) => id === request.onCall).map(({ name }) => name);
  const others = deciders.filter(({ id }) => id !== request.onCall).map(({ name }) => name);
  const texts = [
    ...(now.length > 0 ? [`On call now: ${now.join(', ')}.`] : []),
    ...(others.length > 0 ? [`${now.length > 0 ? 'Also allowed' : 'Who may decide'}: ${others.join(', ')}.`] : []),
  ];
  return texts.length > 0
    ? texts.join(' ')
    : 'Nobody else has that role yet; ask an administrator to add somebody to the settings.';
}

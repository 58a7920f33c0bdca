/**
 * On which terms a plan is decided: how risky it is, which rule of the settings fits, who has to say yes, and who is
 * asked. Who may decide is looked up at the click (`policy/approvers.ts`); the card carries no authority.
 */
import type { ApprovalRule } from '../policy/approval-rule.ts';
import { ruleFor } from '../policy/approval-rule.ts';
import {
  type ChangeKind,
  decidersOf,
  mayDecide,
  type MayDecide,
  missingOf,
  type Need,
  neededDecisions,
  type Progress,
  progressOf,
} from '../policy/approvers.ts';
import { type Freeze, freezeAt } from '../policy/freeze.ts';
import type { Rotation } from '../policy/on-call.ts';
import { isProduction, type Person, type PersonId } from '../policy/people.ts';
import { judgeRisk, type Risk } from '../policy/risk.ts';
import { rosterOf } from '../policy/roster.ts';
import { riskFactsOf } from './approval-risk.ts';
import { type Work, workOf, writesOf } from './connect-work.ts';
import { type Context, type Directory, findPerson } from './flow.ts';
import type { ApprovalState } from './approval-state.ts';
import type { ApprovedState, ConnectAt } from './state.ts';

/** Everything that can be asked about, or was. */
export type Askable = ConnectAt<'planned' | 'undo-planned'> | ApprovedState;

export interface Terms {
  risk: Risk;
  because: readonly string[];
  rule: ApprovalRule;
  needs: readonly Need[];
}

export function termsOf(state: Askable, { directory }: Context): Terms {
  const work = workOf(state);
  const { environment } = work;
  const known = directory.environments.find(({ name }) => name === environment) ?? { name: environment };
  const production = isProduction(known);
  const { because, risk } = judgeRisk(riskFactsOf({ work, plan: state.plan, production, hub: state.hub === true }));
  const rule = ruleFor(directory.approvalRules ?? [], { environment, risk });
  return {
    risk,
    because,
    rule,
    needs: neededDecisions({ change: changeOf(work), environment, production, risk, rule }),
  };
}

function changeOf(work: Work): ChangeKind {
  if (work.isUndo) {
    return 'undo';
  }
  return writesOf(work).every(({ kind }) => kind.startsWith('dns-')) ? 'dns' : 'network';
}

export function freezeNow(state: Askable, { at, directory, facts }: Context): Freeze | null {
  return freezeAt(directory.freezes ?? [], facts.adHocFreezes ?? [], {
    environment: state.plan.environment,
    at: Temporal.Instant.from(at),
  });
}

/** In a freeze that asks for it one more has to say yes. */
export function needsNow(needs: readonly Need[], freeze: Freeze | null): readonly Need[] {
  return freeze?.mode === 'second-approval'
    ? needs.map((need, index) => (index === 0 ? { ...need, count: need.count + 1 } : need))
    : needs;
}

/**
 * One human counts once, under whatever ids the settings know them: the first entry with the same e-mail address stands
 * for all of them.
 */
function humanOf(id: PersonId, { people }: Directory): PersonId {
  const email = people.find((person) => person.id === id)?.email.toLowerCase();
  return email === undefined ? id : (people.find((person) => person.email.toLowerCase() === email)?.id ?? id);
}

function humansIn(directory: Directory): Pick<Person, 'id' | 'name' | 'roles'>[] {
  return directory.people
    .filter(({ id }) => humanOf(id, directory) === id)
    .map(({ id, name }) => {
      const same = directory.people.filter((other) => humanOf(other.id, directory) === id);
      return { id, name, roles: same.flatMap(({ roles }) => roles) };
    });
}

function request({ needs, state, votes }: Judged, { directory }: Context) {
  return {
    requestedBy: humanOf(state.requester, directory),
    needs,
    votes: votes.map((id) => humanOf(id, directory)),
    people: humansIn(directory),
  };
}

interface Judged {
  state: Pick<Askable, 'requester'>;
  needs: readonly Need[];
  /** Who said yes so far. */
  votes: readonly PersonId[];
}

/** @param onCall Who is asked, told to whoever may not decide. */
export function judgeDecider(
  judged: Judged & { person: PersonId; onCall: PersonId | null },
  context: Context,
): MayDecide {
  const { directory } = context;
  const { onCall, person } = judged;
  return mayDecide({
    ...request(judged, context),
    person: { id: humanOf(person, directory), roles: findPerson(directory, person)?.roles ?? [] },
    onCall,
  });
}

/** Everybody whose yes would help. */
export function decidersFor(judged: Judged, context: Context): PersonId[] {
  return decidersOf(request(judged, context)).map(({ id }) => id);
}

export function progressFor(judged: Judged, context: Context): Progress[] {
  return progressOf(request(judged, context));
}

export function isEnough(progress: readonly Progress[]): boolean {
  return missingOf(progress) === 0;
}

export interface Asked {
  asked: PersonId | null;
  onCall: ApprovalState['onCall'];
  told: readonly PersonId[];
}

/** The person on call for each need, and those after them where more than one is needed; else everybody who may. */
export function whoIsAsked(state: Askable, { needs, rule }: Pick<Terms, 'needs' | 'rule'>, context: Context): Asked {
  const rotations = [rule.rotation ?? context.directory.rotation, rule.second?.rotation ?? null];
  const lines = needs.map((need, index) => {
    const may = decidersFor({ state, needs: [need], votes: [] }, context);
    const rotation = rotations[index] ?? null;
    const turns = rotation === null ? [] : turnsFrom(rotation, context).filter(({ person }) => may.includes(person));
    // Whoever is on call now has to be among them: else everybody is asked.
    const isOnCall = rotation !== null && turns[0]?.isNow === true && turns.length >= need.count;
    return {
      turn: isOnCall ? { rotation: rotation.name, person: turns[0]?.person, until: turns[0]?.until } : null,
      people: isOnCall ? turns.slice(0, need.count).map(({ person }) => person) : may,
    };
  });
  const first = lines[0]?.turn ?? null;
  return {
    asked: first?.person ?? null,
    onCall: first?.until === undefined ? null : { rotation: first.rotation, until: first.until },
    told: [...new Set(lines.flatMap(({ people }) => people))],
  };
}

interface TurnAt {
  person: PersonId;
  until: string;
  isNow: boolean;
}

/** Each person once, in the order in which they are on call from now on. */
function turnsFrom(rotation: Rotation, { at }: Context): TurnAt[] {
  const roster = rosterOf(rotation);
  const now = Temporal.Instant.from(at);
  const first = roster.onCallAt(now);
  const turns: TurnAt[] = first === null ? [] : [{ person: first.person, until: textOf(first.until), isNow: true }];
  let next = roster.next(now);
  for (let looked = 0; next !== null && looked < rotation.people.length + rotation.overrides.length; looked += 1) {
    const { from, person, until } = next;
    if (turns.every((turn) => turn.person !== person)) {
      turns.push({ person, until: textOf(until), isNow: false });
    }
    next = roster.next(from);
  }
  return turns;
}

/** The next one on call whose yes would help, other than `after` and whoever was asked already by turn. */
export function nextOnCall(
  state: ConnectAt<'awaiting-approval'>,
  after: PersonId | null,
  context: Context,
): PersonId | null {
  const { asked, needs, passedOn, told, votes } = state.approval;
  const { rule } = termsOf(state, context);
  const now = needsNow(needs, freezeNow(state, context));
  const may = decidersFor({ state, needs: now, votes: votes.map(({ person }) => person) }, context);
  const rotations = [rule.rotation ?? context.directory.rotation, rule.second?.rotation ?? null];
  const line = rotations.flatMap((rotation) => (rotation === null ? [] : turnsFrom(rotation, context)));
  // Where everybody was asked because nobody is on call, being asked is no turn.
  const had = new Set([
    after,
    asked,
    ...passedOn.flatMap(({ from, to }) => [from, to]),
    ...(asked === null ? [] : told),
  ]);
  return line.find(({ person }) => may.includes(person) && !had.has(person))?.person ?? null;
}

function textOf(at: Temporal.Instant): string {
  return at.toString({ fractionalSecondDigits: 3 });
}

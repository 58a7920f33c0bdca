/** Who carries out which effect: the records that TypeScript checks for holes. */
import type { Arm } from '../azure/arm.ts';
import { discover } from '../azure/discover.ts';
import { applyPlan } from '../azure/executor.ts';
import { survey } from '../azure/survey.ts';
import { applyUndo } from '../azure/undo.ts';
import { verify } from '../azure/verify.ts';
import type { ProbeSettings } from '../config/settings-probe.ts';
import type { ReadHandlers, Report, WorkHandlers } from '../conversation/handlers.ts';
import type { Directory } from '../flows/flow.ts';
import type { Plan } from '../plan/plan.ts';
import { listOverrides } from '../store/overrides.ts';
import { readPlan } from '../store/plans.ts';
import type { Store } from '../store/store.ts';
import type { Waiting } from '../tickets/insist.ts';
import { findTickets } from '../tickets/find-tickets.ts';
import { changeTicket, type Desk, openTicket, readTicket, sendComment } from '../tickets/work.ts';
import { planWork } from './plan-work.ts';
import { listTickets } from './ticket-list.ts';

/** As many as a card shows without cutting the reasons. */
const mostOverrides = 15;

export interface HandlerDeps {
  store: Store;
  arm: Arm;
  desk: Desk;
  directory: () => Directory;
  now: () => Temporal.Instant;
  /** Of this process; says who holds a network. */
  owner: string;
  /** From where connections may be tried; absent: from nowhere. */
  probe?: () => ProbeSettings;
}

export function readHandlers(deps: HandlerDeps): ReadHandlers {
  const { arm, desk, directory, now, store } = deps;
  return {
    discover: async ({ effect }) => ({
      type: 'discovered',
      question: effect.question,
      discovery: await discover(arm, directory().environments),
    }),
    survey: async ({ effect }) => ({
      type: 'surveyed',
      question: effect.question,
      survey: await survey(arm, environmentNamed(directory(), effect.answers.environment), effect.answers),
    }),
    verify: async ({ effect }) => ({
      type: 'verified',
      question: effect.question,
      proof: await verify(arm, await planOf(store, effect.planId), deps.probe?.()),
    }),
    'read-ticket': (stored) => readTicket(desk, stored),
    'find-tickets': ({ effect }) => findTickets(desk, effect),
    // Nothing is read: the event goes to the case that the effect names.
    'tell-case': ({ effect }) => Promise.resolve(effect.event),
    'list-tickets': async ({ effect: { person, place, scope } }) => {
      const wish = { person, place, scope };
      const tables = { read: store.read, directory: directory(), now: now() };
      return { type: 'tickets-listed', ...wish, ...(await listTickets(tables, wish)) };
    },
    'list-overrides': async ({ effect: { person, place } }) => ({
      type: 'overrides-listed',
      person,
      place,
      overrides: await listOverrides(store.read, mostOverrides),
    }),
  };
}

export function workHandlers(deps: HandlerDeps): WorkHandlers {
  const { desk, store } = deps;
  return {
    'apply-plan': async (stored, durable, report) => {
      const { planId } = stored.effect;
      const plan = await planOf(store, planId);
      const work = await planWork(deps, stored, { plan, planId, what: 'plan' }, { durable, report });
      return { type: 'plan-finished', planId, outcome: await applyPlan({ ...work, plan }) };
    },
    'apply-undo': async (stored, durable, report) => {
      const { planId, undo, undoId } = stored.effect;
      const plan = await planOf(store, planId);
      const work = await planWork(deps, stored, { plan, planId: undoId, what: 'undo' }, { durable, report });
      return { type: 'plan-finished', planId: undoId, outcome: await applyUndo({ ...work, plan, undo }) };
    },
    'open-ticket': (stored, durable, report) => openTicket(desk, stored, durable, tellAway('open-ticket', report)),
    'send-comment': (stored, durable, report) => sendComment(desk, stored, durable, tellAway('send-comment', report)),
    'change-ticket': (stored, durable, report) =>
      changeTicket(desk, stored, durable, tellAway('change-ticket', report)),
    timer: ({ effect }) => Promise.resolve({ type: 'timer', name: effect.name, about: effect.about }),
  };
}

/** The engine goes through a run anew after each pause, so a try that was told keeps its number. */
function tellAway(of: string, report: Report): Waiting {
  return async (because, seconds, tries) => {
    await report(`away/${tries}`, { type: 'desk-away', of, because, seconds });
  };
}

function environmentNamed(directory: Directory, name: string): Directory['environments'][number] {
  const environment = directory.environments.find((known) => known.name === name);
  if (environment === undefined) {
    throw new Error(
      `Reading ${name}: the settings know no environment of this name. Add it under “environments”, or choose another.`,
    );
  }
  return environment;
}

async function planOf(store: Store, planId: string): Promise<Plan> {
  const row = await readPlan(store.read, planId);
  if (row === null) {
    throw new Error(`Reading plan ${planId}: it is not stored. Make the plan again.`);
  }
  return row.plan;
}

/** Builds what a flow is told, and drives one case through it, the way `accept` does: one event after the other. */
import type { CardContent, CardName } from '../../src/flows/card.ts';
import type { Effect, EffectOf, ShowMessage } from '../../src/flows/effect.ts';
import type { Event, Inputs, Place, TicketSnapshot } from '../../src/flows/event.ts';
import type { Context, Directory, Fact, Facts, PlanTimes, Transition } from '../../src/flows/flow.ts';
import { advance } from '../../src/flows/route.ts';
import type { CaseState, ConnectAt, ConnectState, LiveDraft, SupportAt, SupportState } from '../../src/flows/state.ts';
import type { Discovery, Survey } from '../../src/plan/world.ts';
import { hub, network, surveyOf } from '../plan/world.ts';
import { directory, monday, team } from './directory.ts';

export { directory, monday, onCallRoom, people, person, supportRoom, team } from './directory.ts';

export const spoke = network('spoke-vnet', '10.30.0.0/16');
export const discovery: Discovery = {
  environments: [
    { ...surveyOf().environment },
    { ...surveyOf().environment, name: 'payroll', managedResourceGroup: 'mrg-payroll', network: null },
  ],
  networks: [hub, spoke],
  unread: [],
};
export { hub };

export interface CaseOptions {
  directory?: Directory;
  discovery?: Fact<Discovery> | null;
  /** Where it stands already. */
  state?: CaseState;
  /** Of whoever's case it is. */
  drafts?: readonly LiveDraft[];
  planTimes?: PlanTimes;
}

export interface Case {
  readonly state: CaseState | null;
  readonly last: Transition;
  readonly revision: number;
  readonly at: string;
  say(who: string, text: string, place?: Place): Transition;
  click(who: string, verb: string, inputs?: Inputs, more?: { stale?: boolean; message?: string }): Transition;
  happen(event: Event): Transition;
  later(minutes: number): void;
  /** The settings changed meanwhile. */
  settings(changes: Partial<Directory>): void;
  /** What is known beside the settings changed meanwhile, such as the stop switch. */
  facts(changes: Partial<Facts>): void;
}

export function openCase(options: CaseOptions = {}): Case {
  let known = options.discovery === undefined ? { value: discovery, readAt: monday } : options.discovery;
  let settings = options.directory ?? directory;
  let kept: readonly LiveDraft[] | null = null;
  let more: Partial<Facts> = {};
  const now: { state: CaseState | null; last: Transition | null; revision: number; at: string } = {
    state: options.state ?? null,
    last: null,
    revision: 0,
    at: monday,
  };
  function take(event: Event, stale = false): Transition {
    now.revision += 1;
    const { revision, at } = now;
    const { drafts = [], planTimes = {} } = options;
    const facts = { discovery: known, drafts: kept ?? drafts, planTimes, ...more };
    const context: Context = { caseId: 'C-1', revision, at, directory: settings, facts, stale };
    now.last = advance(now.state, event, context);
    now.state = now.last.state;
    kept = now.last.projections.find((projection) => projection.type === 'drafts-changed')?.after ?? kept;
    if (event.type === 'discovered') {
      known = { value: event.discovery, readAt: now.at };
    }
    return now.last;
  }
  return {
    get state() {
      return now.state;
    },
    get last() {
      if (now.last === null) {
        throw new Error('Looking at the last transition of a case: nothing happened yet. Say something first.');
      }
      return now.last;
    },
    get revision() {
      return now.revision;
    },
    get at() {
      return now.at;
    },
    say: (who, text, place = team) => take({ type: 'said', person: who, place, text, files: [] }),
    click: (who, verb, inputs = {}, { message = 'C-1/card', stale } = {}) =>
      take({ type: 'clicked', person: who, place: team, message, verb, inputs }, stale),
    happen: (event) => take(event),
    later(minutes) {
      now.at = Temporal.Instant.from(now.at).add({ minutes }).toString({ fractionalSecondDigits: 3 });
    },
    settings(changes) {
      settings = { ...settings, ...changes };
    },
    facts(changes) {
      more = { ...more, ...changes };
    },
  };
}

/** Where the case stands, as the state of that name; anything else fails the test. */
export function connectAt<At extends ConnectState['at']>(the: Case, at: At): ConnectAt<At> {
  const { state } = the;
  if (state?.flow !== 'connect' || state.at !== at) {
    throw new Error(`Expected connect/${at}, but the case is at ${whereIs(state)}: ${the.last.reply.because}`);
  }
  return state as ConnectAt<At>;
}

export function supportAt<At extends SupportState['at']>(the: Case, at: At): SupportAt<At> {
  const { state } = the;
  if (state?.flow !== 'support' || state.at !== at) {
    throw new Error(`Expected support/${at}, but the case is at ${whereIs(state)}: ${the.last.reply.because}`);
  }
  return state as SupportAt<At>;
}

export function whereIs(state: CaseState | null): string {
  return state === null ? 'nothing' : `${state.flow}${'at' in state ? `/${state.at}` : ''}`;
}

export function messages(transition: Transition): ShowMessage[] {
  return transition.effects.filter((effect): effect is ShowMessage => effect.kind === 'message');
}

/** The one message whose name begins so. */
export function messageOf(transition: Transition, name: string, to?: Place): ShowMessage {
  const found = messages(transition).filter(
    (message) => message.message.startsWith(name) && (to === undefined || message.to.conversation === to.conversation),
  );
  const [one] = found;
  if (one === undefined || found.length > 1) {
    throw new Error(
      `Expected one message “${name}”, found ${messages(transition)
        .map((message) => message.message)
        .join(', ')}`,
    );
  }
  return one;
}

type DataOf<Name extends CardName> = Extract<CardContent, { name: Name }>['data'];

/** What the one card of this name says. */
export function cardOf<Name extends CardName>(transition: Transition, name: Name, message = ''): DataOf<Name> {
  const cards = messages(transition).filter((shown) => shown.message.startsWith(message));
  const contents = cards.flatMap((shown) => (shown.content.card?.name === name ? [shown.content.card] : []));
  const [content] = contents;
  if (content === undefined) {
    throw new Error(
      `Expected a card ${name}, found ${cards.map((shown) => shown.content.card?.name ?? 'text').join(', ')}`,
    );
  }
  return content.data as DataOf<Name>;
}

export function effectsOf<Type extends Effect['type']>(transition: Transition, type: Type): EffectOf<Type>[] {
  return transition.effects.filter((effect): effect is EffectOf<Type> => effect.type === type);
}

const cry = 'prod is down since 8, recovery button did nothing, pls help';

/** A supported problem, judged. */
export function atVerdict(words = cry, options: CaseOptions = {}): Case {
  const the = openCase(options);
  the.say('rosa', words);
  if (the.state?.flow === 'support' && the.state.at === 'asking') {
    the.click('rosa', 'triage-continue');
  }
  return the;
}

/** The verdict on these answers, given in the form, whatever else is asked. */
export function judgedBy(answers: Inputs, options: CaseOptions = {}): Case {
  const the = openCase(options);
  the.say('rosa', 'bananas');
  the.click('rosa', 'start-support');
  the.click('rosa', 'triage-continue', answers);
  if (the.state?.flow === 'support' && the.state.at === 'asking') {
    the.click('rosa', 'triage-continue');
  }
  return the;
}

export function atPreview(words = cry): Case {
  const the = atVerdict(words);
  the.click('rosa', 'preview-ticket');
  return the;
}

export const snapshot: TicketSnapshot = {
  id: 12,
  subject: 'Production: It cannot be reached',
  status: 'new',
  url: 'https://desk.example.com/agent/tickets/12',
  updatedAt: '2026-03-02T09:00:00Z',
};

export function atTicket(words = cry): Case {
  const the = atPreview(words);
  the.click('rosa', 'open-ticket');
  the.happen({ type: 'ticket-opened', ticket: snapshot });
  return the;
}

/** A connection at the form, filled in from the sentence. */
export function atForm(options: CaseOptions = {}, words = 'connect mendix-prod to hub-vnet for app orders'): Case {
  const the = openCase(options);
  the.say('rosa', words);
  return the;
}

export function atMethod(survey: Survey = surveyOf(), options: CaseOptions = {}): Case {
  const the = atForm(options);
  the.click('rosa', 'connect-continue');
  the.happen({ type: 'surveyed', question: the.revision, survey });
  return the;
}

export function atPlan(options: CaseOptions = {}): Case {
  const the = atMethod(surveyOf(), options);
  the.click('rosa', 'use-peering');
  return the;
}

export function atApproval(options: CaseOptions = {}): Case {
  const the = atPlan(options);
  the.click('rosa', 'ask-approval');
  return the;
}

/** Decided, and nothing is written yet. */
export function atApproved(options: CaseOptions = {}): Case {
  const the = atApproval(options);
  the.click('anna', 'approve');
  return the;
}

/** The executor has asked, and may write. */
export function atWork(options: CaseOptions = {}): Case {
  const the = atApproved(options);
  begins(the);
  return the;
}

/** The executor asks right before the first write of the plan, or of the undo. */
export function begins(the: Case): Transition {
  const { planId, undo } = connectAt(the, 'approved');
  return the.happen({ type: 'plan-begins', planId: undo?.id ?? planId });
}

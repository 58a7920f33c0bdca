/**
 * The one way in. Channels, webhooks, timers and finished effects all come through here, each as an event under an id;
 * what was accepted is stored before it is answered.
 */
import { holdCase, noteIn } from '../audit/note.ts';
import type { AsProblem, Event, Inputs, Place, SaidFile } from '../flows/event.ts';
import { type Directory, refusedReply } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { failEvent, findEvent } from '../store/events.ts';
import type { Store, Tx } from '../store/store.ts';
import { WriteTimeout } from '../store/store-error.ts';
import { type AcceptDeps, AdvanceFailed, acceptOnce, type Incoming } from './accept.ts';
import { askForm } from './ask-form.ts';
import { sealWith } from './audit-seal.ts';
import { readClick, rememberClick } from './click.ts';
import { LostRace } from './lost-race.ts';
import { createTurns } from './turns.ts';
import { noteRefusedPress, type Press } from './refused-press.ts';
import { troubleText, writeTrouble } from './write-notice.ts';

/** The store was too busy to take this now; whoever sent it repeats it (503). */
export class Busy extends Error {
  override readonly name = 'Busy';
}

export interface InboxDeps {
  store: Store;
  tokenKey: string;
  auditKey: string;
  directory: () => Directory;
  /** Where administrators are told of an event that could not be taken. */
  adminPlaces: () => readonly Place[];
  now: () => Temporal.Instant;
  /** Random and unguessable. */
  newId: () => string;
  /** Called after each commit: there may be something to send or to start. */
  committed: () => void;
  log: (message: string, details: Record<string, unknown>) => void;
}

export interface SaidMessage {
  id: string;
  person: string;
  place: Place;
  text: string;
  files: readonly string[];
  /** What is known of the files. */
  attached?: readonly SaidFile[];
  /** Where words are heard that were not said to the bot: whether these were. */
  addressed?: boolean;
  asProblem?: AsProblem;
}

export interface ClickedButton {
  id: string;
  person: string;
  place: Place;
  verb: string;
  token: string;
  inputs: Inputs;
}

/** A press on a button whose form has to be opened first. */
export interface AskedForm {
  id: string;
  person: string;
  place: Place;
  verb: string;
  token: string;
  /** The platform's own id of this person, and its leave to open a form for them. */
  userId: string;
  triggerId: string;
}

export interface Inbox {
  /** @throws {Busy} when the case was changed by others again and again */
  say(said: SaidMessage): Promise<Reply>;
  /** Platforms may not repeat a click, so a busy case is an answer here: press again. */
  click(clicked: ClickedButton): Promise<Reply>;
  /** `done`: the form is on its way; else why this person gets none. It changes nothing in the case. */
  open(asked: AskedForm): Promise<Reply>;
  /** Records a press that its channel refused, because it does not know who it was. Never throws. */
  refuse(press: Press & { because: string }): Promise<void>;
  /** An event of our own: a result, a timer, a webhook. Safe to repeat with the same id. @throws {Busy} */
  deliver(delivery: { id: string; caseId: string; event: Event }): Promise<Reply>;
}

const maxTries = 5;

export function createInbox(deps: InboxDeps): Inbox {
  const turns = createTurns();
  function run(key: string, id: string, work: Work): Promise<Reply> {
    return turns.take(key, () => tryOften(deps, id, work));
  }
  function accept(key: string, incoming: Incoming): Promise<Reply> {
    return run(key, incoming.id, (tx, stamp) => acceptOnce(tx, incoming, stamp));
  }
  return {
    say: ({ id, ...said }) => {
      const event: Event = { type: 'said', ...said };
      const key = `${said.place.platform}/${said.place.conversation}/${said.place.thread ?? id}`;
      return accept(key, { id, event, caseId: null, stale: false });
    },
    click: (clicked) =>
      orPressAgain(run(clicked.token, clicked.id, (tx, stamp) => acceptClick(tx, clicked, deps.tokenKey, stamp))),
    open: (asked) =>
      orPressAgain(run(asked.token, asked.id, (tx, stamp) => takeFormAsked(tx, asked, deps.tokenKey, stamp))),
    refuse: ({ because, ...press }) => refusePress(deps, press, refusedReply(because)),
    deliver: ({ id, caseId, event }) => accept(caseId, { id, event, caseId, stale: false }),
  };
}

type Work = (tx: Tx, stamp: AcceptDeps) => Promise<Reply>;

async function acceptClick(tx: Tx, clicked: ClickedButton, tokenKey: string, stamp: AcceptDeps): Promise<Reply> {
  const read = await readClick(tx, clicked, tokenKey);
  if (read.kind === 'answered') {
    return keepRefusal(tx, clicked, read.reply, tokenKey, stamp);
  }
  const incoming: Incoming = { id: clicked.id, event: read.event, caseId: read.caseId, stale: read.stale };
  const reply = await acceptOnce(tx, incoming, stamp);
  if (reply.outcome === 'done') {
    await rememberClick(tx, clicked);
  }
  return reply;
}

/** No event of the case is made of a press that opens no form. */
async function takeFormAsked(tx: Tx, asked: AskedForm, tokenKey: string, stamp: AcceptDeps): Promise<Reply> {
  return keepRefusal(tx, asked, await askForm(tx, asked, tokenKey, stamp), tokenKey, stamp);
}

async function keepRefusal(tx: Tx, press: Press, reply: Reply, tokenKey: string, stamp: AcceptDeps): Promise<Reply> {
  if (reply.outcome === 'refused') {
    await noteRefusedPress(tx, press, reply, { ...stamp, tokenKey });
  }
  return reply;
}

/** Whoever pressed has their answer already; that it could not be recorded is for the log. */
async function refusePress(deps: InboxDeps, press: Press, reply: Reply): Promise<void> {
  try {
    await tryOften(deps, press.id, async (tx, stamp) => keepRefusal(tx, press, reply, deps.tokenKey, stamp));
  } catch (error) {
    deps.log('A refused press could not be recorded', { press: press.id, reason: String(error) });
  }
}

const pressAgainReply = refusedReply(
  'Many things happen in this case at this moment, so I could not take this. Nothing was changed; press again.',
);

async function orPressAgain(taking: Promise<Reply>): Promise<Reply> {
  try {
    return await taking;
  } catch (error) {
    if (error instanceof Busy) {
      return pressAgainReply;
    }
    throw error;
  }
}

async function tryOften(deps: InboxDeps, id: string, work: Work): Promise<Reply> {
  const { auditKey, newId: newTokenId } = deps;
  const stamp: AcceptDeps = { auditKey, newTokenId, directory: deps.directory(), now: deps.now() };
  for (let tries = 1; tries <= maxTries; tries += 1) {
    try {
      const reply = await deps.store.write((tx) => work(tx, stamp));
      deps.committed();
      return reply;
    } catch (error) {
      if (error instanceof AdvanceFailed) {
        return keepFailed(deps, id, error);
      }
      if (error instanceof WriteTimeout || hasCode(error, waitedTooLong)) {
        break;
      }
      if (!(error instanceof LostRace) && !hasCode(error, lostRaces)) {
        throw error;
      }
    }
  }
  throw new Busy(`Taking event ${id}: the case is changed by others again and again. Send it again in a moment.`);
}

/** PostgreSQL's words for two transactions that got into each other's way. */
const lostRaces: ReadonlySet<string> = new Set(['40001', '40P01']);
/** PostgreSQL's words for one that waited for another until its time was over. */
const waitedTooLong: ReadonlySet<string> = new Set(['57014', '55P03']);

function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof Error && 'code' in error && codes.has(String(error.code));
}

/** An event that the flow cannot take is kept with its reason: never lost, never tried for ever. */
async function keepFailed(deps: InboxDeps, id: string, error: AdvanceFailed): Promise<Reply> {
  const { caseId, at, event, message } = error;
  deps.log('An event could not be taken and is kept as failed', { event: id, case: caseId, reason: message });
  const reply = await deps.store.write(async (tx) => {
    const held = await holdCase(tx, caseId);
    const kept = await failEvent(tx, { id, caseId, at, event, reply: troubleReply, failed: message });
    if (!kept) {
      // Another replica took it meanwhile; what it answered counts.
      return (await findEvent(tx, id))?.reply ?? troubleReply;
    }
    const payload = { id, event, because: message, reply: troubleReply };
    await noteIn(tx, held, { caseId, at, type: 'event-not-taken', payload, seal: sealWith(deps.auditKey) });
    const adminPlaces = deps.adminPlaces();
    await writeTrouble(tx, { eventId: id, event, caseId, at, because: message, adminPlaces });
    return troubleReply;
  });
  deps.committed();
  return reply;
}

const troubleReply = refusedReply(troubleText);

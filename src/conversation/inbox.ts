/**
 * The one way in. Channels, webhooks, timers and finished effects all come through here, each as an event under an id;
 * what was accepted is stored before it is answered.
 */
import type { Event, Inputs, Place } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { failEvent } from '../store/events.ts';
import type { Store, Tx } from '../store/store.ts';
import { type AcceptDeps, AdvanceFailed, acceptOnce, type Incoming } from './accept.ts';
import { readClick, rememberClick } from './click.ts';
import { LostRace } from './lost-race.ts';
import { createTurns } from './turns.ts';

/** The store was too busy to take this now; the platform repeats it (503), a person is asked to press again. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

export interface InboxDeps {
  store: Store;
  tokenKey: string;
  auditKey: string;
  directory: () => Directory;
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
}

export interface ClickedButton {
  id: string;
  person: string;
  place: Place;
  verb: string;
  token: string;
  inputs: Inputs;
}

export interface Inbox {
  say(said: SaidMessage): Promise<Reply>;
  click(clicked: ClickedButton): Promise<Reply>;
  /** An event of our own: a result, a timer, a webhook. Safe to repeat with the same id. */
  deliver(delivery: { id: string; caseId: string; event: Event }): Promise<Reply>;
}

const maxTries = 5;

export function createInbox(deps: InboxDeps): Inbox {
  const turns = createTurns();
  const run = (key: string, id: string, work: (tx: Tx) => Promise<Reply>): Promise<Reply> =>
    turns.take(key, () => tryOften(deps, id, work));
  return {
    say: ({ id, ...said }) => {
      const event: Event = { type: 'said', ...said };
      const key = `${said.place.platform}/${said.place.conversation}/${said.place.thread ?? id}`;
      return run(key, id, (tx) => acceptOnce(tx, { id, event, caseId: null, stale: false }, acceptDeps(deps)));
    },
    click: (clicked) => run(clicked.token, clicked.id, (tx) => acceptClick(tx, clicked, deps)),
    deliver: ({ id, caseId, event }) =>
      run(caseId, id, (tx) => acceptOnce(tx, { id, event, caseId, stale: false }, acceptDeps(deps))),
  };
}

function acceptDeps(deps: InboxDeps): AcceptDeps {
  return { auditKey: deps.auditKey, directory: deps.directory(), now: deps.now(), newTokenId: deps.newId };
}

async function acceptClick(tx: Tx, clicked: ClickedButton, deps: InboxDeps): Promise<Reply> {
  const read = await readClick(tx, clicked, deps.tokenKey);
  if (read.kind === 'answered') {
    return read.reply;
  }
  const incoming: Incoming = { id: clicked.id, event: read.event, caseId: read.caseId, stale: read.stale };
  const reply = await acceptOnce(tx, incoming, acceptDeps(deps));
  if (reply.outcome === 'done') {
    await rememberClick(tx, clicked);
  }
  return reply;
}

async function tryOften(deps: InboxDeps, id: string, work: (tx: Tx) => Promise<Reply>): Promise<Reply> {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    try {
      const reply = await deps.store.write(work);
      deps.committed();
      return reply;
    } catch (error) {
      if (error instanceof AdvanceFailed) {
        return keepFailed(deps, id, error);
      }
      if (!isConflict(error)) {
        throw error;
      }
    }
  }
  throw new Busy(
    `Taking event ${id}: the case was changed by others ${maxTries} times in a row. Send it again in a moment.`,
  );
}

/** PostgreSQL says 40001 or 40P01 when two transactions got into each other's way. */
function isConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return error instanceof LostRace || code === '40001' || code === '40P01';
}

/** An event that the flow cannot take is kept with its reason: never lost, never tried for ever. */
async function keepFailed(deps: InboxDeps, id: string, error: AdvanceFailed): Promise<Reply> {
  const { caseId, at, event, message } = error;
  deps.log('An event could not be taken and is kept as failed', { event: id, case: caseId, reason: message });
  await deps.store.write((tx) => failEvent(tx, { id, caseId, at, event, reply: failedReply, failed: message }));
  return failedReply;
}

const failedReply: Reply = {
  outcome: 'refused',
  because:
    'Something went wrong on my side, and nothing was changed. It is recorded for the administrator; try again, or write “help”.',
  errors: [],
};

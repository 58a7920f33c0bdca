/** What Bolt is asked for: it takes a request that passed the guard and calls back with what it is about. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Payload } from './schema.ts';

/** What goes back to Slack. */
export type Answer =
  | { kind: 'taken'; body: object | null }
  /** Not now: Slack repeats it. */
  | { kind: 'again' }
  /** It is not for this installation. */
  | { kind: 'refused'; because: string };

/** One request, on its way through Bolt. */
export interface Turn {
  /** As it came. */
  raw: Readonly<Record<string, unknown>>;
  payload: Payload;
  /** Null until somebody took it. */
  answer: Answer | null;
}

/** Never throws. */
export type Receive = (payload: Payload) => Promise<Answer>;

export interface Router {
  /** Bolt writes the answer itself; resolves when it is out. */
  http(turn: Turn, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Answer>;
  /** For what came by another way than HTTP: nothing is written. */
  run(turn: Turn): Promise<Answer>;
}

const statuses = { taken: 200, again: 503, refused: 403 } as const;

export function statusOf<Kind extends Answer['kind']>({ kind }: { kind: Kind }): (typeof statuses)[Kind] {
  return statuses[kind];
}

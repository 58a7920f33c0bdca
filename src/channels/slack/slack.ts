/** Slack as a channel: one half takes in what people do there, the other one says what the house has to say. */
import type { Channel } from '../channel.ts';
import type { Mount } from '../server.ts';
import type { SlackOptions } from './deps.ts';
import { createSlackOut } from './out.ts';
import { createReceiving } from './receiving.ts';

export interface SlackChannel {
  channel: Channel;
  routes: Mount;
  /** False until Bolt is loaded, Slack has said where the app is installed, and the socket, where there is one, was open. */
  ready(): boolean;
  /** Waits for nothing that Slack has to do. */
  start(): Promise<void>;
  /** Takes nothing new, and lets what is under way finish. */
  stop(): Promise<void>;
}

/** For notes on their way out, after everything that could cause one has ended. */
const outGraceMs = 3_000;

export function createSlackChannel(options: SlackOptions): SlackChannel {
  const out = createSlackOut(options);
  const receiving = createReceiving(options, out);
  return {
    channel: { ...out.channel, openForm: (opening) => out.openForm(opening) },
    routes: receiving.routes,
    ready: () => receiving.ready(),
    start() {
      receiving.start();
      return Promise.resolve();
    },
    async stop() {
      await receiving.stop();
      await out.stop(outGraceMs);
    },
  };
}

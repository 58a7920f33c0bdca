/**
 * The local page: chat in the browser for a machine without Teams or Slack. It is a channel like the others, and its
 * own platform as well: the transcript in our database is what their servers are to them.
 */
import type { Channel } from '../channel.ts';
import type { App, Mount } from '../server.ts';
import type { WebDeps, WebOptions } from './deps.ts';
import { onlyThisMachine } from './guard.ts';
import { createNews } from './news.ts';
import { mountPage } from './page.ts';
import { mountChat } from './receive.ts';
import { createChannel } from './send.ts';
import { mountEvents } from './stream.ts';

export interface WebChannel {
  channel: Channel;
  routes: Mount;
  /** Paths that take plain bytes, for `startHttpServer`. */
  rawRoutes: ReadonlyMap<string, number>;
}

const maxFileBytes = 20 * 1024 * 1024;

export function createWebChannel(options: WebOptions): WebChannel {
  const deps: WebDeps = { ...options, news: createNews() };
  return {
    channel: createChannel(deps),
    routes: (app: App, closing: AbortSignal) => {
      app.use('/chat/*', onlyThisMachine());
      mountChat(app, deps);
      mountEvents(app, closing, deps);
      mountPage(app);
    },
    rawRoutes: new Map([['/chat/files', maxFileBytes]]),
  };
}

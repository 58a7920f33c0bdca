/** Server-sent events: one per new or changed message that the person may see, by `seq`, so that a reconnect goes on. */
import { streamSSE } from 'hono/streaming';
import type { App } from '../server.ts';
import type { WebDeps } from './deps.ts';
import { personNamed } from './person.ts';
import { showAll } from './render.ts';
import { After, parse } from './schema.ts';
import { newestSeq, newsFor } from './transcript.ts';

/** Short enough that proxies and browsers keep the connection, and a lost one is noticed. */
const heartbeatMs = 15_000;

export function mountEvents(app: App, closing: AbortSignal, deps: WebDeps): void {
  app.get('/chat/events', async (c) => {
    const person = personNamed(c.req.query('as'), deps);
    const goOn = c.req.header('last-event-id') ?? c.req.query('after');
    let cursor = goOn === undefined ? await newestSeq(deps.store.read) : parse(After, goOn);
    return streamSSE(
      c,
      async (stream) => {
        const gone = new AbortController();
        stream.onAbort(() => gone.abort());
        const end = AbortSignal.any([gone.signal, closing]);
        await stream.write(': welcome\nretry: 1000\n\n');
        while (!end.aborted) {
          const count = deps.news.count();
          for (const message of await showAll(await newsFor(deps.store.read, person, cursor), person, deps)) {
            cursor = message.seq;
            await stream.writeSSE({ id: String(message.seq), event: 'message', data: JSON.stringify(message) });
          }
          const hasNews = await deps.news.after(count, heartbeatMs, end);
          if (!hasNews && !end.aborted) {
            await stream.write(': still here\n\n');
          }
        }
      },
      // The person's browser connects again by itself; there is nobody else to tell.
      () => Promise.resolve(),
    );
  });
}

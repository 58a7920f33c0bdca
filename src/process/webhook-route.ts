/** Mounts the desk's webhook. The raw bytes are verified before anything of them is read. */
import type { App } from '../channels/server.ts';
import type { Inbox } from '../conversation/inbox.ts';
import type { Store } from '../store/store.ts';
import { receiveWebhook } from '../tickets/webhook.ts';
import { now } from './core.ts';
import type { Logs } from './log.ts';

export function mountDeskWebhook(
  app: App,
  deps: { secret: () => string | null; store: Store; inbox: Inbox; logs: Logs },
): void {
  app.post('/zendesk/webhook', async (c) => {
    const answer = await receiveWebhook(
      { headers: c.req.header(), rawBody: c.get('rawBody') },
      {
        secret: deps.secret,
        read: deps.store.read,
        deliver: (event) => deps.inbox.deliver(event),
        now,
        log: deps.logs.warn,
      },
    );
    if (answer.retryAfterSeconds !== null) {
      c.header('Retry-After', String(answer.retryAfterSeconds));
    }
    return c.json({ because: answer.because }, answer.status);
  });
}

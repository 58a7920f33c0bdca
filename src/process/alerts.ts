/** Mounts the route for alerts of Azure, when the environment says whose they may be. */
import { createAlertGate } from '../azure/alert-token.ts';
import { receiveAlert } from '../azure/alerts.ts';
import type { Mount } from '../channels/server.ts';
import type { Config } from '../config/load.ts';
import type { Inbox } from '../conversation/inbox.ts';
import type { Store } from '../store/store.ts';
import { now } from './core.ts';
import type { Logs } from './log.ts';
import type { LiveSettings } from './settings.ts';

export interface AlertRouteDeps {
  store: Store;
  inbox: Inbox;
  settings: LiveSettings;
  logs: Logs;
}

/** Without its variables there is no such route. */
export function alertMounts({ alerts }: Pick<Config, 'alerts'>, deps: AlertRouteDeps): Mount[] {
  if (alerts === null) {
    return [];
  }
  const { inbox, logs, settings, store } = deps;
  const gate = createAlertGate({ ...alerts, application: () => settings.file().alerts.application, now });
  const tellRefusal = quietLog(logs);
  return [
    (app) =>
      app.post('/azure/alerts', async (c) => {
        const request = { authorization: c.req.header('authorization'), rawBody: c.get('rawBody') };
        const answer = await receiveAlert(request, {
          gate,
          store,
          environments: () => settings.current().environments,
          deliver: (event) => inbox.deliver(event),
          now,
          log: logs.warn,
        });
        if (answer.status !== 200) {
          tellRefusal(answer);
        }
        if (answer.status === 503) {
          c.header('Retry-After', '5');
        }
        return c.json({ because: answer.because }, answer.status);
      }),
  ];
}

const quietMs = 60_000;

/** The first refusal for each reason at once, then at most one a minute: strangers must not flood the log. */
function quietLog(logs: Logs): (refusal: { status: number; because: string }) => void {
  /** By reason, of which there are about ten. */
  const toldAt = new Map<string, number>();
  return ({ status, because }) => {
    const at = now().epochMilliseconds;
    if (Math.abs(at - (toldAt.get(because) ?? Number.NEGATIVE_INFINITY)) >= quietMs) {
      toldAt.set(because, at);
      logs.warn('A request to the alert route was refused', { status, because });
    }
  };
}

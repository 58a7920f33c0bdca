/** The desk as configured, and the webhook by which it tells us of changes. */
import type { ZendeskConfig } from '../config/zendesk.ts';
import type { Desk } from '../tickets/work.ts';
import { connectZendesk } from '../tickets/zendesk.ts';
import type { Logs } from './log.ts';

type Connected = Exclude<ZendeskConfig, { kind: 'simulator' }>;

export function openDesk(config: Connected): Desk {
  const credential = config.credential.kind === 'test-token' ? { kind: 'stand-in' as const } : config.credential;
  return { client: connectZendesk({ url: config.url, credential }), apiUrl: config.url };
}

const subscriptions = [
  'status_changed',
  'comment_added',
  'priority_changed',
  'merged',
  'soft_deleted',
  'permanently_deleted',
].map((name) => `zen:event-type:ticket.${name}`);

export interface WebhookSecret {
  /** Null until it is known. */
  current(): string | null;
  /** Stops trying to register. */
  stop(): void;
}

const retryMs = 15_000;

/**
 * A secret of the settings wins; else the bot registers its webhook and reads the secret that the desk made. A desk that
 * does not answer is asked again, because without the webhook cards stand still.
 */
export function openWebhookSecret(config: Connected, desk: Desk, endpoint: string, logs: Logs): WebhookSecret {
  let secret = config.webhookSecret;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function register(): Promise<void> {
    try {
      const registered = await desk.client.registerWebhook({ name: 'Causeway', endpoint, subscriptions });
      secret = registered.signingSecret;
      logs.info('The webhook is registered at the desk', { endpoint });
    } catch (error) {
      logs.warn('Registering the webhook at the desk; it is tried again', { endpoint, reason: String(error) });
      if (!stopped) {
        timer = setTimeout(() => void register(), retryMs);
        timer.unref();
      }
    }
  }

  if (secret === null) {
    void register();
  }
  return {
    current: () => secret,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

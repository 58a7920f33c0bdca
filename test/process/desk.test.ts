import { describe, expect, it, onTestFinished } from 'vitest';
import type { ZendeskConfig } from '../../src/config/zendesk.ts';
import { openDesk, openWebhookSecret, type WebhookSecret } from '../../src/process/desk.ts';
import type { Rights } from '../../src/tickets/desk.ts';
import { type Desk, openDesk as simulate } from '../simulators/zendesk/desk.ts';

type Connected = Exclude<ZendeskConfig, { kind: 'simulator' }>;

const endpoint = 'http://127.0.0.1:9/zendesk/webhook';
const quick = { retryMs: 20, refusedMs: 20, refreshMs: 20 };

interface Scene {
  simulated: Desk;
  webhook: WebhookSecret;
  said: string[];
}

async function scene(change: Partial<Connected> = {}, rights: Rights = 'agent', faults: object[] = []): Promise<Scene> {
  const simulated = await simulate();
  await simulated.control('faults', faults);
  const config: Connected = {
    kind: 'stand-in',
    url: `${simulated.origin}/api/v2`,
    webhookSecret: null,
    credential: { kind: 'test-token' },
    ...change,
  } as Connected;
  const said: string[] = [];
  function log(message: string): void {
    said.push(message);
  }
  const desk = openDesk({ ...config, kind: 'stand-in' }, { rights: () => rights });
  const webhook = openWebhookSecret(config, desk, endpoint, { info: log, warn: log, error: log }, quick);
  onTestFinished(() => webhook.stop());
  return { simulated, webhook, said };
}

async function webhooks({ simulated }: Scene): Promise<number> {
  return (await simulated.world()).webhooks.length;
}

describe('the webhook of the desk', () => {
  it('is registered at start, and its secret is read', async () => {
    const bot = await scene();

    await expect.poll(() => bot.webhook.current()).toEqual(expect.any(String));
    expect(bot.webhook.isTold()).toBe(true);
    expect(await webhooks(bot)).toBe(1);
  });

  it('is followed when its secret is renewed at the desk, and when somebody deletes it there', async () => {
    const bot = await scene();
    await expect.poll(() => bot.webhook.current()).not.toBeNull();
    const before = bot.webhook.current();
    const [{ id } = { id: '' }] = (await bot.simulated.world()).webhooks as { id: string }[];

    await bot.simulated.call('POST', `webhooks/${id}/signing_secret`);
    await expect.poll(() => bot.webhook.current()).not.toBe(before);
    await bot.simulated.call('DELETE', `webhooks/${id}`);

    await expect.poll(() => webhooks(bot)).toBe(1);
  });

  it('of the settings wins, and nothing is registered', async () => {
    const bot = await scene({ webhookSecret: 'by hand' });

    expect([bot.webhook.current(), bot.webhook.isTold()]).toEqual(['by hand', true]);
    expect(await webhooks(bot)).toBe(0);
  });

  it('is not tried with the rights of an end user', async () => {
    const bot = await scene({}, 'end-user');

    await expect.poll(() => bot.said).toEqual([expect.stringContaining('read again from time to time')]);
    expect(bot.webhook.isTold()).toBe(false);
    expect(await bot.simulated.requests()).toEqual([]);
  });

  it('that the account may not register is told once, with what to do by hand', async () => {
    const credential = { kind: 'api-token', email: 'robin.devries@desk.example.com', token: 'abc' } as const;
    const bot = await scene({ credential });

    await expect.poll(async () => (await bot.simulated.requests()).length).toBeGreaterThan(2);
    expect(bot.said).toEqual([expect.stringContaining('ZENDESK_WEBHOOK_SECRET')]);
    expect(bot.webhook.isTold()).toBe(false);
  });

  it('is tried again after trouble', async () => {
    const bot = await scene({}, 'agent', [
      { match: { method: 'POST', path: '/webhooks' }, fault: 'drop-answer', times: 1 },
    ]);

    await expect
      .poll(() => bot.said)
      .toEqual(['Registering the webhook at the desk; it is tried again', 'The webhook is registered at the desk']);
    expect(bot.webhook.isTold()).toBe(true);
    expect(await webhooks(bot)).toBe(1);
  });

  it('that no real desk could reach is not registered there', async () => {
    const bot = await scene({ kind: 'desk', credential: { kind: 'api-token', email: 'a@example.com', token: 'abc' } });

    await expect
      .poll(() => bot.said)
      .toEqual([expect.stringContaining('30 April 2027'), expect.stringContaining('set PUBLIC_URL')]);
    expect(await bot.simulated.requests()).toEqual([]);
  });
});

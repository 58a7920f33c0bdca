/** The same without a public address: everything comes over a socket that the bot opens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForApproval } from './connection.ts';
import { type House, openHouse } from './house.ts';
import { offersIn, titled, verbsOf, waitFor, wordsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse({ socket: true });
});

afterAll(async () => {
  await house.close();
});

describe.concurrent('Socket Mode', { timeout: 60_000 }, () => {
  it('carries a connection from the first sentence to the proof', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { approval, thread } = await askForApproval(house, channel);

    await slack.press('requester', approval, 'approve');
    await slack.whispered('requester', 'somebody else');
    await slack.press('approver-1', approval, 'approve');

    await slack.heard('the proof', offersIn(channel, 'judge-output', thread));
    const { deliveries } = (await slack.world()) as unknown as { deliveries: { attempts: { via: string }[] }[] };
    const ways = new Set(deliveries.flatMap(({ attempts }) => attempts.map(({ via }) => via)));
    expect([...ways]).toEqual(['socket']);
  });

  it('answers a command in the answer itself, and a form at its fields', async () => {
    const { slack } = house;
    const channel = house.newChannel();

    const refused = await slack.move('command', { user: 'U0AGENT', channel, text: 'x'.repeat(9_000) });
    await slack.move('command', { user: 'U0AGENT', channel, text: 'prod is down since 8, recovery did nothing' });
    const triage = await slack.heard('the question', offersIn(channel, 'triage-continue'));
    await slack.fill('agent', triage, 'triage-continue', { faultLocation: 'unknown' });
    const verdict = await slack.heard('the verdict', offersIn(channel, 'preview-ticket'));
    await slack.press('agent', verdict, 'preview-ticket');
    const preview = await slack.heard('the preview', offersIn(channel, 'open-ticket'));
    const wrong = await slack.fill('agent', preview, 'open-ticket', { subject: ' ' });

    expect(JSON.stringify(refused.body)).toContain('at most 8000 characters');
    expect(wordsOf(preview)).toContain('recovery did nothing');
    expect(Object.keys(wrong.errors ?? {})).toEqual(['subject']);
    expect(verbsOf(preview)).toContain('open-ticket');
    await slack.submit('agent', wrong.view, { subject: 'Down' });
    await slack.heard('the ticket’s card', titled('Ticket'));
  });
});

it('Socket Mode goes on when Slack closes the connection, and hears a repeated event once', async () => {
  const { slack } = house;
  const channel = house.newChannel();
  const said = await slack.say('requester', 'prod is down since 8', { channel });
  const triage = await slack.heard('the question', offersIn(channel, 'triage-continue', said.ts));

  await slack.control('disconnect', { reason: 'refresh_requested' });
  await waitFor('another connection', async () => {
    const { connections } = (await slack.control('settings', {})) as { connections: number };
    return connections > 0 ? true : undefined;
  });
  await slack.move('redeliver', { id: said.id });
  const sent = await slack.fill('requester', triage, 'triage-continue', { faultLocation: 'unknown' });

  const verdict = await slack.heard('the verdict', offersIn(channel, 'preview-ticket', said.ts));
  expect(sent.view).toBeNull();
  expect(verdict.ts).toBe(triage.ts);
  expect(await slack.written(channel)).toHaveLength(1);
});

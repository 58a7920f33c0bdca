import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForApproval } from './connection.ts';
import { type House, openHouse, shared } from './house.ts';
import { offersIn, userOf, waitFor } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

async function homeOf(person: string): Promise<string> {
  await house.slack.move('home', { user: userOf(person) });
  const home = await waitFor('the App Home', async () => (await house.slack.world()).homes[userOf(person)]);
  return JSON.stringify(home);
}

describe('the App Home and the lists', { timeout: 60_000 }, () => {
  it('show one’s own open tickets and what waits for one’s decision, to nobody else', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts: thread } = await slack.say('agent', 'prod is down since 8, recovery button did nothing, pls help', {
      channel,
    });
    const triage = await slack.heard('the question', offersIn(channel, 'triage-continue', thread));
    await slack.fill('agent', triage, 'triage-continue', { faultLocation: 'unknown' });
    const verdict = await slack.heard('the verdict', offersIn(channel, 'preview-ticket', thread));
    await slack.press('agent', verdict, 'preview-ticket');
    const preview = await slack.heard('the preview', offersIn(channel, 'open-ticket', thread));
    await slack.fill('agent', preview, 'open-ticket');
    await slack.heard('the card', offersIn(channel, 'send-reply', thread));
    const number = String((await house.tickets())[0]?.id);
    await askForApproval(house, house.newChannel());

    const agent = await homeOf('agent');
    const approver = await homeOf('approver-2');
    const requester = await homeOf('requester');

    expect(agent).toContain(`Ticket ${number} · Open`);
    expect(agent).toContain('start-connect');
    expect(agent).not.toContain('waits for you');
    expect(approver).toContain('One approval waits for you');
    expect(requester).not.toContain('waits for you');
    expect(requester).not.toContain(`Ticket ${number}`);
    await slack.say('approver-1', 'tickets of this channel', { channel });
    const list = await slack.whispered('approver-1', 'Tickets of this conversation: 1 open');
    expect(JSON.stringify(list)).toContain(`Ticket ${number}`);
    await slack.say('agent', 'my tickets', { channel: shared });
    await slack.whispered('agent', 'Your tickets: 1 open');
    expect(JSON.stringify(await slack.written(shared))).not.toContain(`Ticket ${number}`);
  });
});

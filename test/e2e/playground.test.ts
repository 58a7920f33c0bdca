import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasButton } from '../../src/demo/card.ts';
import { findChromium } from './house.ts';
import { openTeamsHouse, type TeamsHouse } from './playground/house.ts';
import { findPlayground } from './playground/install.ts';
import { takePicture } from './playground/picture.ts';
import { cardSaying, cardWith, pressOn, threadOf } from './playground/room.ts';

const chromium = findChromium();
const playground = chromium === null ? null : findPlayground();

describe.skipIf(playground === null)('in Teams, as Microsoft’s playground shows it', () => {
  let house: TeamsHouse;

  beforeAll(async () => {
    house = await openTeamsHouse(playground ?? '', chromium ?? '');
  }, 90_000);

  afterAll(async () => {
    await house.close();
  });

  it('connects a network in the personal chat, from the first sentence to the proof', async () => {
    const { page, say } = await house.enter('personal');
    await page.getByText('Hello, I am Causeway.').first().waitFor();
    await takePicture('teams-welcome', page);

    await say('connect mendix-prod to hub-vnet for app orders');
    await cardWith(page, 'Continue').waitFor();
    await takePicture('teams-connect-form', cardWith(page, 'Continue'));
    await pressOn(page, 'Continue');
    await cardWith(page, 'Use peering').waitFor();
    await takePicture('teams-connect-method', cardWith(page, 'Use peering'));
    await pressOn(page, 'Use peering');
    const plan = cardWith(page, 'Ask for approval');
    await plan.waitFor();
    expect(await plan.innerText()).toContain('5 changes in 2 subscriptions');
    await takePicture('teams-connect-plan', plan);
    await pressOn(page, 'Ask for approval');
    await page.getByText('Waiting for the person on call').first().waitFor();
    await takePicture('teams-connect-waiting', page);

    await approve();

    await page.getByText('Set up correctly, not yet tried').first().waitFor();
    const result = cardWith(page, 'Check the answer');
    await takePicture('teams-connect-result', result);
    await result
      .getByRole('textbox')
      .fill('Name: orders.azure.mendixapps.io\nAddress: 192.168.0.10\nconnected-to-192.168.0.10-exit-0');
    await pressOn(page, 'Check the answer');
    await page.getByText('Connected, and it works').first().waitFor();
    await takePicture('teams-connect-done', cardSaying(page, 'Connected, and it works'));
    // One living card: nothing of the steps before is left to press.
    expect(await page.getByRole('button', { name: /^(?:Continue|Use peering|Ask for approval)$/ }).count()).toBe(0);
    await expectConnected();
    expect(house.complaints).toEqual([]);
  });

  /** The playground knows one person only, so the decision is made on the local page. */
  async function approve(): Promise<void> {
    const { chat } = house;
    const asked = await chat.waitFor('approver-1', 'on-call', 'the approval card', ({ card }) =>
      hasButton(card, 'approve'),
    );
    const mine = await chat.waitFor('requester', 'on-call', 'the same card', ({ id }) => id === asked.id);

    // Rosa of the local page and Rosa of Teams are one person.
    expect(await chat.press('requester', 'on-call', mine, 'approve')).toMatchObject({ outcome: 'refused' });
    expect(await chat.press('approver-1', 'on-call', asked, 'approve')).toMatchObject({ outcome: 'done' });
  }

  async function expectConnected(): Promise<void> {
    const { world } = house;
    const network = Object.keys(await world.resources()).find((id) => id.endsWith('/virtualnetworks/hub-vnet')) ?? '';
    expect(await world.resolve(network, 'orders.azure.mendixapps.io')).toMatchObject({ addresses: ['192.168.0.10'] });
    expect(await world.reach(network, '192.168.0.10', 443)).toMatchObject({ open: true });
  }

  it('takes a ticket through its life in a group chat, beginning with a mention', async () => {
    const { mention, page } = await house.enter('group');
    await mention('prod is down since 8, recovery button did nothing, pls help');
    await page.getByText('This looks like a production outage').first().waitFor();
    await takePicture('teams-triage', page);
    await pressOn(page, 'Continue');
    await cardWith(page, 'Prepare the ticket').waitFor();
    await takePicture('teams-verdict', cardWith(page, 'Prepare the ticket'));
    await pressOn(page, 'Prepare the ticket');

    const preview = cardWith(page, 'Open the ticket');
    await preview.getByRole('textbox', { name: /Subject/ }).fill('');
    await pressOn(page, 'Open the ticket');
    await preview.getByText('needs a subject').first().waitFor();
    await preview.getByRole('textbox', { name: /Subject/ }).fill('Production cannot be reached');
    await takePicture('teams-ticket-preview', preview);
    await pressOn(page, 'Open the ticket');
    await cardWith(page, 'Send to support').waitFor();

    await talk(page);
    expect(house.complaints).toEqual([]);
  });

  async function talk(page: Page): Promise<void> {
    const { chat, world } = house;
    const ticket = (await world.tickets()).find(({ subject }) => subject === 'Production cannot be reached');
    const id = ticket?.id ?? 0;

    await world.agent({ ticket: id, move: 'comment', public: true, text: 'We restarted the ingress controller.' });
    await page.getByText('We restarted the ingress controller.').first().waitFor();
    await world.agent({ ticket: id, move: 'status', status: 'pending' });
    await page.getByText('awaiting your reply').first().waitFor();
    // The card is edited after the call was posted, and what stands in its fields goes with the edit.
    await cardWith(page, 'Send to support').getByText('Awaiting your reply').first().waitFor();
    await takePicture('teams-ticket', cardWith(page, 'Send to support'));

    await cardWith(page, 'Send to support').getByRole('textbox').fill('It works again, thank you.');
    await pressOn(page, 'Send to support');
    await expect.poll(() => commentsOf(id), { timeout: 30_000 }).toContain('It works again, thank you.');

    await world.agent({ ticket: id, move: 'status', status: 'solved' });
    await cardWith(page, 'Reopen').waitFor();
    await takePicture('teams-ticket-solved', page);
    await chat.waitFor('agent', 'support', 'the solved ticket', ({ card }) => hasButton(card, 'reopen'));
  }

  async function commentsOf(id: number): Promise<string[]> {
    const ticket = (await house.world.tickets()).find((known) => known.id === id);
    return ticket?.comments.map((comment) => comment.body) ?? [];
  }

  it('answers in the thread of the channel that asked, each case in its own', async () => {
    const { mention, page, reply } = await house.enter('channel');
    const question = 'what happens if we delete the managed application?';
    await mention(question);
    const answered = threadOf(page, question);
    await answered.locator('.ac-adaptiveCard').first().waitFor();

    const wish = 'connect mendix-acc to spoke-7-vnet for app orders';
    await mention(wish);
    const connecting = threadOf(page, wish);
    await connecting.getByRole('button', { name: 'Continue', exact: true }).waitFor();
    await reply(connecting, 'continue');
    await connecting.getByRole('button', { name: 'Use Private Link', exact: true }).waitFor();

    // A warning, and the answer below it.
    await expect.poll(() => answered.locator('.ac-adaptiveCard').count()).toBe(2);
    expect(await connecting.locator('.ac-adaptiveCard').count()).toBe(1);
    await takePicture('teams-thread', connecting);
    await takePicture('teams-channel', answered);
    expect(house.complaints).toEqual([]);
  });
});

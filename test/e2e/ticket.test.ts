import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardWith, findChromium, goTo, type House, openHouse, pressOn } from './house.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('a ticket in the browser, as a new user', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse(chromium ?? '');
  });

  afterAll(async () => {
    await house.close();
  });

  it('goes from the cry to the solved ticket', async () => {
    const page = await house.visit('requester');
    await page.getByRole('button', { name: /Report a problem/ }).click();
    const file = { name: 'error.log', mimeType: 'text/plain', buffer: Buffer.from('ERROR') };
    await page.getByLabel('Attach files').first().setInputFiles(file);
    await page.getByRole('textbox', { name: 'Write to Team' }).press('Enter');
    await page.getByText('error.log (5 bytes) goes along', { exact: false }).first().waitFor();
    await page.getByText('This looks like a production outage').first().waitFor();
    await house.picture('triage', page);
    await pressOn(page, 'Continue');

    const verdict = cardWith(page, 'Prepare the ticket');
    await verdict.waitFor();
    await house.picture('verdict', verdict);
    await pressOn(page, 'Prepare the ticket');

    const preview = cardWith(page, 'Open the ticket');
    await preview.getByRole('textbox', { name: /Subject/ }).fill('');
    await pressOn(page, 'Open the ticket');
    await preview.getByText('needs a subject', { exact: false }).first().waitFor();
    await preview.getByRole('textbox', { name: /Subject/ }).fill('Production cannot be reached');
    await house.picture('ticket-preview', preview);
    await pressOn(page, 'Open the ticket');
    await cardWith(page, 'Send to support').waitFor();

    await talk(page);
    expect(house.complaints).toEqual([]);
  });

  async function talk(page: Awaited<ReturnType<House['visit']>>): Promise<void> {
    const ticket = (await house.world.tickets()).find((known) => known.external_id !== null);
    const id = ticket?.id ?? 0;
    expect(ticket?.subject).toBe('Production cannot be reached');
    expect(JSON.stringify(ticket)).toContain('error.log');

    await house.world.agent({
      ticket: id,
      move: 'comment',
      public: true,
      text: 'We restarted the ingress controller.',
    });
    await page.getByText('We restarted the ingress controller.').first().waitFor();
    await house.world.agent({ ticket: id, move: 'status', status: 'pending' });
    await page.getByText('awaiting your reply', { exact: false }).first().waitFor();
    await house.picture('ticket', cardWith(page, 'Send to support'));

    await cardWith(page, 'Send to support').getByRole('textbox').fill('It works again, thank you.');
    await pressOn(page, 'Send to support');
    await page.getByText('It works again, thank you.').first().waitFor();
    await expect.poll(async () => commentsOf(id), { timeout: 20_000 }).toContain('It works again, thank you.');

    await house.world.agent({ ticket: id, move: 'status', status: 'solved' });
    await cardWith(page, 'Reopen').waitFor();
    await goTo(page, 'Support');
    await cardWith(page, 'Reopen').waitFor();
    await house.picture('ticket-solved', page);
    await pressOn(page, 'Yes, it helped');
    await page.getByText('said that it helped', { exact: false }).first().waitFor();
    await goTo(page, 'Team');
    await page.getByRole('textbox', { name: 'Write to Team' }).fill('my tickets');
    await page.getByRole('textbox', { name: 'Write to Team' }).press('Enter');
    await page.getByText('Your tickets: none is open').first().waitFor();
    await house.picture('ticket-list', page);
  }

  async function commentsOf(id: number): Promise<string[]> {
    const ticket = (await house.world.tickets()).find((known) => known.id === id);
    return ticket?.comments.map((comment) => comment.body) ?? [];
  }
});

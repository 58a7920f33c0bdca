import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { become, cardWith, findChromium, goTo, type House, openHouse, pressOn } from './house.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('connecting a network in the browser, as a new user', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse(chromium ?? '');
  }, 30_000);

  afterAll(async () => {
    await house.close();
  });

  it('goes from the first sentence to the proof', async () => {
    const page = await house.visit('requester');
    await page.getByRole('button', { name: /Connect a network/ }).waitFor();
    await house.picture('welcome', page);

    await page.getByRole('button', { name: /Connect a network/ }).click();
    await page.getByRole('textbox', { name: 'Write to Team' }).press('Enter');
    await cardWith(page, 'Continue').waitFor();
    await house.picture('connect-form', page);
    await pressOn(page, 'Continue');

    await cardWith(page, 'Use peering').waitFor();
    await house.picture('connect-method', page);
    await pressOn(page, 'Use peering');

    const plan = cardWith(page, 'Ask for approval');
    await plan.waitFor();
    expect(await plan.innerText()).toContain('5 changes in 2 subscriptions');
    await house.picture('connect-plan', plan);
    await pressOn(page, 'Ask for approval');
    await page.getByText('Waiting for the person on call', { exact: false }).first().waitFor();

    await approve();

    await page.getByText('Set up correctly, not yet tried').first().waitFor({ timeout: 60_000 });
    await page
      .getByText(/^\W*Connected$/)
      .first()
      .waitFor();
    await house.picture('connect-result', cardWith(page, 'Check the answer'));
    await proveIt(page);
    await house.picture('connect-done', page);
    expect(house.complaints).toEqual([]);
  });

  async function approve(): Promise<void> {
    const mine = await house.visit('requester', 'on-call');
    await cardWith(mine, 'Approve').waitFor();
    await pressOn(mine, 'Approve');
    await mine.getByText('You asked for this plan, so somebody else has to decide', { exact: false }).first().waitFor();

    await become(mine, 'Anna Approver');
    await goTo(mine, 'On call');
    await cardWith(mine, 'Approve').waitFor();
    await house.picture('approval', cardWith(mine, 'Approve'));
    const other = await house.visit('approver-2', 'on-call');
    await cardWith(other, 'Approve').waitFor();

    await pressOn(mine, 'Approve');
    await mine
      .getByText(/Decided .*approved by Anna Approver/)
      .first()
      .waitFor();
    await other
      .getByText(/Decided .*approved by Anna Approver/)
      .first()
      .waitFor();
    await mine.close();
    await other.close();
  }

  async function proveIt(page: Awaited<ReturnType<House['visit']>>): Promise<void> {
    const card = cardWith(page, 'Check the answer');
    await card
      .getByRole('textbox')
      .fill('Name: orders.azure.mendixapps.io\nAddress: 192.168.0.10\nconnected-to-192.168.0.10-exit-0');
    await pressOn(page, 'Check the answer');
    await page.getByText('Connected, and it works').first().waitFor();
    const resources = await house.world.resources();
    const network = Object.keys(resources).find((id) => id.endsWith('/virtualnetworks/hub-vnet')) ?? '';
    expect(await house.world.resolve(network, 'orders.azure.mendixapps.io')).toMatchObject({
      addresses: ['192.168.0.10'],
    });
    expect(await house.world.reach(network, '192.168.0.10', 443)).toMatchObject({ open: true });
  }

  it('says which address ranges clash, and offers the other way', async () => {
    const page = await house.visit('requester');

    await page
      .getByRole('textbox', { name: 'Write to Team' })
      .fill('connect mendix-acc to spoke-7-vnet for app orders');
    await page.getByRole('textbox', { name: 'Write to Team' }).press('Enter');
    await cardWith(page, 'Continue').waitFor();
    await pressOn(page, 'Continue');

    const method = cardWith(page, 'Use Private Link');
    await method.waitFor();
    expect(await method.innerText()).toMatch(/192\.168\.4\.0\/22/);
    expect(await method.getByRole('button', { name: 'Use peering' }).count()).toBe(0);
  });

  it('shows what is wrong on the field, and keeps what was typed', async () => {
    const page = await house.visit('requester');
    await page.getByRole('textbox', { name: 'Write to Team' }).fill('connect mendix-prod to data-vnet');
    await page.getByRole('textbox', { name: 'Write to Team' }).press('Enter');
    const form = cardWith(page, 'Continue');
    await form.waitFor();

    await form.getByRole('textbox', { name: /Apps/ }).fill('or_ders');
    await pressOn(page, 'Continue');

    await form.getByText('is no DNS name', { exact: false }).first().waitFor();
    expect(await form.getByRole('textbox', { name: /Apps/ }).inputValue()).toBe('or_ders');
    await house.picture('connect-problem', form);
  });
});

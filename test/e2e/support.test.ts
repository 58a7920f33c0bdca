import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardWith, findChromium, type House, openHouse, pressOn } from './house.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('support in the browser', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse(chromium ?? '');
  });

  afterAll(async () => {
    await house.close();
  });

  async function write(page: Awaited<ReturnType<House['visit']>>, text: string): Promise<void> {
    const box = page.getByRole('textbox', { name: 'Write to Team' });
    await box.fill(text);
    await box.press('Enter');
  }

  it('lets a person see a verdict differently, with a reason', async () => {
    const page = await house.visit('requester');
    await write(page, 'prod is down since 8, recovery button did nothing, pls help');
    await pressOn(page, 'Continue');
    await pressOn(page, 'I see it differently');

    const form = cardWith(page, 'Change the verdict');
    await form.getByRole('radio', { name: 'High: first answer in less than 8 office hours' }).check();
    await pressOn(page, 'Change the verdict');
    await form.getByText('Say why', { exact: false }).first().waitFor();
    await form.getByRole('textbox', { name: /Why/ }).fill('only the nightly batch is down');
    await pressOn(page, 'Change the verdict');

    await page.getByText('Critical → High, because only the nightly batch is down').first().waitFor();
    await house.picture('verdict-changed', cardWith(page, 'Prepare the ticket'));
  });

  it('answers questions with the source, and warns before anything dangerous', async () => {
    const page = await house.visit('requester');
    await write(page, 'who patches the nodes?');
    const answer = cardWith(page, 'This is a problem: get support');
    await answer.getByText('Support for Mendix on Azure, Service Updates and Releases').waitFor();
    expect(await answer.getByRole('link', { name: 'Read the source' }).count()).toBe(1);
    await house.picture('answer', answer);

    await write(page, 'what happens if we delete the managed application?');
    await page.getByText('Stop and read this first').first().waitFor();
    const warning = page.locator('article.message').filter({ hasText: 'Stop and read this first' }).last();
    await house.picture('warning', warning);

    expect(house.complaints).toEqual([]);
  });

  it('hears once what somebody sends again because the answer was lost', async () => {
    const question = 'who patches the database servers?';
    const page = await house.visit('requester');
    await page.route(
      '**/chat/messages',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await write(page, question);
    await page.getByRole('alert').filter({ hasText: 'try again' }).waitFor();
    await page.getByRole('textbox', { name: 'Write to Team' }).press('Enter');

    const box = page.getByRole('textbox', { name: 'Write to Team' });
    await expect.poll(() => box.inputValue()).toBe('');
    await expect.poll(() => page.getByRole('alert').filter({ hasText: 'try again' }).count()).toBe(0);
    await page.getByText(`You asked: “${question}”`).waitFor();
    expect(await page.getByText(question, { exact: true }).count()).toBe(1);
    expect(await page.getByText(`You asked: “${question}”`).count()).toBe(1);
  });
});

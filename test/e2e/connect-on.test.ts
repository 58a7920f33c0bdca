import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleGroups } from '../../src/simulators/azure/example-world.ts';
import { cardWith, findChromium, type House, openHouse, pressOn } from './house.ts';
import { paths } from './paths.ts';
import type { Refusal, WorldParts } from './refusal.ts';
import { refusals } from './refusals.ts';

const chromium = findChromium();
const service = 'inventory.corp.example';

async function write(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Write to/ });
  await box.fill(text);
  await box.press('Enter');
}

/** The card of the thread that was begun last. */
function lastCard(page: Page): Locator {
  return page.locator('article.message').last();
}

/** Each of them is a button of the newest card, one after the other. */
async function walk(page: Page, text: string, titles: readonly string[]): Promise<void> {
  await write(page, text);
  await lastCard(page).getByText(text).waitFor();
  for (const title of titles) {
    await lastCard(page).getByRole('button', { name: title, exact: true }).click();
  }
}

/** Once the card with just these buttons is there. */
async function expectRead(card: Locator, { buttons, reads }: Refusal): Promise<void> {
  await expect.poll(() => titlesOf(card), { timeout: 15_000 }).toEqual(buttons);
  const text = plain(await card.innerText());
  for (const words of reads) {
    expect(text).toContain(words);
  }
}

/** As it is read, wherever a line was broken. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

async function titlesOf(card: Locator): Promise<string[]> {
  return (await card.getByRole('button').allInnerTexts()).map((title) => title.trim());
}

/** Somebody else has put a name of theirs into the zone that the plan made. */
function recordOfOthers(): WorldParts['resources'] {
  const id = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io/A/status`;
  const properties = { ttl: 300, aRecords: [{ ipv4Address: '10.20.1.9' }] };
  return { [id.toLowerCase()]: { id, name: 'status', type: 'Microsoft.Network/privateDnsZones/A', properties } };
}

describe.skipIf(chromium === null)('a connection in the browser, before and after its plan', () => {
  let house: House;
  let example: WorldParts;

  beforeAll(async () => {
    house = await openHouse(chromium ?? '');
    example = (await (await fetch(control('world'))).json()) as WorldParts;
  }, 30_000);

  afterAll(async () => {
    await house.close();
  });

  async function approve(): Promise<void> {
    const page = await house.visit('approver-1', 'on-call');
    await cardWith(page, 'Approve').waitFor();
    await pressOn(page, 'Approve');
    await page
      .getByText(/Decided .*approved by Anna Approver/)
      .last()
      .waitFor();
    await page.close();
  }

  async function addressesOf(name: string): Promise<string[]> {
    const resources = await house.world.resources();
    const network = Object.keys(resources).find((id) => id.endsWith('/virtualnetworks/mendix-prod-vnet')) ?? '';
    return (await house.world.resolve(network, name)).addresses;
  }

  function control(name: string): string {
    return `${house.processes.armUrl}/_sim/${name}`;
  }

  async function tell(name: string, body: unknown): Promise<void> {
    const response = await fetch(control(name), { method: 'POST', body: JSON.stringify(body) });
    expect(response.ok, await response.text()).toBe(true);
  }

  async function setUp({ unread, world }: Refusal): Promise<void> {
    const changed = structuredClone(example);
    world?.(changed);
    await tell('world', { arm: changed });
    if (unread !== undefined) {
      await tell('faults', [{ match: { method: 'GET', path: unread }, fault: 'authorization-failed', times: 1 }]);
    }
  }

  it('is asked for in the form, saved as Bicep, carried out, and undone', async () => {
    const page = await house.visit('requester');
    await write(page, 'connect');
    const form = cardWith(page, 'Continue');
    await form.getByRole('combobox', { name: /What should work/ }).selectOption('service');
    await form.getByRole('combobox', { name: /environment/ }).selectOption('mendix-prod');
    await pressOn(page, 'Continue');
    await form.getByRole('heading', { name: 'Which service must your apps reach?' }).waitFor();
    await form.getByRole('textbox', { name: /Name of the service/ }).fill(service);
    const link = await form.getByRole('option', { name: /^pls-inventory/ }).getAttribute('value');
    await form.getByRole('combobox', { name: /Private Link service/ }).selectOption(link);
    await house.picture('connect-service', form);
    await pressOn(page, 'Continue');
    await pressOn(page, 'Use Private Link');
    await pressOn(page, 'Bicep');

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save .*\.bicep$/ }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('Microsoft.Network/privateEndpoints');

    await pressOn(page, 'Ask for approval');
    await approve();
    await cardWith(page, 'Undo').waitFor({ timeout: 60_000 });
    expect(await addressesOf(service)).toHaveLength(1);

    await pressOn(page, 'Undo');
    await cardWith(page, 'Keep the connection').waitFor({ timeout: 30_000 });
    await house.picture('connect-undo', cardWith(page, 'Keep the connection'));
    await pressOn(page, 'Ask for approval');
    await approve();
    await page.getByText('Undone').first().waitFor({ timeout: 60_000 });
    expect(await addressesOf(service)).toEqual([]);
    expect(house.complaints).toEqual([]);
    await page.close();
  });

  it('goes on in the conversation with oneself, where the form was left in the team’s', async () => {
    const team = await house.visit('requester');
    await write(team, 'connect mendix-acc to hub-vnet for app hr');
    await cardWith(team, 'Continue').waitFor();

    const own = await house.visit('requester', 'direct');
    await write(own, 'draft');

    await cardWith(own, 'Continue').waitFor();
    expect(await cardWith(own, 'Continue').getByRole('textbox', { name: /Apps/ }).inputValue()).toBe('hr');
    await team
      .getByText(/goes on/)
      .first()
      .waitFor();
    await pressOn(own, 'Cancel');
    expect(house.complaints).toEqual([]);
    await own.close();
    await team.close();
  });

  it('is not undone while something else depends on it', async () => {
    const page = await house.visit('requester');
    await walk(page, 'connect mendix-prod to hub-vnet for app orders', ['Continue', 'Use peering', 'Ask for approval']);
    await approve();
    await cardWith(page, 'Undo').waitFor({ timeout: 60_000 });
    const { resources } = (await (await fetch(control('world'))).json()) as WorldParts;
    await tell('world', { arm: { resources: { ...resources, ...recordOfOthers() } } });

    await pressOn(page, 'Undo');

    const card = cardWith(page, 'Keep the connection');
    await card.getByRole('heading', { name: 'This cannot be undone now' }).waitFor();
    expect(plain(await card.innerText())).toMatch(/the connection stands.*status/);
    expect(await titlesOf(card)).toEqual(['Check again', 'Keep the connection']);
    await pressOn(page, 'Keep the connection');
    await page.close();
  });

  describe.each([
    ['is planned as asked:', paths],
    ['says what stands in the way, as a new user meets it:', refusals],
  ])('%s', (_title, walks) => {
    let page: Page;

    beforeAll(async () => {
      page = await house.visit('requester');
    });

    it.each(walks.map((each) => [each.what, each] as const))('%s', async (_what, refusal) => {
      await setUp(refusal);

      await walk(page, refusal.say, refusal.press);

      await expectRead(lastCard(page), refusal);
      if (refusal.picture !== undefined) {
        await house.picture(refusal.picture, lastCard(page));
      }
      expect(house.complaints).toEqual([]);
    });
  });
});

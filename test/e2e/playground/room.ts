/** One room of the playground, by what a person sees and presses there. */
import type { Browser, Locator, Page } from 'playwright-core';
import { rooms } from './cast.ts';

export type RoomName = keyof typeof rooms;

export interface Room {
  page: Page;
  /** Writes and sends. */
  say(text: string): Promise<void>;
  /** Writes with a mention of the bot, without which it hears nothing in a group or a channel. */
  mention(text: string): Promise<void>;
}

export async function openRoom(browser: Browser, url: string, name: RoomName): Promise<Room> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 1000 },
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
  });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.getByRole('treeitem', { name: rooms[name], exact: true }).click();
  const box = page.locator('[role=textbox][contenteditable=true]').first();
  async function send(text: string): Promise<void> {
    await page.keyboard.insertText(text);
    await (name === 'channel'
      ? page.getByRole('button', { name: 'Post', exact: true }).click()
      : page.keyboard.press('Enter'));
  }
  return {
    page,
    async say(text) {
      await box.click();
      await send(text);
    },
    async mention(text) {
      await box.click();
      await page.keyboard.type('@');
      await page.getByRole('menuitem').filter({ hasText: 'Causeway' }).click();
      await send(` ${text}`);
    },
  };
}

/** The newest card that offers this button. */
export function cardWith(page: Page, button: string): Locator {
  return page
    .locator('.ac-adaptiveCard')
    .filter({ has: page.getByRole('button', { name: button, exact: true }) })
    .last();
}

export async function pressOn(page: Page, button: string): Promise<void> {
  await cardWith(page, button).getByRole('button', { name: button, exact: true }).click();
}

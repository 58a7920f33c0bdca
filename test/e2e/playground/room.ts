/** One room of the playground, by what a person sees and presses there. */
import type { Browser, Locator, Page } from 'playwright-core';
import { rooms } from './cast.ts';

export type RoomName = keyof typeof rooms;

export interface Room {
  page: Page;
  /** Writes and sends. */
  say: (text: string) => Promise<void>;
  /** Writes with a mention of the bot, without which it hears nothing in a group or a channel. */
  mention: (text: string) => Promise<void>;
  /** Answers in a thread of the channel, with a mention. */
  reply: (thread: Locator, text: string) => Promise<void>;
}

const patienceMs = 40_000;

/** Every tab of the playground is an installation of its own: nothing said in another one is there. */
export async function openRoom(browser: Browser, url: string, name: RoomName): Promise<Room> {
  const context = await browser.newContext({
    // At 1060 the playground hides its list of rooms.
    viewport: { width: 1280, height: 1000 },
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  // It shows every request, and takes a quarter of the window.
  await page.getByTitle('Toggle Log Panel').click();
  await page.getByRole('treeitem', { name: rooms[name], exact: true }).click();
  const box = page.locator(boxes).first();

  async function mention(text: string): Promise<void> {
    await page.keyboard.type('@');
    // Its name stands in the option twice: the picture has it, too.
    await page.getByRole('menuitem').filter({ hasText: 'Causeway' }).click();
    await page.keyboard.insertText(` ${text}`);
  }
  async function send(): Promise<void> {
    await (name === 'channel'
      ? page.getByRole('button', { name: 'Post', exact: true }).click()
      : page.keyboard.press('Enter'));
  }
  return {
    page,
    async say(text) {
      await box.click();
      await page.keyboard.insertText(text);
      await send();
    },
    async mention(text) {
      await box.click();
      await mention(text);
      await send();
    },
    async reply(thread, text) {
      await thread.locator(boxes).last().click();
      await mention(text);
      await page.keyboard.press('Enter');
    },
  };
}

const boxes = '[role=textbox][contenteditable=true]';

/** The newest card that offers this button. */
export function cardWith(page: Page, button: string): Locator {
  return page
    .locator('.ac-adaptiveCard')
    .filter({ has: page.getByRole('button', { name: button, exact: true }) })
    .last();
}

/** The newest card that says this. */
export function cardSaying(page: Page, text: string): Locator {
  return page.locator('.ac-adaptiveCard').filter({ hasText: text }).last();
}

/** Presses a button on the newest card that offers it. */
export async function pressOn(page: Page, button: string): Promise<void> {
  await cardWith(page, button).getByRole('button', { name: button, exact: true }).click();
}

/** The post of the channel that says this, with the answers below it. */
export function threadOf(page: Page, text: string): Locator {
  return page.locator('.fui-Card').filter({ hasText: text }).first();
}

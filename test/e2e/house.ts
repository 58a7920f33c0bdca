/**
 * The whole product in foreign processes, and a browser in front of it. Pictures go to the folder that PICTURES names
 * (docs/pictures when they are made anew), else to a throwaway one.
 */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { openWorld, type World } from '../../src/demo/world.ts';
import { launch, type Processes } from '../../src/demo/processes.ts';

export interface House extends Omit<Visitors, 'visit'> {
  processes: Processes;
  world: World;
  /** A page of this person, on the conversation; a tab of its own. */
  visit(person: string, conversation?: string): Promise<Page>;
}

/** Browsers in front of a bot that runs already. */
export interface Visitors {
  visit(origin: string, person: string, conversation?: string): Promise<Page>;
  /** Saves a picture of the page, or of one part of it. */
  picture(name: string, of: Page | Locator): Promise<void>;
  /** What the pages complained about: errors in the console or in scripts. */
  complaints: string[];
  close(): Promise<void>;
}

const wide = { width: 1280, height: 900 };
const tall = 2200;
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Null, with one line that says why, where there is no Chromium; in CI that is a failure. */
export function findChromium(): string | null {
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );
  if (known !== undefined) {
    return known;
  }
  const lack =
    'Chromium is not to be had here: none of /usr/bin/chromium, chromium-browser, google-chrome. Install it to run the browser tests.';
  if (process.env['CI'] === 'true') {
    throw new Error(lack);
  }
  process.stderr.write(`${lack} Skipping them.\n`);
  return null;
}

export async function openHouse(chromiumPath: string): Promise<House> {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const processes = await launch({
    cli: fileURLToPath(new URL('../../src/cli.ts', import.meta.url)),
    environment: { ...environment, LOG_LEVEL: 'warn', SETTINGS_FILE: '' },
    armUrl: null,
    zendeskUrl: null,
    log: (text) => process.stderr.write(text),
  });
  const visitors = await openVisitors(chromiumPath);
  return {
    ...visitors,
    processes,
    world: openWorld(processes.armUrl, processes.zendeskUrl),
    visit: (person, conversation) => visitors.visit(processes.botUrl, person, conversation),
    async close() {
      await visitors.close();
      await processes.stop();
    },
  };
}

export async function openVisitors(chromiumPath: string): Promise<Visitors> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: quiet });
  const complaints: string[] = [];
  return {
    complaints,
    visit: (origin, person, conversation = 'team') => visit(browser, origin, person, conversation, complaints),
    picture: takePicture,
    close: () => browser.close(),
  };
}

async function visit(
  browser: Browser,
  origin: string,
  person: string,
  conversation: string,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({
    viewport: wide,
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${person}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(`${person}: ${message.text()}`);
    }
  });
  await page.addInitScript((id) => localStorage.setItem('causeway.as', id), person);
  await page.goto(`${origin}/#${conversation}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const pictureDir = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'causeway-pictures-'));

async function takePicture(name: string, of: Page | Locator): Promise<void> {
  mkdirSync(pictureDir, { recursive: true });
  const path = join(pictureDir, `${name}.png`);
  // Not `waitForFunction`, which the page’s content security policy forbids as soon as it has to look twice.
  const everyImage = 'Promise.allSettled([...document.images].map((image) => image.decode())).then(() => true)';
  await ('goto' in of ? of : of.page()).evaluate(everyImage);
  if ('goto' in of) {
    await of.screenshot({ path, animations: 'disabled' });
    return;
  }
  // A card that is higher than the window would be cut by what floats above it.
  const page = of.page();
  await page.setViewportSize({ ...wide, height: tall });
  await of.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize(wide);
}

/** Chooses who one is, as a new user would. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /Switch person/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
}

/** Goes to a conversation by its link at the side. */
export async function goTo(page: Page, title: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: new RegExp(title) })
    .click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** The newest card that offers this button, with everything around it. */
export function cardWith(page: Page, button: string): Locator {
  return page
    .locator('article.message')
    .filter({ has: page.getByRole('button', { name: button, exact: true }) })
    .last();
}

/** Presses a button on the newest card that offers it. */
export async function pressOn(page: Page, button: string): Promise<void> {
  await cardWith(page, button).getByRole('button', { name: button, exact: true }).click();
}

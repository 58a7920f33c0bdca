/** Pictures of what Teams shows; they go where those of the local page go, as PICTURES says. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const folder = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'causeway-pictures-'));
const tall = 2200;

/** Saves a picture of the page, or of one card in full height. */
export async function takePicture(name: string, of: Page | Locator): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  if ('goto' in of) {
    await of.screenshot({ path, animations: 'disabled' });
    return;
  }
  // A card that is higher than the window would be cut by what floats above it.
  const page = of.page();
  const usual = page.viewportSize() ?? { width: 1280, height: 1000 };
  await page.setViewportSize({ ...usual, height: tall });
  await of.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize(usual);
}

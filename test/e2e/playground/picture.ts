/** Pictures of what Teams shows; they go where those of the local page go, as PICTURES says. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const folder = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'causeway-pictures-'));

export async function takePicture(name: string, of: Page | Locator): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await of.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

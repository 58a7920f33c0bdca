/** The exported page in a browser that has nothing but the file: on a phone, on a desk, in the dark, on paper. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../audit/opened.ts';
import { connectEntries } from '../audit/connect-case.ts';
import { findChromium } from './house.ts';

const chromiumPath = findChromium();

describe.skipIf(chromiumPath === null)('the evidence of a case', () => {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-evidence-'));
  const file = join(directory, 'case.html');
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(file, pageOf(connectEntries));
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    [360, 'light'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('fits %i pixels, %s, asks for nothing else and complains of nothing', async (width, colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => asked.push(message.text()));

    await page.goto(`file://${file}`);

    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(asked).toEqual([`file://${file}`]);
    expect(beyond).toBe(0);
    expect(paper).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(255, 255, 255)');
    expect(await page.getByRole('heading', { name: 'What happened' }).isVisible()).toBe(true);
    await page.close();
  });

  it('is paper when it is printed: A4, in ink, whole', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    await page.goto(`file://${file}`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');

    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
    await page.close();
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRig, type Replica, type Rig } from '../chaos/rig.ts';
import { approve, askFor } from '../chaos/scenarios.ts';
import { placeOf } from '../chaos/snapshot.ts';
import { findChromium, openVisitors, type Visitors } from './house.ts';

const chromium = findChromium();
/** Slow enough that somebody sees the steps at work. */
const speed = 8;
const downForMs = 2000;

describe.skipIf(chromium === null)('watching a plan whose bot is killed', () => {
  let rig: Rig;
  let bot: Replica;
  let visitors: Visitors;

  beforeAll(async () => {
    rig = await openRig({ speed });
    bot = await rig.openReplica('bot');
    await bot.start(null);
    visitors = await openVisitors(chromium ?? '');
  }, 60_000);

  afterAll(async () => {
    await visitors.close();
    await rig.close({ keep: false });
  });

  it('shows a pause, and then the same card going on to its end', async () => {
    const place = placeOf(rig, bot);
    const thread = await askFor(place, 'connect mendix-prod to hub-vnet for app orders', ['use-peering']);
    const page = await visitors.visit(bot.url, 'requester');
    const living = page.locator('article.message').filter({ hasText: 'Working: ' });
    await approve(place);
    await living.first().waitFor();
    const id = await living.first().getAttribute('data-id');
    const card = page.locator(`article.message[data-id="${id}"]`);
    await card.getByText('✓').first().waitFor();

    await bot.kill('SIGKILL');
    await wait(downForMs);
    await visitors.picture('killed', page);
    expect(await card.innerText()).not.toMatch(/Stopped|failed/i);
    await bot.start(null);

    await page.getByText('Set up correctly, not yet tried').first().waitFor({ timeout: 60_000 });
    // The proof is posted, the card is edited: either may come first.
    await card.getByText('Connected').first().waitFor();
    await visitors.picture('killed-after', page);
    expect(await page.locator(`section.thread[data-root="${thread}"]`).count()).toBe(1);
  }, 120_000);
});

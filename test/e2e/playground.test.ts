import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from './house.ts';
import { openTeamsHouse, type TeamsHouse } from './playground/house.ts';
import { findPlayground } from './playground/install.ts';
import { takePicture } from './playground/picture.ts';
import { cardWith, pressOn } from './playground/room.ts';

const chromium = findChromium();
const playground = chromium === null ? null : findPlayground();

describe.skipIf(playground === null)('through Microsoft’s playground', () => {
  let house: TeamsHouse;
  beforeAll(async () => {
    house = await openTeamsHouse(playground ?? '', chromium ?? '');
  }, 90_000);
  afterAll(async () => {
    await house.close();
  });

  it('channel', async () => {
    const room = await house.enter('channel');
    await takePicture('teams-c0', room.page);
    await room.page
      .getByText(/Start a (new )?post/)
      .first()
      .click();
    await room.page.waitForTimeout(500);
    await takePicture('teams-c1', room.page);
    writeFileSync('/tmp/pg-c1.html', await room.page.content());
    await room.mention('what happens if we delete the managed application?');
    await room.page
      .getByRole('button', { name: 'Post', exact: true })
      .click({ timeout: 3000 })
      .catch((e) => console.log(String(e)));
    await room.page.waitForTimeout(3000);
    await takePicture('teams-c2', room.page);
    writeFileSync('/tmp/pg-c2.html', await room.page.content());
    expect(house.complaints).toEqual([]);
  });
  it('group', async () => {
    const room = await house.enter('group');
    await room.mention('prod is down since 8, recovery button did nothing, pls help');
    await cardWith(room.page, 'Continue').waitFor();
    await takePicture('teams-g1', room.page);
    writeFileSync('/tmp/pg-g1.html', await room.page.content());
    await pressOn(room.page, 'Continue');
    await cardWith(room.page, 'Prepare the ticket').waitFor();
    await takePicture('teams-g2', room.page);
    await pressOn(room.page, 'Prepare the ticket');
    await cardWith(room.page, 'Open the ticket').waitFor();
    await takePicture('teams-g3', room.page);
    expect(house.complaints).toEqual([]);
  });
});

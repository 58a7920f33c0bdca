/** The whole product in foreign processes, Microsoft's playground in front of it, and a browser in front of that. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { type Chat, openChat } from '../../../src/demo/chat.ts';
import { openWorld, type World } from '../../../src/demo/world.ts';
import { openRoom, type Room, type RoomName } from './room.ts';
import { startBot, startPlayground, startSimulators } from './start.ts';

export interface TeamsHouse {
  world: World;
  /** The local page's interface, for everybody whom the playground cannot play. */
  chat: Chat;
  /** This room in the playground, as Rosa Requester; a tab of its own. */
  enter(room: RoomName): Promise<Room>;
  /** What the bot and the simulators wrote to their standard error. */
  complaints: string[];
  close(): Promise<void>;
}

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The playground's page asks for fonts elsewhere.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export async function openTeamsHouse(program: string, chromiumPath: string): Promise<TeamsHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-playground-'));
  const complaints: string[] = [];
  const endings: (() => Promise<void>)[] = [];
  function log(text: string): void {
    complaints.push(text);
    process.stderr.write(text);
  }
  async function close(): Promise<void> {
    for (const end of endings.toReversed()) {
      await end();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    const simulators = await startSimulators(folder, log);
    endings.push(simulators.stop);
    const bot = await startBot(folder, simulators, log);
    endings.push(bot.stop);
    const playground = await startPlayground(folder, program, bot.said);
    endings.push(playground.stop);
    const browser = await chromium.launch({ executablePath: chromiumPath, args: quiet });
    endings.push(() => browser.close());
    return {
      complaints,
      close,
      world: openWorld(simulators.armUrl, simulators.zendeskUrl),
      chat: openChat(bot.said),
      enter: (room) => openRoom(browser, playground.said, room),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

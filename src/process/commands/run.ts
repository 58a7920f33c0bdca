/** `causeway start` and `causeway serve`: the bot itself, until it is told to stop. */
import { loadConfig } from '../../config/load.ts';
import { startBot } from '../../main.ts';
import { untilToldToStop } from './told-to-stop.ts';

export async function runBot(mode: 'start' | 'serve'): Promise<number> {
  const bot = await startBot(loadConfig({ mode }));
  process.stdout.write(
    mode === 'start' ? `Causeway is ready: open ${bot.origin}\n` : `Causeway listens on ${bot.origin}\n`,
  );
  await untilToldToStop();
  await bot.stop();
  // A step that was cut short may still wait for Azure, for minutes. It goes on at the next start.
  process.exit(0);
}

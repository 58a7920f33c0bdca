/** What runs behind the browser: the simulators, the bot in local mode, and the playground in front of it. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playgroundText, settingsText } from './cast.ts';
import { type Running, startProcess } from './process.ts';

const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
const loopback = fileURLToPath(new URL('../../support/loopback.cjs', import.meta.url));

type Log = (text: string) => void;

export interface Simulators {
  armUrl: string;
  zendeskUrl: string;
  stop: () => Promise<void>;
}

export async function startSimulators(folder: string, log: Log): Promise<Simulators> {
  const { said, stop } = await startProcess({
    who: 'the simulators',
    args: [cli, 'simulate'],
    folder,
    environment: {},
    ready: /(\{.*\})/,
    log,
  });
  const { arm, zendesk } = JSON.parse(said) as { arm: number; zendesk: number };
  return { stop, armUrl: `http://127.0.0.1:${arm}`, zendeskUrl: `http://127.0.0.1:${zendesk}/api/v2` };
}

/** `said` is its address. */
export async function startBot(folder: string, { armUrl, zendeskUrl }: Simulators, log: Log): Promise<Running> {
  const settingsFile = join(folder, 'settings.json');
  writeFileSync(settingsFile, settingsText());
  return startProcess({
    who: 'the bot',
    args: [cli, 'start'],
    folder,
    environment: {
      TEAMS_LOCAL: '1',
      HOST: '127.0.0.1',
      PORT: '0',
      ARM_URL: armUrl,
      ZENDESK_URL: zendeskUrl,
      DATA_DIR: join(folder, 'data'),
      SETTINGS_FILE: settingsFile,
      LOG_LEVEL: 'warn',
    },
    ready: /(http:\/\/127\.0\.0\.1:\d+)/,
    log,
  });
}

/** `said` is its address. */
export async function startPlayground(folder: string, program: string, botUrl: string): Promise<Running> {
  writeFileSync(join(folder, '.m365agentsplayground.yml'), playgroundText());
  const port = await freePort();
  const { stop } = await startProcess({
    who: 'Microsoft’s playground',
    args: [program, 'start', '-e', `${botUrl}/api/messages`, '-c', 'msteams', '--disable-telemetry', '-p', `${port}`],
    folder,
    environment: { NODE_OPTIONS: `--require ${JSON.stringify(loopback)}` },
    ready: /Listening on (\d+)/,
    // It tells at length of the addresses that it is kept from.
    log: () => {},
  });
  try {
    // It says that it listens before it reads its settings, and ends when it dislikes them.
    const url = `http://127.0.0.1:${port}`;
    await fetch(url);
    return { said: url, stop };
  } catch (error) {
    await stop();
    throw new Error('Starting Microsoft’s playground: its page does not come. Check its settings in cast.ts.', {
      cause: error,
    });
  }
}

/** The playground has to be told one; it does not say which one it took. */
async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}

/** What Slack tells the bot when somebody presses a button, without the half of the bot that understands it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { House } from './house.ts';

export interface Pressed {
  trigger_id: string;
  user: { id: string };
}

/** Presses a button, and answers what Slack said about it. */
export async function press(house: House, button: Record<string, unknown>): Promise<Pressed> {
  const told = Promise.withResolvers<Pressed>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200).end();
      const payload = new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('payload') ?? '{}';
      told.resolve(JSON.parse(payload) as Pressed);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  await house.control('settings', { eventsUrl: `http://127.0.0.1:${port}/slack/events`, verify: false });
  // Its own answer comes when the trigger is used or over.
  house.control('press', button).catch(told.reject);
  return told.promise;
}

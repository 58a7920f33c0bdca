/** An endpoint that webhooks can be registered for; it remembers every delivery and answers what it is told to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';

export interface Delivery {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  raw: string;
  event: {
    id: string;
    type: string;
    subject: string;
    detail: Record<string, unknown>;
    event: Record<string, unknown>;
  };
}

export interface Receiver {
  endpoint: string;
  deliveries: Delivery[];
  /** Answers for the next deliveries, first things first; then 200. A number is a status, `never` no answer. */
  answers: (number | 'never' | { status: number; headers: Record<string, string> })[];
  /** Resolves when that many deliveries came in. */
  received(count: number): Promise<Delivery[]>;
}

export async function openReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const answers: Receiver['answers'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      deliveries.push({ headers: request.headers, raw, event: JSON.parse(raw) as Delivery['event'] });
      const answer = answers.shift() ?? 200;
      if (answer === 'never') {
        return;
      }
      const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
      response.writeHead(status, headers).end();
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
  return {
    endpoint: `http://127.0.0.1:${port}/zendesk/webhook`,
    deliveries,
    answers,
    received: (count) =>
      vi.waitFor(
        () => {
          if (deliveries.length < count) {
            throw new Error(`${deliveries.length} of ${count} deliveries came in.`);
          }
          return deliveries;
        },
        { timeout: 30_000, interval: 5 },
      ),
  };
}

/**
 * The listener in front of the shared ground. Control calls are answered there at once, but `say` and `act` have to wait
 * for the bot, which in turn calls this simulator; everything else is handed on unchanged, broken connections included.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadControlRequest, type Simulator } from '../server.ts';

/** `POST /_sim/<name>` calls that take their time. */
export type SlowCalls = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;

export async function standInFront(ground: Simulator, calls: SlowCalls, port: number): Promise<Simulator> {
  const server = createServer((incoming, outgoing) => {
    const call = incoming.method === 'POST' ? calls[(incoming.url ?? '').replace('/_sim/', '')] : undefined;
    if (call === undefined) {
      handOn(ground.port, incoming, outgoing);
      return;
    }
    answer(call, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await listening.catch(async (error: unknown) => {
    await ground.close();
    throw error;
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    origin: `http://127.0.0.1:${taken}`,
    async close() {
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      server.closeAllConnections();
      await Promise.all([closed, ground.close()]);
    },
  };
}

async function answer(
  call: (body: unknown) => Promise<unknown>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const [status, body] = await run(call, incoming);
  outgoing.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  outgoing.end(JSON.stringify(body));
}

async function run(
  call: (body: unknown) => Promise<unknown>,
  incoming: IncomingMessage,
): Promise<[status: number, body: unknown]> {
  try {
    return [200, await call(await readJson(incoming))];
  } catch (error) {
    return error instanceof BadControlRequest ? [400, { error: error.message }] : [500, { error: String(error) }];
  }
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BadControlRequest('The body is not JSON.');
  }
}

function handOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url } = incoming;
  // A connection of its own for each request: a kept one could be closed just when it is used again.
  const headers = { ...incoming.headers, connection: 'close' };
  const inner = request({ host: '127.0.0.1', port, method, headers, path: url, agent: false }, (response) => {
    const { connection: _connection, ...answered } = response.headers;
    outgoing.writeHead(response.statusCode ?? 502, answered);
    response.pipe(outgoing);
  });
  inner.on('error', () => incoming.socket.destroy());
  outgoing.on('close', () => inner.destroy());
  incoming.pipe(inner);
}

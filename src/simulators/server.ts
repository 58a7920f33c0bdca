/**
 * The HTTP part that every simulator shares: a loopback listener, a log of requests, faults by name, and the control
 * surface under `/_sim/`. What a service answers is the business of its own folder.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { BadControlRequest, commonFaults, type Fault, faultResponse, readFaults, takeFault } from './faults.ts';

export { BadControlRequest } from './faults.ts';

export interface SimRequest {
  method: string;
  /** Path without the query, as sent (still percent-encoded). */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  /** Raw body; empty when there was none. */
  body: Buffer;
}

export interface SimResponse {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a string or bytes are sent as they are; absent means an empty body. */
  body?: unknown;
}

export interface SimulatorSpec {
  /** 0 or absent: any free port. */
  port?: number;
  /** Answers one request of the simulated service; `fault` is the name of a fault that struck and is not one of the common ones. */
  answer(request: SimRequest, fault: string | undefined): SimResponse | Promise<SimResponse>;
  /** Names of the faults that `answer` knows, besides the common ones. An unknown name is refused. */
  faults: readonly string[];
  /** What `GET /_sim/world` shows. */
  readWorld(): unknown;
  /** What `POST /_sim/world` does; throws {@link BadControlRequest} for a world that cannot be read. */
  replaceWorld(world: unknown): void;
  /** Further `POST /_sim/<name>` calls; one that waits for the bot answers with a promise. */
  control?: Readonly<Record<string, (body: unknown) => unknown>>;
  /** Takes over a connection that asks for another protocol; absent: it is closed. */
  upgrade?: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface Simulator {
  port: number;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  close(): Promise<void>;
}

interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  status: number;
}

const logLimit = 5000;

export async function startSimulator(spec: SimulatorSpec): Promise<Simulator> {
  const log: LoggedRequest[] = [];
  const faults: Fault[] = [];
  const server = createServer((incoming, outgoing) => {
    // A client that goes away in the middle of its request must not take the simulator with it.
    serve(spec, { log, faults }, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  if (spec.upgrade !== undefined) {
    server.on('upgrade', spec.upgrade);
  }
  const port = await listen(server, spec.port ?? 0);
  return { port, origin: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

interface Bench {
  log: LoggedRequest[];
  faults: Fault[];
}

async function serve(
  spec: SimulatorSpec,
  bench: Bench,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  if (request.path.startsWith('/_sim/')) {
    send(outgoing, await answerControl(spec, bench, request));
    return;
  }
  const fault = takeFault(bench.faults, request);
  const entry = logRequest(bench.log, request);
  if (fault === 'drop') {
    incoming.socket.destroy();
    return;
  }
  if (fault === 'hang') {
    return;
  }
  if (fault === 'delay') {
    await wait(2000);
  }
  const response = faultResponse(fault) ?? (await answerSafely(spec, request, fault));
  entry.status = response.status;
  if (fault === 'drop-answer') {
    incoming.socket.destroy();
    return;
  }
  send(outgoing, response);
}

async function answerSafely(spec: SimulatorSpec, request: SimRequest, fault: string | undefined): Promise<SimResponse> {
  const own = fault !== undefined && spec.faults.includes(fault) ? fault : undefined;
  try {
    return await spec.answer(request, own);
  } catch (error) {
    return { status: 500, body: { error: { code: 'SimulatorError', message: String(error) } } };
  }
}

async function answerControl(spec: SimulatorSpec, bench: Bench, request: SimRequest): Promise<SimResponse> {
  const name = request.path.slice('/_sim/'.length);
  try {
    if (request.method === 'GET' && name === 'world') {
      return { status: 200, body: spec.readWorld() };
    }
    if (request.method === 'GET' && name === 'requests') {
      return { status: 200, body: bench.log };
    }
    if (request.method !== 'POST') {
      return { status: 404, body: { error: `There is no ${request.method} /_sim/${name}.` } };
    }
    return { status: 200, body: (await runControl(spec, bench, name, parseJson(request.body))) ?? { ok: true } };
  } catch (error) {
    if (error instanceof BadControlRequest) {
      return { status: 400, body: { error: error.message } };
    }
    return { status: 500, body: { error: `POST /_sim/${name} came to an unexpected end: ${String(error)}` } };
  }
}

function runControl(spec: SimulatorSpec, bench: Bench, name: string, body: unknown): unknown {
  if (name === 'world') {
    spec.replaceWorld(body);
    return undefined;
  }
  if (name === 'faults') {
    bench.faults.push(...readFaults(body, [...commonFaults, ...spec.faults]));
    return undefined;
  }
  const control = spec.control?.[name];
  if (control === undefined) {
    throw new BadControlRequest(`There is no POST /_sim/${name}.`);
  }
  return control(body);
}

function logRequest(log: LoggedRequest[], request: SimRequest): LoggedRequest {
  const entry: LoggedRequest = {
    at: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }),
    method: request.method,
    path: request.query.size > 0 ? `${request.path}?${request.query.toString()}` : request.path,
    headers: request.headers,
    body: readableBody(request),
    status: 0,
  };
  log.push(entry);
  if (log.length > logLimit) {
    log.shift();
  }
  return entry;
}

function readableBody(request: SimRequest): unknown {
  if (request.body.length === 0) {
    return null;
  }
  if (/json/i.test(request.headers['content-type'] ?? '')) {
    try {
      return JSON.parse(request.body.toString('utf8'));
    } catch {
      return request.body.toString('utf8');
    }
  }
  return request.body.toString('utf8');
}

function parseJson(body: Buffer): unknown {
  try {
    return body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadControlRequest('The body is not JSON.');
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SimRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const url = new URL(incoming.url ?? '/', 'http://simulator');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  };
}

function send(outgoing: ServerResponse, response: SimResponse): void {
  const { body } = response;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = body === undefined ? undefined : raw ? body : JSON.stringify(body);
  outgoing.writeHead(response.status, {
    ...(body === undefined || raw ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    ...response.headers,
  });
  outgoing.end(bytes);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Socket Mode: connections that the app opens, over which Slack sends it what it would otherwise post to its URL. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { newSecretId } from './account.ts';
import { isJson } from './blocks/check.ts';
import type { Json } from './records.ts';

export interface Envelope {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: Json;
  accepts_response_payload: boolean;
  retry_attempt: number;
  retry_reason: string;
}

/** `acked` false: no answer in time, or the connection went away. */
export interface Acknowledgement {
  acked: boolean;
  payload: unknown;
}

export interface Sockets {
  /** What `apps.connections.open` answers: an address for one connection. */
  offer(): Json;
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  count(): number;
  send(envelope: Envelope, timeoutMs: number): Promise<Acknowledgement>;
  /** @param reason null: the connections break off without a word */
  disconnect(reason: string | null, closes: boolean): void;
  close(): Promise<void>;
}

const mostConnections = 10;
/** Clients take a silence of half a minute for a broken connection. */
const pingMs = 10_000;

export function openSockets(appId: string, origin: () => string): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (answer: Acknowledgement) => void>();

  function greet(socket: WebSocket): void {
    if (open.size >= mostConnections) {
      sendAway(socket, 'too_many_websockets', true);
      return;
    }
    open.add(socket);
    const pings = setInterval(() => socket.ping(), pingMs);
    socket.on('message', (data) => hear(data as Buffer, waiting));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pings);
      open.delete(socket);
    });
    say(socket, {
      type: 'hello',
      num_connections: open.size,
      debug_info: debugInfo,
      connection_info: { app_id: appId },
    });
  }

  return {
    offer() {
      const ticket = newSecretId();
      tickets.add(ticket);
      return { url: `${origin().replace('http:', 'ws:')}/link/?ticket=${ticket}&app_id=${appId}` };
    },
    upgrade(incoming, socket, head) {
      const ticket = new URL(incoming.url ?? '/', 'http://simulator').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(incoming, socket, head, greet);
    },
    count: () => open.size,
    send: (envelope, timeoutMs) => sendOver([...open].at(-1), waiting, envelope, timeoutMs),
    disconnect(reason, closes) {
      for (const socket of open) {
        sendAway(socket, reason, closes);
      }
    },
    async close() {
      for (const socket of open) {
        socket.terminate();
      }
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const debugInfo = { host: 'applink-simulator', build_number: 1, approximate_connection_time: 18_060 };
const unanswered: Acknowledgement = { acked: false, payload: null };

function sendAway(socket: WebSocket, reason: string | null, closes: boolean): void {
  if (reason === null) {
    socket.terminate();
    return;
  }
  say(socket, { type: 'disconnect', reason, debug_info: debugInfo });
  if (closes) {
    socket.close();
  }
}

function say(socket: WebSocket, frame: Json): void {
  socket.send(JSON.stringify(frame));
}

function sendOver(
  socket: WebSocket | undefined,
  waiting: Map<string, (answer: Acknowledgement) => void>,
  envelope: Envelope,
  timeoutMs: number,
): Promise<Acknowledgement> {
  if (socket === undefined) {
    return Promise.resolve(unanswered);
  }
  const id = randomUUID();
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(unanswered), timeoutMs);
    function giveUp(): void {
      settle(unanswered);
    }
    function settle(answer: Acknowledgement): void {
      clearTimeout(timer);
      socket?.off('close', giveUp);
      waiting.delete(id);
      resolve(answer);
    }
    waiting.set(id, settle);
    socket.once('close', giveUp);
    say(socket, { ...envelope, envelope_id: id });
  });
}

function hear(data: Buffer, waiting: ReadonlyMap<string, (answer: Acknowledgement) => void>): void {
  let frame: unknown;
  try {
    frame = JSON.parse(data.toString('utf8'));
  } catch {
    return;
  }
  if (isJson(frame) && typeof frame['envelope_id'] === 'string') {
    waiting.get(frame['envelope_id'])?.({ acked: true, payload: frame['payload'] ?? null });
  }
}

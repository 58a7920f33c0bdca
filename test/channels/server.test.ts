import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formBody, jsonBody } from '../../src/channels/body.ts';
import {
  alreadyAnswered,
  type App,
  type HttpOptions,
  type HttpServer,
  startHttpServer,
} from '../../src/channels/server.ts';

const servers: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

interface Logged {
  message: string;
  details: Record<string, unknown>;
}

async function start(
  mount: (app: App) => void = () => {},
  more: Partial<HttpOptions> = {},
): Promise<{ url: string; logged: Logged[] }> {
  const logged: Logged[] = [];
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => ({ ok: true, parts: {} }),
    mounts: [mount],
    log: (message, details) => logged.push({ message, details }),
    ...more,
  });
  servers.push(server);
  return { url: `http://127.0.0.1:${server.port}`, logged };
}

function echo(app: App): void {
  app.post('/echo', (c) => c.json({ json: jsonBody(c), bytes: c.var.rawBody.byteLength }));
  app.post('/form', (c) => c.json([...formBody(c)]));
}

function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  type = 'application/json',
  path = '/echo',
): Promise<Response> {
  return fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': type } });
}

async function because(response: Response): Promise<string> {
  return ((await response.json()) as { because: string }).because;
}

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

describe('bodies', () => {
  it('hands on the parsed JSON and the raw bytes', async () => {
    const { url } = await start(echo);

    const response = await post(url, '{"a":"é"}');

    expect(await response.json()).toEqual({ json: { a: 'é' }, bytes: 10 });
  });

  it('hands on the fields of a form', async () => {
    const { url } = await start(echo);

    const response = await post(url, 'payload=%7B%22a%22%3A1%7D&x=2', 'application/x-www-form-urlencoded', '/form');

    expect(await response.json()).toEqual([
      ['payload', '{"a":1}'],
      ['x', '2'],
    ]);
  });

  it.each([
    ['/echo', 'x=1', 'application/x-www-form-urlencoded'],
    ['/form', '{"a":1}', 'application/json'],
  ])('refuses at %s what is of the other kind', async (path, body, type) => {
    const { url } = await start(echo);

    const response = await post(url, body, type, path);

    expect(response.status).toBe(400);
    expect(await because(response)).toContain('Content-Type');
  });

  it.each([
    ['is not JSON', '{"a":', 'application/json', 'not valid JSON'],
    ['is empty', '', 'application/json', 'not valid JSON'],
    ['is said to be text', '{"a":1}', 'text/plain', 'Content-Type'],
    ['is 33 levels deep', nested(33), 'application/json', 'deeper than 32'],
    ['hides 33 levels behind text', `{"a":"]]]]}}\\"","b":${nested(32)}}`, 'application/json', 'deeper than 32'],
    [
      'hides 33 levels in a form',
      `payload=${encodeURIComponent(nested(33))}`,
      'application/x-www-form-urlencoded',
      'deeper than 32',
    ],
  ])('refuses what %s', async (_name, body, type, words) => {
    const { url } = await start(echo);

    const response = await post(url, body, type);

    expect(response.status).toBe(400);
    expect(await because(response)).toContain(words);
  });

  it('refuses bytes that are no text', async () => {
    const { url } = await start(echo);

    const response = await post(url, new Uint8Array([0x22, 0xff, 0x22]));

    expect(response.status).toBe(400);
  });

  it('takes 32 levels and a quarter of a megabyte', async () => {
    const { url } = await start(echo);

    const deep = await post(url, nested(32));
    const large = await post(url, JSON.stringify('x'.repeat(256 * 1024 - 2)));

    expect([deep.status, large.status]).toEqual([200, 200]);
  });

  it.each([256 * 1024 + 1, 5 * 1024 * 1024])('refuses %i bytes', async (size) => {
    const { url } = await start(echo);

    const response = await post(url, JSON.stringify('x'.repeat(size - 2)));

    expect(response.status).toBe(413);
    expect(await because(response)).toContain('256 KB');
  });

  it('refuses too many bytes also when nobody said how many come', async () => {
    const { url } = await start(echo);

    const status = await postInPieces(`${url}/echo`, 300);

    expect(status).toBe(413);
  });

  it('lets a route take more plain bytes when it says so', async () => {
    const { url } = await start(
      (app) => {
        app.post('/file', (c) => c.json({ bytes: c.var.rawBody.byteLength }));
      },
      { rawRoutes: new Map([['/file', 1024 * 1024]]) },
    );

    const fits = await fetch(`${url}/file`, { method: 'POST', body: new Uint8Array(1024 * 1024) });
    const exceeds = await fetch(`${url}/file`, { method: 'POST', body: new Uint8Array(1024 * 1024 + 1) });

    expect(await fits.json()).toEqual({ bytes: 1024 * 1024 });
    expect(exceeds.status).toBe(413);
  });
});

/** Sends kilobytes one by one, without a Content-Length. */
function postInPieces(url: string, kilobytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
    for (let sent = 0; sent < kilobytes; sent += 1) {
      outgoing.write('x'.repeat(1024));
    }
    outgoing.end();
  });
}

describe('health', () => {
  it('is well as long as the process answers', async () => {
    const { url } = await start();

    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it.each([
    [true, 200],
    [false, 503],
  ])('is ready: %s', async (ok, status) => {
    const { url } = await start(undefined, { ready: () => ({ ok, parts: { database: ok } }) });

    const response = await fetch(`${url}/readyz`);

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ ok, parts: { database: ok } });
  });
});

describe('errors', () => {
  it('tells nothing of the inside, and logs it', async () => {
    const { url, logged } = await start((app) => {
      app.get('/broken', () => {
        throw new Error('secret detail');
      });
    });

    const response = await fetch(`${url}/broken`);

    expect(response.status).toBe(500);
    expect(await because(response)).not.toContain('secret');
    expect(JSON.stringify(logged)).toContain('secret detail');
  });

  it('asks to come again when a case is busy', async () => {
    const { url } = await start((app) => {
      app.get('/busy', () => {
        throw Object.assign(new Error('five times in a row'), { name: 'Busy' });
      });
    });

    const response = await fetch(`${url}/busy`);

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  });

  it('says kindly that there is nothing', async () => {
    const { url } = await start();

    const response = await fetch(`${url}/nowhere`);

    expect(response.status).toBe(404);
    expect(await because(response)).toContain('/nowhere');
  });

  it('names the address that is taken', async () => {
    const { url } = await start();

    const second = startHttpServer({
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      ready: () => ({ ok: true, parts: {} }),
      mounts: [],
      log: () => {},
    });

    await expect(second).rejects.toThrow(/another process listens there.*PORT/);
  });
});

it('writes nothing behind an answer that somebody else has written', async () => {
  const complaints = vi.spyOn(console, 'error');
  const { url } = await start((app) => {
    app.get('/own', (c) => {
      c.env.outgoing.writeHead(202).end('mine');
      return alreadyAnswered;
    });
  });

  const response = await fetch(`${url}/own`);

  expect([response.status, await response.text()]).toEqual([202, 'mine']);
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});

it('lets a running request finish before it closes', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
  const { url } = await start((app) => {
    app.get('/slow', async (c) => {
      enter();
      await released;
      return c.json({ done: true });
    });
  });
  const answer = fetch(`${url}/slow`);
  await entered;

  const closed = servers.splice(0).map((server) => server.close());
  release();

  expect(await (await answer).json()).toEqual({ done: true });
  await Promise.all(closed);
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Arm, createArm } from '../../src/azure/arm.ts';
import { explainFailure } from '../../src/azure/errors.ts';
import { writeGuarded } from '../../src/azure/write-guard.ts';

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

interface Asked {
  url: string;
  authorization: string | undefined;
}

/** A stand-in that answers as the test says; what it was asked is in `asked`. */
async function standIn(
  answer: (path: string, method: string) => { status?: number; headers?: Record<string, string>; body?: unknown },
): Promise<{ arm: Arm; asked: Asked[] }> {
  const asked: Asked[] = [];
  function listener(request: IncomingMessage, response: ServerResponse): void {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const {
      status = 200,
      headers = {},
      body = {},
    } = answer(new URL(request.url ?? '', 'http://x').pathname, request.method ?? '');
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  }
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve);
  });
  return { arm: createArm({ armUrl: `http://127.0.0.1:${(started.address() as AddressInfo).port}` }), asked };
}

const body = {
  remoteVirtualNetwork: { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/b' },
};
const operation =
  'https://management.azure.com/subscriptions/s/providers/Microsoft.Network/locations/westeurope/operations/1';

/** Nobody objects. */
function written<Value>(work: () => Promise<Value>): Promise<Value> {
  return writeGuarded(() => Promise.resolve(), work);
}

async function putPeering(arm: Arm) {
  const client = await arm.network('s');
  return client.virtualNetworkPeerings.createOrUpdate('g', 'a', 'p', body).pollUntilDone();
}

describe('a call that nobody answers', () => {
  async function silent(times: number, answerMs: number): Promise<{ arm: Arm; asked: () => number }> {
    let asked = 0;
    const started = createServer((_request, response) => {
      asked += 1;
      if (asked > times) {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ name: 'there' }));
      }
    });
    server = started;
    await new Promise<void>((resolve) => {
      started.listen(0, '127.0.0.1', resolve);
    });
    const armUrl = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
    return { arm: createArm({ armUrl, retryDelayMs: 1, answerMs }), asked: () => asked };
  }
  const path = '/subscriptions/s/resourceGroups/g';

  it('is given up and sent again', async () => {
    const { arm, asked } = await silent(1, 500);

    expect(await arm.read(path, '2021-04-01')).toEqual({ name: 'there' });
    expect(asked()).toBe(2);
  });

  it('is told as a connection that was lost when it stays so', async () => {
    const { arm } = await silent(100, 50);

    const failure = await arm.read(path, '2021-04-01').then(() => null, explainFailure);

    expect(failure).toMatchObject({ class: 'retry', code: 'ETIMEDOUT', because: 'Azure could not be reached.' });
  });

  it('is given up in the middle of its answer as well', async () => {
    const started = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"name":');
    });
    server = started;
    await new Promise<void>((resolve) => {
      started.listen(0, '127.0.0.1', resolve);
    });
    const armUrl = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
    const arm = createArm({ armUrl, retryDelayMs: 1, answerMs: 50 });

    const failure = await arm.read(path, '2021-04-01').then(() => null, explainFailure);

    expect(failure).toMatchObject({ class: 'retry', code: 'ETIMEDOUT' });
  });
});

describe('the way to Azure', () => {
  it('goes to the stand-in, with a fixed test token and not with a real one', async () => {
    const { arm, asked } = await standIn(() => ({ body: { value: [] } }));

    await arm.list('/subscriptions', '2022-12-01');

    expect(asked).toEqual([{ url: '/subscriptions?api-version=2022-12-01', authorization: 'Bearer stand-in' }]);
  });

  it('walks pages whose links name the public endpoint', async () => {
    const { arm, asked } = await standIn((path) =>
      path === '/subscriptions'
        ? { body: { value: [1], nextLink: 'https://management.azure.com/more?page=2' } }
        : { body: { value: [2, 3] } },
    );

    expect(await arm.list('/subscriptions', '2022-12-01')).toEqual([1, 2, 3]);
    expect(asked.map(({ url }) => url)).toEqual(['/subscriptions?api-version=2022-12-01', '/more?page=2']);
  });

  it.each([
    'https://evil.example/more',
    'http://management.azure.com/more',
    'https://management.azure.com.evil.example/more',
    'https://management.azure.com:444/more',
  ])('does not follow a page to %s', async (nextLink) => {
    const { arm, asked } = await standIn(() => ({ body: { value: [], nextLink } }));

    await expect(arm.list('/subscriptions', '2022-12-01')).rejects.toThrow(/nothing was sent there|not permitted/);
    expect(asked).toHaveLength(1);
  });

  it('does not follow an operation to another host, and says so', async () => {
    const { arm, asked } = await standIn(() => ({
      status: 201,
      headers: { 'Azure-AsyncOperation': 'https://evil.example/operations/1' },
    }));

    await expect(written(() => putPeering(arm))).rejects.toThrow(
      'https://evil.example is not https://management.azure.com',
    );
    expect(asked).toHaveLength(1);
  });

  it('does not follow a redirect to another host', async () => {
    const { arm, asked } = await standIn(() => ({
      status: 307,
      headers: { Location: 'https://evil.example/subscriptions' },
    }));

    await expect(arm.list('/subscriptions', '2022-12-01')).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });

  it('keeps the code of an operation that failed, which the SDK alone loses', async () => {
    const error = {
      code: 'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
      message: 'Cannot be peered. Overlapping address prefixes: 10.29.0.0/21.',
    };
    const { arm } = await standIn((_path, method) =>
      method === 'PUT'
        ? { status: 201, headers: { 'Azure-AsyncOperation': operation, 'Retry-After': '0' } }
        : { body: { status: 'Failed', error } },
    );

    const thrown: unknown = await written(() => putPeering(arm)).catch((reason: unknown) => reason);

    expect(explainFailure(thrown)).toMatchObject({
      class: 'stop',
      code: 'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
      because: expect.stringContaining('10.29.0.0/21'),
      wayOut: expect.stringContaining('Private Link'),
    });
  });

  it('does not follow the operation of a plain write to another host either, nor one that was stored', async () => {
    const { arm, asked } = await standIn(() => ({
      status: 201,
      headers: { 'Azure-AsyncOperation': 'https://evil.example/operations/1' },
    }));

    const begun = await written(() => arm.put('/subscriptions/s/x', '2026-01-01', { body: {}, etag: null }));

    await expect(begun?.poll()).rejects.toThrow('nothing was sent there');
    expect(await arm.resume('plain', 's', '{"operation":"https://evil.example/operations/1"}')).toBeNull();
    expect(await arm.resume('plain', 's', 'no json')).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('keeps the code of a plain write’s operation that failed', async () => {
    const { arm } = await standIn((_path, method) =>
      method === 'PUT'
        ? { status: 201, headers: { 'Azure-AsyncOperation': operation, 'Retry-After': '0' } }
        : { body: { status: 'Failed', error: { code: 'SubnetIsFull', message: 'No room.' } } },
    );
    const begun = await written(() => arm.put('/subscriptions/s/x', '2026-01-01', { body: {}, etag: null }));

    const thrown: unknown = await begun?.poll().catch((reason: unknown) => reason);

    expect(explainFailure(thrown)).toMatchObject({ class: 'stop', code: 'SubnetIsFull' });
  });

  it('sends no change that nobody was asked about', async () => {
    const { arm, asked } = await standIn(() => ({ status: 200, body: {} }));

    await expect(arm.put('/subscriptions/s/x', '2026-01-01', { body: {}, etag: null })).rejects.toThrow(
      'nobody was asked whether it may be written, so nothing was sent',
    );
    expect(asked).toEqual([]);
  });

  it('takes a page of somebody else’s for no answer', async () => {
    const started = createServer((_request, response) => response.end('<html>Maintenance</html>'));
    server = started;
    await new Promise<void>((resolve) => {
      started.listen(0, '127.0.0.1', resolve);
    });
    const arm = createArm({ armUrl: `http://127.0.0.1:${(started.address() as AddressInfo).port}` });

    await expect(arm.read('/subscriptions/s/x', '2026-01-01')).rejects.toThrow('the answer is no JSON');
  });

  it('reports an answer that is no list', async () => {
    const { arm } = await standIn(() => ({
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message: 'No.' } },
    }));

    const thrown: unknown = await arm.list('/subscriptions', '2022-12-01').catch((reason: unknown) => reason);

    expect(explainFailure(thrown)).toMatchObject({ class: 'ask', code: 'AuthorizationFailed' });
  });
});

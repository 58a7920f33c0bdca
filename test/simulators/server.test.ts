import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulators/server.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({
    faults: [],
    answer: () => ({ status: 200, body: { ok: true } }),
    readWorld: () => ({}),
    replaceWorld: () => {
      throw new TypeError('of its own making');
    },
  });
});
afterEach(() => simulator.close());

describe('the ground of the simulators', () => {
  it('outlives a client that goes away in the middle of its request', async () => {
    const socket = connect(simulator.port, '127.0.0.1');
    socket.write('PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');

    expect((await fetch(simulator.origin)).status).toBe(200);
  });

  it('answers a control request that fails inside', async () => {
    const response = await fetch(`${simulator.origin}/_sim/world`, { method: 'POST', body: '{}' });

    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('of its own making')]);
  });
});

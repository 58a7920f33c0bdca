/** Tries from this host, against real listeners on loopback. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createSecureServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lookUp, shakeHands, tryConnect } from '../../src/azure/probe-host.ts';
import type { PromisedTry } from '../../src/azure/promised-tries.ts';
import { tryFromHost } from '../../src/azure/verify-from-host.ts';
import { hub } from '../plan/world.ts';

const timeoutMs = 30_000;
/** For names that no resolver knows, and some resolvers look for at length. */
const briefMs = 1000;
const servers: Server[] = [];
let directory: string;
let certificate: { key: string; cert: string };

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'causeway-probe-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const subject = [
    '-subj',
    '/O=Test company/CN=*.azure.mendixapps.io',
    '-addext',
    'subjectAltName=DNS:*.azure.mendixapps.io,DNS:localhost',
  ];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '30',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ],
    { stdio: 'ignore' },
  );
  certificate = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
});

afterAll(() => rmSync(directory, { recursive: true }));

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

function listen(server: Server): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function plainServer(): Server {
  return createServer((socket) => socket.destroy());
}

function secureServer(): Server {
  return createSecureServer(certificate, (socket) => socket.end());
}

function promise(port: number, host = 'localhost', address = '127.0.0.1'): PromisedTry {
  return { network: hub.id, from: 'hub-vnet', host, address, port };
}

async function verdicts(wanted: PromisedTry, speaksTls = false): Promise<string[]> {
  const evidence = await tryFromHost(wanted, timeoutMs, speaksTls);
  return evidence.map(({ code, good, care, of }) => `${of?.split(' ')[0] ?? code} ${care === true ? 'care' : good}`);
}

describe('the host’s resolver', () => {
  it('is asked as every program on it asks', async () => {
    expect(await lookUp('localhost', timeoutMs)).toEqual({ kind: 'answered', addresses: ['127.0.0.1'] });
  });

  it('that knows no such name never counts as an answer', async () => {
    expect((await lookUp('no-such-name.invalid', briefMs)).kind).not.toBe('answered');
  });
});

describe('a connection', () => {
  it('is open where something listens, and closed where nothing does', async () => {
    const port = await listen(plainServer());

    expect(await tryConnect('127.0.0.1', port, timeoutMs)).toEqual({ kind: 'open' });
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await tryConnect('127.0.0.1', port, timeoutMs)).toEqual({ kind: 'closed', because: 'refused' });
  });

  it('that nobody answers is closed in time', async () => {
    // TEST-NET-1: routed nowhere; where a machine has no route at all, that is a no as well.
    expect((await tryConnect('192.0.2.1', 443, 300)).kind).toBe('closed');
  });
});

describe('a certificate', () => {
  it('is told, and not trusted', async () => {
    const port = await listen(secureServer());

    expect(
      await shakeHands({ host: 'orders.azure.mendixapps.io', address: '127.0.0.1', port }, timeoutMs),
    ).toMatchObject({
      kind: 'presented',
      to: '*.azure.mendixapps.io, localhost',
      by: 'Test company',
      until: expect.stringMatching(/\d{4}/),
      trusted: false,
    });
  });

  it('that does not fit is a line of its own; what answers still answers', async () => {
    const port = await listen(secureServer());

    expect(await verdicts(promise(port), true)).toEqual(['name true', 'reach true', 'certificate care']);
  });

  it('that fits is a yes', async () => {
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, certificate.cert]);
    try {
      const port = await listen(secureServer());
      expect(await verdicts(promise(port), true)).toEqual(['name true', 'reach true', 'certificate true']);
    } finally {
      setDefaultCACertificates(usual);
    }
  });

  it('that never comes is a no, because nobody could open the app', async () => {
    const port = await listen(plainServer());

    expect(await verdicts(promise(port), true)).toEqual(['name true', 'reach false']);
  });
});

describe('a try', () => {
  it('goes to the planned address, wherever the resolver leads', async () => {
    const port = await listen(plainServer());

    expect(await verdicts(promise(port, 'localhost', '127.0.0.2'))).toContain('name false');
  });

  it('asks for one name below a wildcard', async () => {
    const port = await listen(plainServer());

    const [name] = await tryFromHost(promise(port, '*.nowhere.invalid'), briefMs, false);

    expect(name?.text).toContain('causeway-check.nowhere.invalid');
  });
});

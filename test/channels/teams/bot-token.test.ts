import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createBotToken } from '../../../src/channels/teams/bot-token.ts';

const secret = 'never to be read';

async function openLogin(answer: () => { status: number; body: unknown }) {
  const asked: { path: string; form: URLSearchParams }[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    incoming.on('end', () => {
      asked.push({ path: incoming.url ?? '', form: new URLSearchParams(body) });
      const { status, body: answered } = answer();
      outgoing.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const clock = { at: Temporal.Instant.from('2026-11-02T09:00:00Z') };
  const token = createBotToken(
    {
      kind: 'registered',
      appId: 'the app',
      tenantId: 'the-tenant',
      credential: { kind: 'secret', secret },
      serviceHosts: [],
      openIdMetadataUrl: null,
      loginUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    () => clock.at,
  );
  return { asked, clock, token };
}

it('asks once for a token, as the login service wants to be asked', async () => {
  const { asked, token } = await openLogin(() => ({ status: 200, body: { access_token: 't1', expires_in: 3600 } }));

  const tokens = await Promise.all([token.current(), token.current()]);

  expect([...tokens, await token.current()]).toEqual(['t1', 't1', 't1']);
  expect(asked.map(({ path }) => path)).toEqual(['/the-tenant/oauth2/v2.0/token']);
  expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
    grant_type: 'client_credentials',
    client_id: 'the app',
    client_secret: secret,
    scope: 'https://api.botframework.com/.default',
  });
});

it('renews a token before its end, and when it was refused', async () => {
  let given = 0;
  const { clock, token } = await openLogin(() => {
    given += 1;
    return { status: 200, body: { access_token: `t${given}`, expires_in: 3600 } };
  });
  const first = await token.current();
  clock.at = clock.at.add({ minutes: 56 });
  const second = await token.current();

  token.forget();

  expect([first, second, await token.current()]).toEqual(['t1', 't2', 't3']);
});

it('says what to check when it is refused, and nothing of the secret', async () => {
  const { token } = await openLogin(() => ({
    status: 401,
    body: { error: 'invalid_client', error_description: `AADSTS7000215: Invalid client secret ${secret} provided.` },
  }));

  const refused = token.current();

  await expect(refused).rejects.toThrow(/AADSTS7000215.*MICROSOFT_APP_PASSWORD/);
  await expect(refused).rejects.not.toThrow(secret);
});

it('asks again after a failure', async () => {
  let tries = 0;
  const { token } = await openLogin(() => {
    tries += 1;
    return tries === 1 ? { status: 500, body: {} } : { status: 200, body: { access_token: 't', expires_in: '3600' } };
  });
  await expect(token.current()).rejects.toThrow(/status 500/);

  expect(await token.current()).toBe('t');
});

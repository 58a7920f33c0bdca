import { describe, expect, it } from 'vitest';
import { redact, redactName } from '../../src/flows/redact.ts';

const word = 'hunter2hunter2';
const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
const storageKey = `${'Ab1/'.repeat(21)}cd==`;

describe('taking secrets out', () => {
  it.each([
    ['a password', `password=${word}`],
    ['a password', `"password": "${word}"`],
    ['a password', `'pwd' : '${word} with spaces'`],
    ['a password', `AZURE_CLIENT_SECRET=${word}`],
    ['a password', `DB_PASSWORD: ${word}`],
    ['a password', `Server=db;User=a;Password=${word};Encrypt=true`],
    ['a password', `access_token=${word}&x=1`],
    ['a password', `api-key: ${word}`],
    ['a password', `Authorization: Basic ${word}`],
    ['a password in a URL', `postgres://admin:${word}@db.example.com/app`],
    ['a password in a URL', `redis://:${word}@cache`],
    ['an access key', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${word}==;EndpointSuffix=x`],
    ['an access key', `https://a.blob.core.windows.net/c?sv=2024&sig=${word}%3D`],
    ['an access key', `the key is ${storageKey}`],
    ['a client secret', `it is abc8Q~${word.repeat(3)} today`],
    ['a token', `xoxb-${word}`],
    ['a token', `xapp-1-${word}`],
    ['a token', `ghp_${word}`],
    ['a token', jwt],
    ['a bearer token', `curl -H "Authorization: Bearer ${word}"`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${word}\n-----END RSA PRIVATE KEY-----`],
    ['a private key', `-----BEGIN PRIVATE KEY-----\n${word}, cut off`],
  ])('%s in “%s”', (kind, text) => {
    const clean = redact(`before ${text} after`);

    expect(clean.text).toContain('[removed]');
    expect(clean.text).toContain('before');
    expect(clean.text).not.toMatch(/hunter2|Ab1\/Ab1|bbbbbbbbbb/);
    expect(clean.removed).toContain(kind);
  });

  it.each([
    'prod is down since 8, recovery button did nothing, pls help',
    'the password page is slow; nobody can log in',
    'a Basic load balancer in https://portal.azure.com/#resource/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001',
    'orders.azure.mendixapps.io resolves to 10.8.0.4:443',
  ])('leaves “%s” alone', (text) => {
    expect(redact(text)).toEqual({ text, removed: [] });
  });

  it('names each kind once, and finds nothing in its own result', () => {
    const clean = redact(`password=${word} secret=${word} Bearer ${word}`);

    expect(clean.removed).toEqual(['a password', 'a bearer token']);
    expect(redact(clean.text).text).toBe(clean.text);
  });

  it.each(['a.'.repeat(50_000), 'a://b:'.repeat(20_000), '-----BEGIN '.repeat(10_000), 'secret'.repeat(20_000)])(
    'gets through long text that means nothing',
    (text) => {
      expect(redact(text).removed).toEqual([]);
    },
  );
});

it.each([
  ['error.log', 'error.log'],
  ['password=hunter2.log', '[removed].log'],
  ['token: abc def.txt', '[removed] def.txt'],
  ['.env', '.env'],
  ['noending', 'noending'],
])('a file named “%s” is told as “%s”', (name, shown) => {
  expect(redactName(name)).toBe(shown);
});

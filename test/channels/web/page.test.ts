import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(() => house.close());

const files = readdirSync(new URL('../../../src/channels/web/page/', import.meta.url)).filter((name) =>
  /\.(js|css|html)$/.test(name),
);

it('serves the page with a policy that allows nothing from elsewhere and nothing inline', async () => {
  const response = await fetch(house.url);

  const policy = response.headers.get('content-security-policy') ?? '';
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+=|https?:\/\/|\sstyle=/);
});

describe.each(files)('%s', (name) => {
  it('is served as what it is', async () => {
    const response = await fetch(`${house.url}/page/${name}`);

    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

it('serves the card renderer of the package', async () => {
  const response = await fetch(`${house.url}/vendor/adaptivecards.js`);

  expect(response.headers.get('content-type')).toContain('javascript');
  expect(await response.text()).toContain('AdaptiveCard');
});

it.each(['/page/nothing.js', '/page/..%2f..%2fweb.ts', '/page/tsconfig.json'])(
  'serves nothing else: %s',
  async (path) => {
    expect((await fetch(`${house.url}${path}`)).status).toBe(404);
  },
);

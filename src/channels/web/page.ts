/** Serves the page itself: a few files read once at start, and the card renderer from its package. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { App } from '../server.ts';
import { onlyThisMachine } from './guard.ts';

const folder = new URL('page/', import.meta.url);
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing from elsewhere, nothing inline, no pictures from the net, and nobody may put the page into a frame. */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

export function mountPage(app: App): void {
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))]));
  const renderer = readFileSync(new URL(import.meta.resolve('adaptivecards/dist/adaptivecards.min.js')));
  const guard = onlyThisMachine();
  app.get('/', guard, (c) => c.body(bytes(files.get('index.html')), 200, headersFor('index.html')));
  app.get('/vendor/adaptivecards.js', guard, (c) => c.body(bytes(renderer), 200, headersFor('adaptivecards.js')));
  app.get('/page/:name', guard, (c) => {
    const name = c.req.param('name');
    const file = files.get(name);
    return file === undefined || types[extname(name)] === undefined
      ? c.notFound()
      : c.body(bytes(file), 200, headersFor(name));
  });
}

function headersFor(name: string): Record<string, string> {
  return { ...securityHeaders, 'Content-Type': types[extname(name)] ?? 'application/octet-stream' };
}

function bytes(file: Buffer | undefined): Uint8Array<ArrayBuffer> {
  return new Uint8Array(file ?? []);
}

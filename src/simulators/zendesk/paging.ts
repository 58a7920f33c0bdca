/** Lists come in pages, by number (`page=2&per_page=50`) or by cursor (`page[size]=50&page[after]=…`). */
import type { SimRequest } from '../server.ts';
import { badRequest } from './answers.ts';

const maxPageSize = 100;

/** The body of a list under its name, cut to the page that the request asks for. */
export function page(request: SimRequest, name: string, records: readonly unknown[]): Record<string, unknown> {
  const byCursor = ['page[size]', 'page[after]', 'page[before]'].some((key) => request.query.has(key));
  return byCursor ? cursorPage(request, name, records) : numberedPage(request, name, records);
}

/** The host by which the caller knows the account, so that addresses in answers lead back through a proxy. */
export function baseUrl(request: SimRequest): string {
  return `http://${request.headers['host'] ?? 'localhost'}`;
}

export function cursorPage(request: SimRequest, name: string, records: readonly unknown[]): Record<string, unknown> {
  const size = positive(request, 'page[size]', maxPageSize);
  const after = request.query.get('page[after]');
  const before = request.query.get('page[before]');
  const start = after === null ? (before === null ? 0 : Math.max(0, readCursor(before) - size)) : readCursor(after);
  const end = before === null ? start + size : readCursor(before);
  const slice = records.slice(start, end);
  const more = start + slice.length < records.length;
  return {
    [name]: slice,
    meta: {
      has_more: more,
      after_cursor: slice.length > 0 ? writeCursor(start + slice.length) : null,
      before_cursor: slice.length > 0 ? writeCursor(start) : null,
    },
    links: {
      next: more ? link(request, { 'page[after]': writeCursor(start + slice.length) }, 'page[before]') : null,
      prev: start > 0 ? link(request, { 'page[before]': writeCursor(start) }, 'page[after]') : null,
    },
  };
}

function numberedPage(request: SimRequest, name: string, records: readonly unknown[]): Record<string, unknown> {
  const size = positive(request, 'per_page', maxPageSize);
  const number = positive(request, 'page', 1, Number.MAX_SAFE_INTEGER);
  const start = (number - 1) * size;
  const more = start + size < records.length;
  return {
    [name]: records.slice(start, start + size),
    count: records.length,
    next_page: more ? link(request, { page: String(number + 1) }) : null,
    previous_page: number > 1 ? link(request, { page: String(number - 1) }) : null,
  };
}

function positive(request: SimRequest, name: string, fallback: number, max = maxPageSize): number {
  const text = request.query.get(name);
  const value = text === null ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw badRequest('Invalid attribute', `You passed an invalid value for the ${name} attribute.`);
  }
  return Math.min(value, max);
}

function link(request: SimRequest, set: Record<string, string>, drop?: string): string {
  const query = new URLSearchParams(request.query);
  for (const [name, value] of Object.entries(set)) {
    query.set(name, value);
  }
  if (drop !== undefined) {
    query.delete(drop);
  }
  return `${baseUrl(request)}${request.path}?${query.toString()}`;
}

function writeCursor(position: number): string {
  return Buffer.from(`{"o":${position}}`).toString('base64url');
}

function readCursor(cursor: string): number {
  const [, position] = /^\{"o":(\d+)\}$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (position === undefined) {
    throw badRequest('Invalid attribute', 'You passed an invalid value for the page[after] attribute.');
  }
  return Number(position);
}

/**
 * Faults that a simulator can be told to show, by name, and which request they strike.
 */
import type { SimRequest, SimResponse } from './server.ts';

/** A `/_sim/` request that makes no sense; answered with 400 and the message. */
export class BadControlRequest extends Error {
  override readonly name = 'BadControlRequest';
}

/** One entry of `POST /_sim/faults`; `times` counts down to nothing. `path` may hold `*`; without one it is a part of the path. */
export interface Fault {
  match: { method?: string; path?: string };
  fault: string;
  times: number;
}

/**
 * Faults that strike in front of any service: `drop` closes the connection before anything happens, `drop-answer` after
 * the work was done, `delay` waits two seconds first, `hang` never answers.
 */
export const commonFaults = ['drop', 'drop-answer', 'delay', 'hang', '429', '500', '502', '503', 'html'] as const;
export function faultResponse(fault: string | undefined): SimResponse | undefined {
  switch (fault) {
    case '429':
      return {
        status: 429,
        headers: { 'Retry-After': '1' },
        body: { error: { code: 'TooManyRequests', message: 'Slow down.' } },
      };
    case '500':
    case '502':
    case '503':
      return { status: Number(fault), body: { error: { code: 'ServerError', message: `Injected ${fault}.` } } };
    case 'html':
      return { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html><body>Maintenance</body></html>' };
    case undefined:
    default:
      return undefined;
  }
}

export function readFaults(body: unknown, known: readonly string[]): Fault[] {
  if (!Array.isArray(body)) {
    throw new BadControlRequest('Faults come as a JSON array of {"match","fault","times"}.');
  }
  return body.map((entry: Partial<Fault>) => {
    if (typeof entry.fault !== 'string' || !known.includes(entry.fault)) {
      throw new BadControlRequest(`Unknown fault ${JSON.stringify(entry.fault)}; known: ${known.join(', ')}.`);
    }
    return { match: entry.match ?? {}, fault: entry.fault, times: entry.times ?? 1 };
  });
}

export function takeFault(faults: Fault[], request: SimRequest): string | undefined {
  const index = faults.findIndex((fault) => fault.times > 0 && matches(fault.match, request));
  const fault = faults[index];
  if (fault === undefined) {
    return undefined;
  }
  fault.times -= 1;
  if (fault.times <= 0) {
    faults.splice(index, 1);
  }
  return fault.fault;
}

function matches(match: Fault['match'], request: SimRequest): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) {
    return false;
  }
  if (match.path === undefined) {
    return true;
  }
  const wanted = match.path.toLowerCase();
  const path = request.path.toLowerCase();
  if (!wanted.includes('*')) {
    return path.includes(wanted);
  }
  const pattern = wanted
    .split('*')
    .map((part) => RegExp.escape(part))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(path);
}

/** Short ways to say what a check found. */
import type { Finding } from './plan.ts';

export function stop(code: string, text: string, wayOut: string): Finding {
  return { level: 'stop', code, text, wayOut };
}

export function care(code: string, text: string, wayOut: string): Finding {
  return { level: 'care', code, text, wayOut };
}

export function unknown(code: string, text: string, wayOut: string): Finding {
  return { level: 'unknown', code, text, wayOut };
}

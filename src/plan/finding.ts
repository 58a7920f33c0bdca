/** Short ways to say what a check found. */
import type { Brief, Finding, FindingLevel } from './plan.ts';

export function stop(code: string, text: string, wayOut: string, brief?: Brief): Finding {
  return finding('stop', code, [text, wayOut], brief);
}

export function care(code: string, text: string, wayOut: string, brief?: Brief): Finding {
  return finding('care', code, [text, wayOut], brief);
}

export function unknown(code: string, text: string, wayOut: string, brief?: Brief): Finding {
  return finding('unknown', code, [text, wayOut], brief);
}

function finding(level: FindingLevel, code: string, words: [text: string, wayOut: string], brief?: Brief): Finding {
  const [text, wayOut] = words;
  return { level, code, text, wayOut, ...(brief === undefined ? {} : { brief }) };
}

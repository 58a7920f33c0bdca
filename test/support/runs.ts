/** How often a property is tried: a few times with every change, many times before it lands (`npm run test:deep`). */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    depth: 'quick' | 'deep';
  }
}

export function runs(quick: number, deep: number): { numRuns: number } {
  return { numRuns: inject('depth') === 'deep' ? deep : quick };
}

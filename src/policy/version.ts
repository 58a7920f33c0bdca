/** Version numbers of Mendix, compared by number: 10.6 is older than 10.10. */

export const versionPattern = /^\d{1,9}(\.\d{1,9})*$/;

/**
 * Null when it cannot be told: "10" may be any release of Mendix 10, so it is neither older nor newer than 10.10.
 */
export function olderThan(version: string, bound: string): boolean | null {
  const have = version.split('.').map(Number);
  for (const [index, wanted] of bound.split('.').map(Number).entries()) {
    const part = have[index];
    if (part === undefined) {
      return null;
    }
    if (part !== wanted) {
      return part < wanted;
    }
  }
  return false;
}

/** A version just below the bound, to try out what an older app would change. */
export function justBelow(bound: string): string {
  const parts = bound.split('.').map(Number);
  const last = parts.pop() ?? 0;
  return last > 0 ? [...parts, last - 1].join('.') : '0';
}

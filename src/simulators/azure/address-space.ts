/** IPv4 prefixes: what lies in what, and what overlaps. IPv6 prefixes are accepted and never overlap here. */
interface Range {
  first: number;
  last: number;
}

function parseAddress(address: string): number | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function parsePrefix(prefix: string): Range | undefined {
  const [address, length, rest] = prefix.split('/');
  const base = parseAddress(address ?? '');
  const bits = Number(length);
  if (base === undefined || rest !== undefined || !/^\d{1,2}$/.test(length ?? '') || bits > 32) {
    return undefined;
  }
  const size = 2 ** (32 - bits);
  return base % size === 0 ? { first: base, last: base + size - 1 } : undefined;
}

export function isAddress(address: string): boolean {
  return parseAddress(address) !== undefined;
}

export function isPrefix(prefix: string): boolean {
  return prefix.includes(':') || parsePrefix(prefix) !== undefined;
}

export function prefixesContain(prefixes: readonly string[], address: string): boolean {
  const wanted = parseAddress(address);
  return (
    wanted !== undefined &&
    prefixes.some((prefix) => {
      const range = parsePrefix(prefix);
      return range !== undefined && range.first <= wanted && wanted <= range.last;
    })
  );
}

/** Whether all of `inner` lies within one prefix of `outer`. */
export function prefixWithin(inner: string, outer: readonly string[]): boolean {
  const range = parsePrefix(inner);
  return (
    range === undefined ||
    outer.some((prefix) => {
      const around = parsePrefix(prefix);
      return around !== undefined && around.first <= range.first && range.last <= around.last;
    })
  );
}

/** The clashing prefixes of two lists: of each clashing pair the narrower one, which is what both share. */
export function overlaps(left: readonly string[], right: readonly string[]): string[] {
  const shared = left.flatMap((one) =>
    right.flatMap((other) => {
      const a = parsePrefix(one);
      const b = parsePrefix(other);
      if (a === undefined || b === undefined || a.last < b.first || b.last < a.first) {
        return [];
      }
      return [a.last - a.first <= b.last - b.first ? one : other];
    }),
  );
  return [...new Set(shared)];
}

export function sameSpace(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && [...left].sort().join() === [...right].sort().join();
}

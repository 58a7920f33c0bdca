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

/** How long the longest of the prefixes is that hold the address; undefined when none does. */
export function longestMatch(prefixes: readonly string[], address: string): number | undefined {
  const lengths = prefixes
    .filter((prefix) => prefixesContain([prefix], address))
    .map((prefix) => Number(prefix.split('/')[1]));
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

/** Azure keeps the first four addresses of a subnet and the last one for itself. */
export function isReserved(prefixes: readonly string[], address: string): boolean {
  const wanted = parseAddress(address) ?? -1;
  return prefixes.some((prefix) => {
    const range = parsePrefix(prefix);
    return range !== undefined && ((wanted >= range.first && wanted < range.first + 4) || wanted === range.last);
  });
}

/** The lowest address that a machine may still get; undefined when the subnet is full. */
export function nextFree(prefixes: readonly string[], taken: ReadonlySet<string>): string | undefined {
  for (const prefix of prefixes) {
    const { first, last } = parsePrefix(prefix) ?? { first: 0, last: 0 };
    for (let each = first + 4; each < last; each += 1) {
      if (!taken.has(writeAddress(each))) {
        return writeAddress(each);
      }
    }
  }
  return undefined;
}

/** Addresses of organisations' own networks, which no route of the internet leads to (RFC 1918 and RFC 6598). */
export function isPrivate(address: string): boolean {
  return prefixesContain(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], address);
}

function writeAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

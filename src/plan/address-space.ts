/**
 * Address arithmetic: which prefixes overlap, which address lies in which prefix. Azure refuses a peering whose address
 * spaces overlap, so this has to agree with Azure to the last address.
 */

interface Range {
  family: 4 | 6;
  first: bigint;
  last: bigint;
}

/** Two prefixes that share at least one address. */
export interface Overlap {
  left: string;
  right: string;
}

const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-f]{1,4}$/i;
const bitsOf = { 4: 32, 6: 128 } as const;

/** True when the text is a prefix such as `10.0.0.0/16`; host bits may be set, as Azure allows them to be. */
export function isPrefix(text: string): boolean {
  return parsePrefix(text) !== null;
}

/** Every pair that overlaps. A text that is no prefix overlaps nothing; check it with `isPrefix` first. */
export function prefixesOverlap(left: readonly string[], right: readonly string[]): Overlap[] {
  return left.flatMap((one) =>
    right
      .filter((other) => rangesOverlap(parsePrefix(one), parsePrefix(other)))
      .map((other) => ({ left: one, right: other })),
  );
}

/** True when the address lies in the prefix. */
export function prefixContains(prefix: string, address: string): boolean {
  const range = parsePrefix(prefix);
  const point = parseAddress(address);
  if (range === null || point === null || range.family !== point.family) {
    return false;
  }
  return range.first <= point.value && point.value <= range.last;
}

/** How many IPv4 addresses the prefix holds; none for anything else, because Azure counts subnets by IPv4. */
export function sizeOf(prefix: string): bigint {
  const range = parsePrefix(prefix);
  return range === null || range.family === 6 ? 0n : range.last - range.first + 1n;
}

/** True when every address of `inner` lies in `outer`. */
export function prefixCovers(outer: string, inner: string): boolean {
  const [one, other] = [parsePrefix(outer), parsePrefix(inner)];
  return (
    one !== null && other !== null && one.family === other.family && one.first <= other.first && other.last <= one.last
  );
}

/** A dotted IPv4 address without a prefix length. */
export function isAddress(text: string): boolean {
  return parseFour(text) !== null;
}

function rangesOverlap(one: Range | null, other: Range | null): boolean {
  if (one === null || other === null || one.family !== other.family) {
    return false;
  }
  return one.first <= other.last && other.first <= one.last;
}

function parsePrefix(text: string): Range | null {
  const [address = '', length = '', ...rest] = text.trim().split('/');
  const point = parseAddress(address);
  if (point === null || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) {
    return null;
  }
  const bits = bitsOf[point.family];
  const fixed = Number(length);
  if (fixed > bits) {
    return null;
  }
  const free = BigInt(bits - fixed);
  const first = (point.value >> free) << free;
  return { family: point.family, first, last: first + (1n << free) - 1n };
}

function parseAddress(text: string): { family: 4 | 6; value: bigint } | null {
  const four = parseFour(text);
  if (four !== null) {
    return { family: 4, value: four };
  }
  const six = parseSix(text);
  return six === null ? null : { family: 6, value: six };
}

/** Strict on purpose: `010.0.0.1` reads as octal in some programs, so it is no address here. */
function parseFour(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => octet.test(part) && Number(part) <= 255)) {
    return null;
  }
  return joinParts(parts.map(BigInt), 8n);
}

function parseSix(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) {
    return null;
  }
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || head === null || tail === null) {
    return null;
  }
  if (tail === undefined) {
    return head.length === 8 ? joinParts(head, 16n) : null;
  }
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : joinParts([...head, ...Array<bigint>(missing).fill(0n), ...tail], 16n);
}

function groupsOf(text: string): bigint[] | null {
  if (text === '') {
    return [];
  }
  const parts = text.split(':');
  return parts.every((part) => group.test(part)) ? parts.map((part) => BigInt(`0x${part}`)) : null;
}

function joinParts(parts: readonly bigint[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | part, 0n);
}

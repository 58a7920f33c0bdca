/**
 * Writes and reads the zip of a Teams app package. Node has deflate and CRC-32 but no zip, and three small files do not
 * need a library: no folders, no encryption, no archives beyond 4 GB. The same input always gives the same bytes.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export type ZipFiles = ReadonlyMap<string, Uint8Array>;

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const endBytes = 22;
const centralBytes = 46;
const localBytes = 30;
/** Deflate, and names in UTF-8. */
const method = 8;
const utf8Flag = 0x0800;
/** Midnight of 1 January 1980, the first moment that a zip knows. */
const fixedDate = 0x0021;

export function writeZip(files: ZipFiles): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const head = headOf(Buffer.from(name, 'utf8'), bytes, packed);
    const local = Buffer.concat([word(localMark), head.common, head.name]);
    directory.push(centralEntry(head, offset));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const central = Buffer.concat(directory);
  return new Uint8Array(Buffer.concat([...parts, central, endOf(files.size, central.length, offset)]));
}

interface Head {
  /** The fields that both headers share, from "version needed" to "extra field length". */
  common: Buffer;
  name: Buffer;
}

function headOf(name: Buffer, bytes: Uint8Array, packed: Buffer): Head {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(utf8Flag, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt16LE(0, 6);
  common.writeUInt16LE(fixedDate, 8);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(bytes.byteLength, 18);
  common.writeUInt16LE(name.length, 22);
  return { common, name };
}

function centralEntry({ common, name }: Head, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([word(centralMark), half(20), common, rest, name]);
}

function endOf(count: number, size: number, offset: number): Buffer {
  return Buffer.concat([word(endMark), half(0), half(0), half(count), half(count), word(size), word(offset), half(0)]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** Reads through the central directory, as Teams does. @throws {Error} for what is no zip of this kind, or is damaged */
export function readZip(zip: Uint8Array): Map<string, Uint8Array> {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = bytes.length - endBytes;
  if (end < 0 || bytes.readUInt32LE(end) !== endMark) {
    throw new Error('Reading the app package: it is no zip. Build it again.');
  }
  const files = new Map<string, Uint8Array>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + centralBytes, at + centralBytes + nameLength);
    files.set(name, readEntry(bytes, at, name));
    at += centralBytes + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function readEntry(bytes: Buffer, central: number, name: string): Uint8Array {
  const local = bytes.readUInt32LE(central + 42);
  const start = local + localBytes + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(central + 20));
  const isWhole = bytes.readUInt32LE(central) === centralMark && bytes.readUInt32LE(local) === localMark;
  const content = isWhole ? inflateRawSync(packed) : Buffer.alloc(0);
  if (!isWhole || crc32(content) !== bytes.readUInt32LE(central + 16)) {
    throw new Error(`Reading ${name} in the app package: it is damaged. Build the package again.`);
  }
  return content;
}

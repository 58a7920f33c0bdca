import { expect, it } from 'vitest';
import { readZip, writeZip } from '../../../../src/channels/teams/manifest/zip.ts';

const files = new Map([
  ['manifest.json', new TextEncoder().encode('{"name":"Überführung"}'.repeat(50))],
  ['Bild-ü.png', Uint8Array.from({ length: 5_000 }, (_none, index) => (index * 7919) % 256)],
  ['empty.txt', new Uint8Array()],
]);

it('gives back what was put in', () => {
  const read = readZip(writeZip(files));

  expect([...read.keys()]).toEqual([...files.keys()]);
  for (const [name, bytes] of files) {
    expect(Buffer.from(read.get(name) ?? []).equals(bytes)).toBe(true);
  }
});

it('makes the same bytes of the same files', () => {
  expect(Buffer.from(writeZip(files)).equals(writeZip(files))).toBe(true);
});

it('stands as every reader expects it: marks, sizes, counts', () => {
  const zip = Buffer.from(writeZip(new Map([['a', new TextEncoder().encode('hello')]])));

  expect(zip.readUInt32LE(0)).toBe(0x04034b50);
  expect(zip.readUInt32LE(14)).toBe(0x3610a686);
  expect(zip.readUInt32LE(22)).toBe(5);
  const end = zip.length - 22;
  expect(zip.readUInt16LE(end + 10)).toBe(1);
  expect(zip.readUInt32LE(zip.readUInt32LE(end + 16))).toBe(0x02014b50);
  expect(zip.readUInt32LE(end + 16) + zip.readUInt32LE(end + 12)).toBe(end);
});

it.each([
  ['is no zip', () => new TextEncoder().encode('hello')],
  [
    'was damaged',
    () => {
      const zip = writeZip(files);
      zip.fill(0, 45, 60);
      return zip;
    },
  ],
])('refuses what %s', (_what, make) => {
  expect(() => readZip(make())).toThrow();
});

import { expect, it } from 'vitest';
import { decodePosted, encodePosted, type Posted, tsHere } from '../../../../src/channels/slack/posted.ts';

const posts: readonly Posted[] = [
  { kind: 'here', ts: '1700000000.000100' },
  { kind: 'bare', ts: '1700000000.000100' },
  { kind: 'direct', ts: '1700000000.000100', channel: 'D0REQUESTER' },
  { kind: 'ephemeral', ts: '1700000000.000100' },
];

it.each(posts)('reads $kind as it was written', (posted) => {
  expect(decodePosted(encodePosted(posted))).toEqual(posted);
});

it('gives only what stands in its own place an id that can be a thread', () => {
  const ids = posts.map(encodePosted);

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => /^\d+\.\d+$/.test(id))).toEqual(['1700000000.000100']);
  expect(ids.map(tsHere)).toEqual(['1700000000.000100', '1700000000.000100', null, null]);
});

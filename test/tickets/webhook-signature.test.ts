import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { verifyZendeskSignature } from '../../src/tickets/webhook-signature.ts';

/** With the secret that Zendesk publishes for tests; it is used as the text that it is, not decoded. */
const published = {
  secret: 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==',
  timestamp: '2021-03-25T05:09:27Z',
  rawBody: '{"event":"ticket.updated","id":123}',
  signature: 'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=',
  now: Temporal.Instant.from('2021-03-25T05:10:00Z'),
  freshnessSeconds: 300,
};

it('accepts the published example, as text and as bytes', () => {
  expect(verifyZendeskSignature(published)).toBe('ok');
  expect(verifyZendeskSignature({ ...published, rawBody: Buffer.from(published.rawBody) })).toBe('ok');
});

it.each([
  ['another body', { rawBody: '{"event":"ticket.updated","id":124}' }, 'wrong-signature'],
  ['another timestamp', { timestamp: '2021-03-25T05:09:28Z' }, 'wrong-signature'],
  ['another secret', { secret: 'other' }, 'wrong-signature'],
  ['a signature that is no base64', { signature: '***' }, 'wrong-signature'],
  ['a signature that is too short', { signature: 'S/RD' }, 'wrong-signature'],
  ['no signature', { signature: undefined }, 'unsigned'],
  ['an empty signature', { signature: '' }, 'unsigned'],
  ['no timestamp', { timestamp: null }, 'unsigned'],
  ['an old request', { now: Temporal.Instant.from('2021-03-25T05:14:28Z') }, 'not-fresh'],
  ['a request from the future', { now: Temporal.Instant.from('2021-03-25T05:04:26Z') }, 'not-fresh'],
])('refuses %s', (_what, change, verdict) => {
  expect(verifyZendeskSignature({ ...published, ...change })).toBe(verdict);
});

it.each(['2021-03-25T05:14:27Z', '2021-03-25T05:04:27Z'])('accepts the last instant of the window: %s', (now) => {
  expect(verifyZendeskSignature({ ...published, now: Temporal.Instant.from(now) })).toBe('ok');
});

it('refuses a signed timestamp that is no instant', () => {
  const timestamp = 'yesterday';
  const signature = createHmac('sha256', published.secret)
    .update(timestamp + published.rawBody)
    .digest('base64');

  expect(verifyZendeskSignature({ ...published, timestamp, signature })).toBe('unreadable-timestamp');
});

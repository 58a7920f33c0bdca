import { expect, it } from 'vitest';
import { deriveToken, readToken } from '../../src/cards/token.ts';

const claim = { key: 'secret-of-this-test', tokenId: 'case-1/connect/3', verb: 'approve', person: 'approver-1' };

it('gives the id back to the person and the verb it was made for', () => {
  const token = deriveToken(claim);

  expect(readToken({ ...claim, token })).toEqual({ tokenId: claim.tokenId });
});

it('is the same for the same button, so that a repeated click is recognised', () => {
  expect(deriveToken(claim)).toBe(deriveToken({ ...claim }));
});

it.each([{ person: 'approver-2' }, { verb: 'reject' }, { tokenId: 'case-1/connect/4' }, { key: 'another secret' }])(
  'differs with %j',
  (other) => {
    expect(deriveToken({ ...claim, ...other })).not.toBe(deriveToken(claim));
  },
);

it.each([{ person: 'approver-2' }, { person: '' }, { verb: 'reject' }])('is not for %j', (other) => {
  const token = deriveToken(claim);

  expect(readToken({ ...claim, ...other, token })).toBe('not-yours');
});

it('is unknown under another secret', () => {
  expect(readToken({ ...claim, key: 'another secret', token: deriveToken(claim) })).toBe('unknown');
});

it.each([
  '',
  '.',
  '..',
  'a.b.c',
  'no token',
  '💥.💥.💥',
  'x'.repeat(10_000),
  '__proto__',
  `${'A'.repeat(8)}.${'B'.repeat(22)}.${'C'.repeat(43)}`,
])('does not know %j', (token) => {
  expect(readToken({ ...claim, token })).toBe('unknown');
});

it('does not accept the seal of one button under the id of another', () => {
  const [, , seal] = deriveToken(claim).split('.');
  const [name, tag] = deriveToken({ ...claim, tokenId: 'case-2/connect/1' }).split('.');

  expect(readToken({ ...claim, token: `${name}.${tag}.${seal}` })).toBe('not-yours');
});

it('does not accept a token with something added', () => {
  expect(readToken({ ...claim, token: `${deriveToken(claim)}.x` })).toBe('unknown');
});

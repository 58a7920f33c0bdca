import { describe, expect, it } from 'vitest';
import { groundOf, headingsOf, isUnderReview, sourceSchema } from '../../src/policy/documents.ts';

const known = { document: 'support', section: 'Known Limitations', date: '2025-11-06' } as const;

it('knows the headings of the watched documents and of no other', () => {
  expect(headingsOf('support')).toContain('Severity Baselines for Support Tickets');
  expect(headingsOf('connectivity')).toContain('Solution 1: Azure Virtual Network Peering');
  expect(headingsOf('house')).toEqual([]);
});

describe('a rule under review', () => {
  it('was checked against an older edition than the one in which its section last changed', () => {
    expect(isUnderReview(known)).toBe(false);
    expect(isUnderReview({ ...known, date: '2026-01-01' })).toBe(false);
    expect(isUnderReview({ ...known, date: '2025-11-05' })).toBe(true);
    expect(isUnderReview({ ...known, date: null })).toBe(true);
  });

  it('cannot be told where the document bears no date or is not watched', () => {
    expect(isUnderReview({ document: 'connectivity', section: 'Introduction', date: null })).toBe(false);
    expect(isUnderReview({ document: 'house', section: 'Approvals', date: null })).toBe(false);
  });

  it('says so in the ground that people see', () => {
    expect(groundOf({ ...known, date: '2025-11-05' }, 'note', 'scope 2')).toMatchObject({ underReview: true });
  });
});

it('gives the address at which people read the document, none for our own rules', () => {
  expect(groundOf(known, 'note', 'scope 2').url).toMatch(/^https:\/\/docs\.mendix\.com\/.*\/support$/);
  expect(groundOf({ document: 'house', section: 'Approvals', date: null }, 'note', 'x').url).toBeNull();
});

it('refuses a section that a watched document has not', () => {
  expect(sourceSchema.safeParse(known).success).toBe(true);
  expect(sourceSchema.safeParse({ document: 'house', section: 'Anything', date: null }).success).toBe(true);
  expect(sourceSchema.safeParse({ ...known, section: 'Known limits' }).error?.issues[0]?.message).toBe(
    'the document has no such section; write the heading as tables/sections.json does',
  );
});

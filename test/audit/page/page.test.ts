import { describe, expect, it } from 'vitest';
import { connectEntries } from '../connect-case.ts';
import { pageOf } from '../opened.ts';

describe('the page', () => {
  const page = pageOf(connectEntries);

  it('needs nothing but itself', () => {
    expect(page).toContain(`default-src 'none'`);
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\bon\w+=|url\(|@import/i);
    expect(
      [...page.matchAll(/(?:href|src)="([^"]*)"/g)].filter(([, target]) => target?.startsWith('#') !== true),
    ).toEqual([]);
  });

  it('shows what people wrote, and does not carry it out', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('says each time in the zone of the reader and in UTC', () => {
    expect(page).toContain('<time datetime="2026-11-21T13:00:00.000Z">14:00:00 <small>13:00:00 UTC</small></time>');
    expect(page).toContain('Sun 22 Nov 2026, 01:30:00 <small>00:30:00 UTC</small>');
    expect(page).toContain('Times are those of Europe/Amsterdam');
  });

  it('ends with the hash of every entry', () => {
    expect(page.match(/<tr id="entry-/g)).toHaveLength(connectEntries.length);
    expect(page).toContain('0'.repeat(64));
  });

  it('has headings in order, a language, a title, and tables with heads', () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));

    expect(page).toMatch(/<html lang="en">/);
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
    expect(page.match(/<table/g)?.length).toBe(page.match(/<thead/g)?.length);
  });

  it('says first when the record does not hold', () => {
    const broken = pageOf(connectEntries, [{ good: false, text: 'entry 3: entry missing' }]);

    expect(broken.indexOf('The record does not hold')).toBeGreaterThan(0);
    expect(broken.indexOf('The record does not hold')).toBeLessThan(broken.indexOf('Asked by'));
    expect(broken).not.toContain('The record holds');
  });

  it.each([
    ['\u202Egnp.exe', '⟨U+202E⟩gnp.exe'],
    ['zero\u200Bwidth', 'zero⟨U+200B⟩width'],
    ['\uD800', '⟨U+D800⟩'],
    ['bell\u0007', 'bell⟨U+0007⟩'],
    ['👩\u200D💻 & "q" \'s\'', '👩\u200D💻 &amp; &quot;q&quot; &#39;s&#39;'],
  ])('makes seen what hides, and leaves alone what does not: %j', (words, shown) => {
    const event = { type: 'said', person: 'rosa', place: {}, text: words };

    expect(pageOf([['said', { event, flow: 'talk', state: 'talk' }]])).toContain(`${shown}</blockquote>`);
  });
});

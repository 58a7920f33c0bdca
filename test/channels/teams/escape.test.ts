import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../../src/cards/text.ts';
import { escapeCode, escapeMarkdown, escapePlain, escapeXml } from '../../../src/channels/teams/escape.ts';
import { hostile, invisible } from './hostile.ts';

describe('text that people see', () => {
  it.each(invisible)('loses what nobody sees: %s', (_what, text, left) => {
    expect(visibleText(text)).toBe(left);
  });
});

describe('Markdown of a card', () => {
  it.each([
    ['[a](https://e.example)', '\\[a\\](https://e.example)'],
    ['**b** _i_ ~~s~~ `c`', '\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~ \\`c\\`'],
    ['<img src=x> a < b', '&lt;img src=x> a < b'],
    ['&lt; R&D', '&amp;lt; R&D'],
    ['# head\n1. one\n- item', '\\# head\n\n1\\. one\n\n\\- item'],
    ['192.168.0.10 and mendix-prod', '192.168.0.10 and mendix-prod'],
    ['one\n    two', 'one\n\n\u00A0\u00A0\u00A0\u00A0two'],
    ['{{DATE(x)}}', '{\u200B{DATE(x)}}'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it.each(hostile)('has nothing active in it: %s', (_what, text) => {
    expect(activeIn(escapeMarkdown(text))).toEqual([]);
  });

  it('reads as it was written, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const read = readMarkdown(escapeMarkdown(text));

        expect(squeeze(read)).toBe(squeeze(visibleText(text)));
      }),
    );
  });
});

describe('text of a message', () => {
  it.each(hostile)('has no tag and nothing that Markdown reads: %s', (_what, text) => {
    const escaped = escapeXml(text);

    expect(escaped.replaceAll('<br/>', '')).not.toMatch(/[<>*_~`[\]{}|\\]/);
    expect(escaped).not.toMatch(/^\s*[-+=#]|<br\/>[-+=#]/);
  });

  it('reads as it was written, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const read = escapeXml(text)
          .replaceAll('<br/>', '\n')
          .replaceAll('&#160;', ' ')
          .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));

        expect(read).toBe(visibleText(text));
      }),
    );
  });
});

it('shows text that no client reads as it is, but for formulas', () => {
  expect(escapePlain('**a** {{DATE(x)}} \u202Eb')).toBe('**a** {\u200B{DATE(x)}} b');
});

it('lets nothing end a block of code', () => {
  expect(escapeCode('a\n```\nb')).not.toContain('```');
});

/** Unescaped marks that Markdown would act on. */
function activeIn(text: string): string[] {
  const bare = text.replaceAll(/\\[\\`*_~[\]|#>+=.)-]/g, 'x');
  return [
    ...(bare.match(/[`*_~[\]|\\]|<(?=[A-Za-z/!?])|\{\{/g) ?? []),
    ...(bare.match(/^[ \t]*(?:#+(?:\s|$)|>|[+-](?:\s|$)|\d+[.)](?:\s|$)|[=-]{2,}|\t| {4})/gm) ?? []),
  ];
}

function readMarkdown(text: string): string {
  return text
    .replaceAll(/\\([\\`*_~[\]|#>+=.)-])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200B', '');
}

/** Blank lines and spaces at the start of a line are shown alike. */
function squeeze(text: string): string {
  return text.replaceAll(/[\n\t \u00A0]+/g, ' ').trim();
}

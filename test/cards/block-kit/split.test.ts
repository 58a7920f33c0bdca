/** Long text is cut where it does no harm, and nothing of it is lost. */
import { describe, expect, it } from 'vitest';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { problemsOf, textBlock, translate, wordsIn } from './translate.ts';

function piecesOf(words: string): string[] {
  return translate([textBlock(words)]).blocks.map((block) =>
    block.type === 'section' && 'text' in block ? block.text.text : wordsIn(block),
  );
}

describe('a text longer than a section', () => {
  it('is cut at line ends', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `Line ${index} ${'x'.repeat(60)}`);

    const pieces = piecesOf(lines.join('\n'));

    expect(pieces.length).toBe(3);
    expect(pieces.join('\n')).toBe(lines.join('\n'));
  });

  it('without lines is cut at spaces', () => {
    const pieces = piecesOf(`${'word '.repeat(1_000)}end`);

    expect(pieces.join(' ')).toBe(`${'word '.repeat(1_000)}end`);
    expect(pieces.every((piece) => piece.length <= 3_000)).toBe(true);
  });

  it('without spaces is cut anywhere but inside a character', () => {
    const pieces = piecesOf('👍'.repeat(2_000));

    expect(pieces.join('')).toBe('👍'.repeat(2_000));
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it('is never cut inside an entity', () => {
    const pieces = piecesOf('&<>'.repeat(700));

    expect(pieces.join('')).toBe('&amp;&lt;&gt;'.repeat(700));
    expect(problemsOf(translate([textBlock('&<>'.repeat(700))]))).toEqual([]);
  });

  it('is never cut inside a link', () => {
    const links = Array.from(
      { length: 100 },
      (_, index) => `[link ${index}](https://x.example/${'p'.repeat(50)}/${index}?a=1&b=2)`,
    );

    const pieces = piecesOf(links.join(' '));

    const found = pieces.join('\n').match(/<https:\/\/x\.example\/p+\/\d+\?a=1&amp;b=2\|link \d+>/g);
    expect(found).toHaveLength(100);
  });

  it('keeps its looks on both sides of a cut', () => {
    const pieces = piecesOf(`**${'bold words '.repeat(400).trim()}**`);

    expect(pieces.length).toBe(2);
    expect(pieces.every((piece) => /^\*bold.*words\*$|^\*bold.*bold\*$|^\*words.*\*$/.test(piece))).toBe(true);
  });
});

describe('the text beside the blocks', () => {
  it('says the card without markup, escaped', () => {
    const { text } = translate([
      textBlock('Approve **this** & [that](https://x.example)', { style: 'heading' }),
      { type: 'FactSet', facts: [{ title: 'Risk:', value: '2 > 1' }] },
    ]);

    expect(text).toBe('Approve this &amp; that\nRisk: 2 &gt; 1');
  });

  it('is cut at a line end', () => {
    const { text } = translate(Array.from({ length: 100 }, (_, index) => textBlock(`Line ${index} ${'&'.repeat(10)}`)));

    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(text).toMatch(/\nLine \d+ (?:&amp;){10}…$/);
  });

  it.each([
    ['the words for clients without cards', { fallbackText: 'Please open Teams' }, 'Please open Teams'],
    ['what is asked', { body: [{ type: 'Input.Text', id: 'x', label: 'Reason' }] }, 'Reason'],
    ['what can be pressed', { actions: [{ type: 'Action.Submit', title: 'Approve' }] }, 'Approve'],
    ['that there is none', {}, 'A card without text'],
  ])('is %s when the card has no text', (_name, card, expected) => {
    expect(translateWhole(card).text).toBe(expected);
  });
});

function translateWhole(card: { body?: object[]; actions?: object[]; fallbackText?: string }): { text: string } {
  const { body = [], actions = [], ...rest } = card;
  return toBlockKit({ type: 'AdaptiveCard', version: '1.5', body, actions, ...rest });
}

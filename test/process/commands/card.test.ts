import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cardNames } from '../../../src/cards/templates.ts';
import { renderCard } from '../../../src/process/commands/card.ts';

function sampleOf(name: string): string {
  return fileURLToPath(new URL(`../../../cards/${name}.sample.json`, import.meta.url));
}

it.each(cardNames)('shows %s as Teams gets it, within its limits', (name) => {
  const text = renderCard({ name, dataFile: sampleOf(name), to: 'teams' });

  expect(JSON.parse(text)).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  expect(Buffer.byteLength(JSON.stringify(JSON.parse(text)))).toBeLessThan(25 * 1024);
  expect(text).not.toContain('${');
});

it.each(cardNames)('says all of %s in plain text', (name) => {
  expect(renderCard({ name, dataFile: sampleOf(name), to: 'text' }).trim()).not.toBe('');
});

it('names the cards there are when asked for another', () => {
  expect(() => renderCard({ name: 'nope', dataFile: sampleOf('help'), to: 'text' })).toThrow(
    /There is no card “nope”.*approval/,
  );
});

it('says what to write when the data cannot be read', () => {
  expect(() => renderCard({ name: 'help', dataFile: '/nowhere.json', to: 'text' })).toThrow(
    /Reading \/nowhere\.json.*help\.sample\.json/,
  );
});

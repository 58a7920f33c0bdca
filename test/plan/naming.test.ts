import { describe, expect, it } from 'vitest';
import { freeName, nameBy, ownNaming } from '../../src/plan/naming.ts';

describe('a name', () => {
  it.each([
    ['the bot’s own pattern', ownNaming.pattern, 'to-hub-vnet', 'causeway-to-hub-vnet'],
    ['a pattern around it', 'net-{name}-mx', 'hub', 'net-hub-mx'],
    ['only the name', '{name}', 'hub', 'hub'],
    ['signs that Azure does not take', 'x-{name}', 'erp.corp/é', 'x-erp.corp'],
    ['ends that Azure does not take', '-{name}.', 'hub', 'hub'],
    ['what looks like a replacement', 'a-{name}', 'x$&y', 'a-x-y'],
  ])('follows %s', (_what, pattern, what, name) => {
    expect(nameBy({ pattern, tags: {} }, what, 80)).toBe(name);
  });

  it('is cut to Azure’s length, ends as Azure wants it, and keeps the pattern', () => {
    const name = nameBy({ pattern: 'net-{name}-mx', tags: {} }, 'x'.repeat(200), 64);

    expect(name).toHaveLength(64);
    expect(name).toMatch(/^net-x+-mx$/);
  });

  it('gets the first number that is free, within the length', () => {
    const taken = new Set(['hub', 'hub-2']);

    expect(freeName('Hub', taken, 80)).toBe('Hub-3');
    expect(freeName('abcdef', new Set(['abcdef']), 6)).toBe('abcd-2');
  });
});

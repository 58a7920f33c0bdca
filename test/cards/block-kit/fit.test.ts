/** What does not fit is cut at a whole element, and told. */
import { describe, expect, it } from 'vitest';
import { problemsOf, textBlock, translate, wordsIn } from './translate.ts';

function texts(count: number, length = 10): object[] {
  return Array.from({ length: count }, (_, index) => textBlock(`T${index} ${'x'.repeat(length)}`));
}

const bar = [{ type: 'Action.Submit', title: 'Approve' }];

describe('more than 50 blocks', () => {
  const translation = translate(texts(70), bar);

  it('end in a line that says so, before the buttons', () => {
    const { blocks } = translation;

    expect(blocks).toHaveLength(50);
    expect(wordsIn(blocks[48])).toContain('Cut here: 22 more elements do not fit into a Slack message.');
    expect(blocks[49]).toMatchObject({ type: 'actions' });
    expect(problemsOf(translation)).toEqual([]);
  });

  it('have an entry for each element that is left out', () => {
    expect(translation.losses.map(({ path }) => path)).toEqual(
      Array.from({ length: 22 }, (_, index) => `/body/${48 + index}`),
    );
    expect(new Set(translation.losses.map(({ element }) => element))).toEqual(new Set(['TextBlock']));
  });

  it('fit into the App Home, which takes 100', () => {
    const { blocks, losses } = translate(texts(70), bar, { surface: 'home' });

    expect(blocks).toHaveLength(71);
    expect(losses).toEqual([]);
  });

  it('are none when only lines between them are too many', () => {
    const ruled = Array.from({ length: 40 }, (_, index) => textBlock(`T${index}`, { separator: true }));

    const { blocks, losses } = translate(ruled);

    expect(blocks).toHaveLength(40);
    expect(losses).toEqual([]);
  });
});

describe('more than 13,000 characters', () => {
  it('are cut at a whole element', () => {
    const translation = translate(texts(8, 2_500), bar);

    expect(translation.losses.map(({ path }) => path)).toEqual(['/body/4', '/body/5', '/body/6', '/body/7']);
    expect(wordsIn(translation.blocks)).toContain('T3 xxx');
    expect(wordsIn(translation.blocks)).not.toContain('T4 ');
    expect(problemsOf(translation)).toEqual([]);
  });

  it('in one text show its beginning', () => {
    const translation = translate([textBlock('word '.repeat(4_000)), textBlock('after')], bar);

    expect(wordsIn(translation.blocks).split('word').length).toBeGreaterThan(2_000);
    expect(translation.losses).toMatchObject([
      { path: '/body/0', reason: expect.stringContaining('its end is left out') as unknown },
      { path: '/body/1' },
    ]);
    expect(problemsOf(translation)).toEqual([]);
  });

  it('of data in buttons leave out the last buttons', () => {
    const heavy = Array.from({ length: 12 }, (_, index) => ({ ...bar[0], data: `${index}${'d'.repeat(1_900)}` }));

    const translation = translate([textBlock('Hello')], heavy);

    expect(wordsIn(translation.blocks)).toContain('Hello');
    expect(translation.losses.map(({ element }) => element)).toContain('Action.Submit');
    expect(problemsOf(translation)).toEqual([]);
  });
});

describe('a form', () => {
  const send = [{ type: 'Action.Submit', title: 'Send' }];

  it('of more than 100 blocks keeps its fields before its texts', () => {
    const inputs = Array.from({ length: 90 }, (_, index) => ({ type: 'Input.Text', id: `i${index}`, label: 'Label' }));

    const translation = translate([...inputs, ...texts(30)], send);

    const fields = translation.modal?.blocks.filter(({ type }) => type === 'input') ?? [];
    expect(fields).toHaveLength(90);
    expect(translation.modal?.blocks).toHaveLength(100);
    expect(problemsOf(translation)).toEqual([]);
  });

  it('of more than 250 kB leaves out whole fields', () => {
    const choices = Array.from({ length: 100 }, (_, index) => ({
      title: `${index}${'界'.repeat(70)}`,
      value: `v${index}`,
    }));
    const inputs = Array.from({ length: 20 }, (_, index) => ({
      type: 'Input.ChoiceSet',
      id: `i${index}`,
      label: 'L',
      choices,
    }));

    const translation = translate(inputs, send);

    expect(problemsOf(translation)).toEqual([]);
    expect(translation.losses.length).toBeGreaterThan(0);
    expect((translation.modal?.blocks.length ?? 0) + translation.losses.length).toBe(21);
  });
});

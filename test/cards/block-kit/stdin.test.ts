/** `causeway card --stdin --to slack`: what goes in and out as text. */
import { describe, expect, it } from 'vitest';
import { runCardStdin } from '../../../src/cards/block-kit/stdin.ts';
import { cardOf, section, textBlock } from './translate.ts';

const hello = cardOf([textBlock('Hello')]);

function linesOf(input: readonly unknown[]): { id: unknown; blocks: unknown; losses: { path: string }[] }[] {
  const { stdout, exitCode } = runCardStdin(input.map((line) => JSON.stringify(line)).join('\n'));
  expect(exitCode).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: unknown; blocks: unknown; losses: { path: string }[] });
}

describe('one card', () => {
  it.each([
    ['on one line', JSON.stringify(hello)],
    ['on several lines', JSON.stringify(hello, null, 2)],
    [
      'after a byte order mark, with line ends of Windows',
      `\uFEFF${JSON.stringify(hello, null, 2).replaceAll('\n', '\r\n')}\r\n`,
    ],
  ])('%s is translated', (_name, input) => {
    expect(runCardStdin(input)).toEqual({
      stdout: `${JSON.stringify({ blocks: [section('Hello')], modal: null, text: 'Hello', losses: [] })}\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  it('is never filled: it brings no data', () => {
    expect(runCardStdin(JSON.stringify(cardOf([textBlock('${name}')]))).stdout).toContain('${name}');
  });

  it('gives the same bytes twice', () => {
    const input = JSON.stringify(cardOf([{ type: 'Badge' }, { type: 'Input.Text', id: 'x' }]));

    expect(runCardStdin(input)).toEqual(runCardStdin(input));
  });
});

describe('lines', () => {
  it('keep their order and their ids, whatever these are', () => {
    const ids = ['b', 7, null, { a: 1 }];

    expect(linesOf(ids.map((id) => ({ id, card: hello }))).map(({ id }) => id)).toEqual(ids);
  });

  it('may stand apart', () => {
    const { stdout, exitCode } = runCardStdin(`\n${JSON.stringify({ id: 1, card: hello })}\r\n\n`);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, blocks: [section('Hello')] });
  });

  it('are filled with their data, once', () => {
    const card = cardOf([
      textBlock('Hello ${name}'),
      textBlock('${$data}', { $data: '${items}' }),
      textBlock('never', { $when: '${not(exists(name))}' }),
    ]);
    const data = { name: '${secret}', secret: 'hunter2', items: ['a', 'b'] };

    const [line] = linesOf([{ id: 1, card, data }]);

    expect(line).toMatchObject({ blocks: [section('Hello ${secret}'), section('a'), section('b')], losses: [] });
  });

  it('without data are not filled', () => {
    expect(linesOf([{ id: 1, card: cardOf([textBlock('${name}')]), data: null }])[0]?.blocks).toEqual([
      section('${name}'),
    ]);
  });

  it('take choices and facts from the data, but no elements', () => {
    const card = cardOf([
      { type: 'FactSet', facts: '${facts}' },
      { type: 'Container', items: '${smuggled}' },
    ]);
    const smuggled = [
      { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'click', url: 'https://evil.example' }] },
    ];

    const [line] = linesOf([{ id: 1, card, data: { facts: [{ title: 'a', value: 'b' }], smuggled } }]);

    expect(JSON.stringify(line?.blocks)).toContain('*a*');
    expect(JSON.stringify(line?.blocks)).not.toContain('evil.example');
    expect(line?.losses.map(({ path }) => path)).toEqual(['/body/1/items/0']);
  });

  it.each(['Hello ${', '${foo(}', '${json(name)}', '${nothing.here}', '${1/0}'])(
    'with the template %j never fail',
    (words) => {
      const [line] = linesOf([{ id: 1, card: cardOf([textBlock(words)]), data: { name: '{' } }]);

      expect(JSON.stringify(line?.blocks)).not.toBe('[]');
    },
  );
});

describe('what is no card', () => {
  it.each([
    ['nothing', ''],
    ['blank lines', ' \n\t\n'],
    ['no JSON', '{"type":'],
    ['words', 'hello'],
    ['another object', '{"type":"Message"}'],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['a line without a card', '{"id":1}'],
    ['a line whose card is none', '{"id":1,"card":{"type":"Container"}}'],
    ['cards on lines without the frame', `${JSON.stringify(hello)}\n${JSON.stringify(hello)}`],
    ['a template that fills to nothing', JSON.stringify({ id: 1, card: { ...hello, $when: '${false}' }, data: {} })],
    ['a tower', '['.repeat(200_000)],
  ])('%s ends with 2 and one line', (_name, input) => {
    const { stdout, stderr, exitCode } = runCardStdin(input);

    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  it('among other lines is named, and the others are translated', () => {
    const good = JSON.stringify({ id: 1, card: hello });

    const { stdout, stderr, exitCode } = runCardStdin(`${good}\nnonsense\n{}\n${good}\n`);

    expect(exitCode).toBe(2);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/^Reading line 2: .* \(and 1 more like it\)\n$/);
  });
});

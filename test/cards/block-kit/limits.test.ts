/** The judge of the other tests has to see what is wrong, and nothing else. */
import { describe, expect, it } from 'vitest';
import { problemsIn, problemsInView } from './limits.ts';
import { mrkdwn, plain, section } from './translate.ts';

const button = { type: 'button', action_id: 'a', text: plain('Go') };
const field = {
  type: 'input',
  block_id: 'x',
  label: plain('L'),
  element: { type: 'datepicker', action_id: 'x' },
  optional: true,
};

describe('what is wrong', () => {
  it.each<[string, object]>([
    ['too long a text', section('x'.repeat(3_001))],
    ['an empty text', section('')],
    ['half an entity', section('a &am')],
    ['a mention', section('<!channel>')],
    ['a person', section('<@U012AB3CD>')],
    ['a cut link', section('<https://x.example|a')],
    ['a disguised link', section('<https://evil.example|portal.azure.com>')],
    ['bare words that are read', { type: 'section', text: { type: 'mrkdwn', text: '@here' } }],
    ['a stranger among the keys', { ...section('a'), color: 'red' }],
    ['an unknown block', { type: 'container' }],
    ['a field', field],
    ['too long a header', { type: 'header', text: plain('x'.repeat(151)) }],
    ['a header with markup', { type: 'header', text: mrkdwn('a') }],
    ['eleven fields', { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('a')) }],
    ['no buttons', { type: 'actions', elements: [] }],
    ['two buttons of one name', { type: 'actions', elements: [button, button] }],
    ['an address that is none', { type: 'actions', elements: [{ ...button, url: 'javascript:alert(1)' }] }],
    ['a picture without words', { type: 'image', image_url: 'https://x.example/a.png', alt_text: '' }],
    ['rich text without words', { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] }],
    ['a table with an empty cell', { type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }],
  ])('%s in a message is seen', (_name, block) => {
    expect(problemsIn([block], 'message')).not.toEqual([]);
  });

  it('too much of it is seen', () => {
    expect(
      problemsIn(
        Array.from({ length: 51 }, () => section('a')),
        'message',
      ),
    ).toHaveLength(1);
    expect(
      problemsIn(
        Array.from({ length: 5 }, () => section('a'.repeat(2_900))),
        'message',
      ),
    ).toHaveLength(1);
  });

  it('a view without its parts is seen', () => {
    expect(problemsInView({ type: 'modal', blocks: [] })).not.toEqual([]);
  });
});

it('what is right is right', () => {
  const view = {
    type: 'modal',
    callback_id: 'send',
    title: plain('Title'),
    submit: plain('Send'),
    close: plain('Cancel'),
    private_metadata: '',
    blocks: [section('a &amp; <https://x.example/?a=1&amp;b=2|b>'), field],
  };

  expect(problemsIn([section('a'), { type: 'divider' }, { type: 'actions', elements: [button] }], 'message')).toEqual(
    [],
  );
  expect(problemsInView(view)).toEqual([]);
});

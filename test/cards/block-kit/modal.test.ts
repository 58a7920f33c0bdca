/** The form of a card as a whole view, and what the message shows of it. */
import { describe, expect, it } from 'vitest';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { cardOf, plain, section, textBlock, translate, wordsIn } from './translate.ts';

const send = { type: 'Action.Execute', title: 'Send', verb: 'send', data: { token: 'abc' } };

function input(type: string, more: object = {}): object {
  return { type: `Input.${type}`, id: 'x', label: 'Label', ...more };
}

describe('the form', () => {
  it('is a whole view, and nothing of it stands in the message', () => {
    const { blocks, modal } = translate([textBlock('Hello'), input('Text')], [send]);

    expect(blocks.map(({ type }) => type)).toEqual(['section', 'context', 'actions']);
    expect(modal).toEqual({
      type: 'modal',
      callback_id: 'send',
      title: plain('Send'),
      submit: plain('Send'),
      close: plain('Cancel'),
      private_metadata: 'abc',
      blocks: [section('Hello'), expect.objectContaining({ type: 'input' }) as unknown],
    });
  });

  it('is none without inputs', () => {
    expect(translate([textBlock('Hello')], [send]).modal).toBeNull();
  });

  it('has the heading for a title when that is short enough, and says it once', () => {
    const { modal } = translate([textBlock('What went wrong?', { style: 'heading' }), input('Text')], [send]);

    expect(modal).toMatchObject({ title: plain('What went wrong?'), blocks: [{ type: 'input' }] });
  });

  it('sends what the pressed button sends', () => {
    const card = cardOf([input('Text')], [send, { ...send, verb: 'refuse', title: 'Refuse', data: { token: 'def' } }]);

    expect(toBlockKit(card, { verb: 'refuse' }).modal).toMatchObject({
      callback_id: 'refuse',
      submit: plain('Refuse'),
      private_metadata: 'def',
    });
  });

  it('cuts a long title of its button, and says so', () => {
    const { modal, losses } = translate([input('Text')], [{ ...send, title: 'Send this to everybody now' }]);

    expect(modal?.submit).toEqual(plain('Send this to everybody…'));
    expect(losses).toMatchObject([{ path: '/actions/0', element: 'Action.Execute' }]);
  });

  it('can be opened even when the card has no button for it', () => {
    const { blocks } = translate([textBlock('Hello'), input('Text')], [{ ...send, associatedInputs: 'none' }]);

    expect(wordsIn(blocks)).toContain('Open the form');
  });

  it('does not repeat a long card before its first field, but keeps the question', () => {
    const long = Array.from({ length: 8 }, (_, index) => textBlock(`Line ${index}`));

    const { modal } = translate([...long, textBlock('Why?'), input('Text', { label: undefined })], [send]);

    expect(modal?.blocks).toMatchObject([section('Why?'), { type: 'input' }]);
  });

  it('of a card behind a button belongs to the buttons there', () => {
    const inner = {
      type: 'AdaptiveCard',
      body: [input('Text')],
      actions: [{ ...send, title: 'Reject', verb: 'reject' }],
    };

    const { blocks, modal } = translate(
      [],
      [
        { ...send, title: 'Delete', verb: 'delete', style: 'destructive' },
        { type: 'Action.ShowCard', title: 'Say no', card: inner },
      ],
    );

    expect(modal).toMatchObject({ callback_id: 'reject' });
    expect(blocks[1]).toMatchObject({ elements: [{ action_id: 'delete', confirm: { style: 'danger' } }] });
  });
});

describe('the message', () => {
  it('shows what is filled in, as text', () => {
    const { blocks } = translate(
      [
        input('Text', { value: 'orders' }),
        input('ChoiceSet', { id: 'y', value: 'b', choices: [{ title: 'B!', value: 'b' }] }),
        input('Text', { id: 'z' }),
      ],
      [send],
    );

    expect(blocks[0]).toMatchObject({
      type: 'section',
      fields: [{ text: '*Label*\norders' }, { text: '*Label*\nB!' }],
    });
  });

  it('gives a long answer the whole width', () => {
    expect(translate([input('Text', { value: 'a\nb\nc' })], [send]).blocks[0]).toEqual(section('*Label*\na\nb\nc'));
  });

  it('says what is asked and has no answer yet', () => {
    expect(wordsIn(translate([input('Text', { label: 'Reason' })], [send]).blocks)).toContain('The form asks: Reason');
  });
});

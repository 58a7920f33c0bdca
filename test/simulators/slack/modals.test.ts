/** People in modals: what they fill in, what the client lets through, what the app's answer does. */
import { describe, expect, it } from 'vitest';
import { input, type Json, modal, openModal, openStage, plain, section, type Stage, type View } from './stage.ts';

function option(value: string): Json {
  return { text: plain(`Option ${value}`), value };
}
const name = input('name', { type: 'plain_text_input', min_length: 2, max_length: 5 });
const rosa = 'U0REQUESTER';

async function ask(
  blocks: Json[],
  more: Json = {},
): Promise<Stage & { view: View; submit: (values?: Json) => ReturnType<Stage['move']> }> {
  const stage = await openStage();
  const view = await openModal(stage, modal(blocks, { private_metadata: 'token-1', ...more }));
  stage.received.length = 0;
  return { ...stage, view, submit: (values = {}) => stage.move('submit', { user: rosa, view: view.id, values }) };
}

describe('submitting', () => {
  it('sends everything that stands in the form', async () => {
    const { submit, received, view } = await ask([
      name,
      input('mail', { type: 'email_text_input' }, { optional: true }),
      input('count', {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '9',
        initial_value: '3',
      }),
      input('day', { type: 'datepicker' }),
      input('time', { type: 'timepicker', initial_time: '09:30' }),
      input('pick', { type: 'static_select', options: [option('a'), option('b')], initial_option: option('b') }),
      input('many', {
        type: 'multi_static_select',
        option_groups: [{ label: plain('All'), options: [option('a'), option('b')] }],
      }),
      input('one', { type: 'radio_buttons', options: [option('a')] }, { optional: true }),
      input('box', { type: 'checkboxes', options: [option('yes')] }),
    ]);

    const sent = await submit({ name: 'hub', day: '2026-11-21', many: ['b', 'a'], box: ['yes'] });

    expect(sent).toMatchObject({ delivered: true, status: 200, view: null });
    expect(received[0]?.payload).toMatchObject({
      type: 'view_submission',
      user: { id: rosa },
      trigger_id: expect.any(String) as unknown,
      view: {
        id: view.id,
        callback_id: 'ask',
        private_metadata: 'token-1',
        state: {
          values: {
            name: { name: { type: 'plain_text_input', value: 'hub' } },
            mail: { mail: { type: 'email_text_input', value: null } },
            count: { count: { type: 'number_input', value: '3' } },
            day: { day: { type: 'datepicker', selected_date: '2026-11-21' } },
            time: { time: { type: 'timepicker', selected_time: '09:30' } },
            pick: { pick: { type: 'static_select', selected_option: option('b') } },
            many: { many: { type: 'multi_static_select', selected_options: [option('b'), option('a')] } },
            one: { one: { type: 'radio_buttons', selected_option: null } },
            box: { box: { type: 'checkboxes', selected_options: [option('yes')] } },
          },
        },
      },
    });
  });

  it.each([
    ['nothing', name, null, 'Please complete this required field.'],
    ['too little', name, 'h', 'Enter at least 2 characters.'],
    ['too much', name, 'hub-vnet', 'Enter at most 5 characters.'],
    ['no e-mail', input('x', { type: 'email_text_input' }), 'rosa', 'Enter a valid email address.'],
    ['no address', input('x', { type: 'url_text_input' }), 'portal', 'Enter a valid URL.'],
    ['no number', input('x', { type: 'number_input', is_decimal_allowed: true }), 'four', 'Enter a number.'],
    ['half a number', input('x', { type: 'number_input', is_decimal_allowed: false }), '1.5', 'Enter a whole number.'],
    [
      'a small number',
      input('x', { type: 'number_input', is_decimal_allowed: false, min_value: '2' }),
      1,
      'Enter a number of at least 2.',
    ],
    [
      'a large number',
      input('x', { type: 'number_input', is_decimal_allowed: false, max_value: '2' }),
      '3',
      'Enter a number of at most 2.',
    ],
    [
      'another option',
      input('x', { type: 'static_select', options: [option('a')] }),
      'b',
      '"b" is not on the list: a.',
    ],
    [
      'too many options',
      input('x', { type: 'multi_static_select', options: [option('a'), option('b')], max_selected_items: 1 }),
      ['a', 'b'],
      'Choose at most 1.',
    ],
  ])('is stopped by the client: %s', async (_name, block, value, error) => {
    const { submit, received, view } = await ask([block]);
    const blockId = String(block['block_id']);

    expect(await submit({ [blockId]: value })).toMatchObject({
      delivered: false,
      errors: { [blockId]: error },
      view: { id: view.id },
    });
    expect(received).toEqual([]);
  });

  it('knows no inputs but those of the view', async () => {
    const { submit } = await ask([name]);

    expect((await submit({ nickname: 'x' })).error).toContain('There is no input nickname; there are: name');
  });

  it('is for the view on top, of one’s own', async () => {
    const { move, view } = await ask([name]);

    expect((await move('submit', { user: 'U0ADMIN', view: view.id })).error).toContain('has no view');
    expect((await move('submit', { user: rosa, view: 'V0GONE' })).error).toContain(`open: ${view.id}`);
  });
});

describe('the answer of the app', () => {
  it('shows errors on their fields and keeps the form', async () => {
    const { submit, replies, view, world } = await ask([name]);
    replies.push({ status: 200, body: { response_action: 'errors', errors: { name: 'Taken already.' } } });

    expect(await submit({ name: 'hub' })).toMatchObject({ errors: { name: 'Taken already.' }, view: { id: view.id } });
    expect((await world()).views).toHaveLength(1);
  });

  it('puts another form in its place', async () => {
    const { submit, replies, view } = await ask([name]);
    replies.push({ status: 200, body: { response_action: 'update', view: modal([section('Thanks')]) } });

    expect(await submit({ name: 'hub' })).toMatchObject({
      view: { id: view.id, blocks: [{ text: { text: 'Thanks' } }] },
    });
  });

  it('puts another form on top, and clears all', async () => {
    const { submit, replies, view, move } = await ask([name]);
    replies.push(
      { status: 200, body: { response_action: 'push', view: modal([section('More')]) } },
      { status: 200, body: { response_action: 'clear' } },
    );

    const pushed = await submit({ name: 'hub' });
    const below = await submit({ name: 'hub' });

    expect(pushed.view).toMatchObject({ previous_view_id: view.id });
    expect(below.error).toContain('on top');
    expect(await move('submit', { user: rosa, view: pushed.view.id })).toMatchObject({ view: null });
  });

  it('goes back to the view below when it says nothing', async () => {
    const { submit, replies, view, move } = await ask([name]);
    replies.push({ status: 200, body: { response_action: 'push', view: modal([section('More')]) } });
    const pushed = await submit({ name: 'hub' });

    expect(await move('submit', { user: rosa, view: pushed.view.id })).toMatchObject({ view: { id: view.id } });
  });

  it.each([
    ['a failure', { status: 500 }],
    ['an action nobody knows', { status: 200, body: { response_action: 'wait' } }],
    ['an error on no field', { status: 200, body: { response_action: 'errors', errors: { nickname: 'x' } } }],
    ['no errors at all', { status: 200, body: { response_action: 'errors', errors: {} } }],
    ['a view that Slack does not take', { status: 200, body: { response_action: 'update', view: modal([]) } }],
    ['some text', { status: 200, body: 'ok' }],
  ])('is trouble when it is %s', async (_name, reply) => {
    const { submit, replies, view } = await ask([name]);
    replies.push(reply);

    expect(await submit({ name: 'hub' })).toMatchObject({
      trouble: expect.stringContaining('trouble connecting') as unknown,
      view: { id: view.id },
    });
  });

  it('comes within three seconds or not at all, and nothing is sent twice', async () => {
    const { submit, replies, received, move } = await ask([name]);
    await move('settings', { ackMs: 50 });
    replies.push('never');

    expect(await submit({ name: 'hub' })).toMatchObject({
      status: 0,
      retries: 0,
      trouble: expect.any(String) as unknown,
    });
    expect(received).toHaveLength(1);
  });
});

describe('menus that ask the app', () => {
  const far = input('net', { type: 'external_select', min_query_length: 2 });

  it('offer what it answers, and take only that', async () => {
    const { move, replies, received, view, submit } = await ask([far]);
    replies.push({ status: 200, body: { options: [option('hub'), option('spoke')] } });

    const asked = await move('options', { user: rosa, view: view.id, action_id: 'net', value: 'hu' });

    expect(asked['options']).toMatchObject([{ value: 'hub' }, { value: 'spoke' }]);
    expect(received[0]?.payload).toMatchObject({
      type: 'block_suggestion',
      action_id: 'net',
      block_id: 'net',
      value: 'hu',
      view: { id: view.id },
    });
    expect(await submit({ net: 'dmz' })).toMatchObject({ errors: { net: '"dmz" is not on the list: hub, spoke.' } });
    expect(await submit({ net: 'hub' })).toMatchObject({ delivered: true });
  });

  it('stay empty when the answer is no list', async () => {
    const { move, replies, view } = await ask([far]);
    const query = { user: rosa, view: view.id, action_id: 'net', value: 'hub' };
    replies.push({ status: 500 }, { status: 200, body: { options: Array.from({ length: 101 }, () => option('x')) } });

    expect(await move('options', query)).toMatchObject({ options: [], trouble: expect.any(String) as unknown });
    expect(await move('options', query)).toMatchObject({
      options: [],
      trouble: expect.stringContaining('no more than 100') as unknown,
    });
    expect((await move('options', { ...query, value: 'h' })).error).toContain('only after 2 characters');
    expect((await move('options', { ...query, action_id: 'name' })).error).toContain('There is no menu name');
  });
});

describe('closing', () => {
  it('is told when the view asks for it', async () => {
    const { move, received, view } = await ask([section('x')], { notify_on_close: true });

    expect(await move('close', { user: rosa, view: view.id })).toMatchObject({ delivered: true, view: null });
    expect(received[0]?.payload).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id: view.id } });
  });

  it('is nobody’s business otherwise', async () => {
    const { move, received, view, world } = await ask([section('x')]);

    await move('close', { user: rosa, view: view.id });

    expect(received).toEqual([]);
    expect((await world()).views).toEqual([]);
  });
});

it('waits for the modal that a press opens, when asked to', async () => {
  const stage = await openStage();
  const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'open', text: plain('Open') }] }];
  const { ts } = await stage.api('chat.postMessage', { channel: 'C0TEAM', text: 'x', blocks });
  const pressing = stage.move('press', { user: rosa, channel: 'C0TEAM', ts, action_id: 'open', awaitView: true });
  await expect.poll(() => stage.received.length).toBe(1);
  await stage.api('views.open', { trigger_id: stage.received[0]?.payload['trigger_id'], view: modal() });

  expect((await pressing).view).toMatchObject({ type: 'modal', callback_id: 'ask' });
});

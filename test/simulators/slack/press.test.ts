/** Buttons and menus that people press, as the app gets it. */
import { expect, it } from 'vitest';
import { actions, button, type Json, openStage, plain, section, type Stage } from './stage.ts';

async function postButtons(stage: Stage, ...elements: Json[]): Promise<string> {
  const blocks = [section('Approve?'), { ...actions(...elements), block_id: 'decide' }];
  return (await stage.api('chat.postMessage', { channel: 'C0ONCALL', text: 'Approve?', blocks })).ts;
}

const anna = { user: 'U0APPROVER1', channel: 'C0ONCALL' };

it('tells which one, on which message, with a trigger and a response URL', async () => {
  const stage = await openStage();
  const ts = await postButtons(stage, button('approve', { style: 'primary' }));

  const pressed = await stage.move('press', { ...anna, ts, action_id: 'approve' });

  expect(stage.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(stage.received[0]?.raw).toMatch(/^payload=%7B/);
  expect(stage.received[0]?.payload).toMatchObject({
    type: 'block_actions',
    team: { id: 'T0CAUSEWAY', domain: 'causeway-test' },
    user: { id: 'U0APPROVER1', team_id: 'T0CAUSEWAY', username: 'approver-1' },
    api_app_id: 'A0CAUSEWAY',
    container: { type: 'message', message_ts: ts, channel_id: 'C0ONCALL', is_ephemeral: false },
    channel: { id: 'C0ONCALL', name: 'on-call' },
    message: { ts, bot_id: 'B0CAUSEWAY' },
    trigger_id: pressed.trigger_id,
    response_url: expect.stringContaining(`${stage.slack.origin}/response/`) as unknown,
    actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'token-1', style: 'primary' }],
  });
});

it('asks back first when the button does', async () => {
  const stage = await openStage();
  const confirm = {
    title: plain('Sure?'),
    text: plain('This cannot be undone.'),
    confirm: plain('Yes'),
    deny: plain('No'),
  };
  const ts = await postButtons(stage, button('undo', { confirm }));

  const denied = await stage.move('press', { ...anna, ts, action_id: 'undo', confirm: false });
  const confirmed = await stage.move('press', { ...anna, ts, action_id: 'undo' });

  expect(denied).toMatchObject({ delivered: false, confirm: { title: { text: 'Sure?' } } });
  expect(confirmed).toMatchObject({ delivered: true });
  expect(stage.received).toHaveLength(1);
});

it('can be a button of a client that has not heard of the last edit', async () => {
  const stage = await openStage();
  const ts = await postButtons(stage, button('approve', { value: 'old' }));
  const [before] = await stage.messages('C0ONCALL');
  await stage.api('chat.update', { channel: 'C0ONCALL', ts, text: 'Decided', blocks: [section('Decided')] });

  await stage.move('press', { ...anna, ts, action_id: 'approve', seen: before?.blocks });

  expect(stage.received[0]?.payload).toMatchObject({ actions: [{ action_id: 'approve', value: 'old' }] });
  expect((await stage.messages('C0ONCALL'))[0]?.text).toBe('Decided');
});

it('finds nothing that is not there', async () => {
  const stage = await openStage();
  const ts = await postButtons(stage, button('approve'), button('reject'));
  async function press(more: Json) {
    return (await stage.move('press', { ...anna, ts, ...more })).error;
  }

  expect(await press({ action_id: 'undo' })).toContain('there is: approve, reject');
  expect(await press({ action_id: 'approve', block_id: 'other' })).toContain('There is no approve');
  expect(await press({ action_id: 'approve', ts: '1700000000.000001' })).toContain('sees no message');
  expect(await press({ action_id: 'approve', user: 'U0FOREIGN' })).toContain('is in no conversation');
  expect(stage.received).toEqual([]);
});

it('presses on a message that only one person sees', async () => {
  const stage = await openStage();
  const { message_ts: ts } = await stage.api('chat.postEphemeral', {
    channel: 'C0ONCALL',
    user: 'U0APPROVER1',
    text: 'x',
    blocks: [actions(button('approve'))],
  });

  const mine = await stage.move('press', { ...anna, ts, action_id: 'approve' });
  const theirs = await stage.move('press', { ...anna, user: 'U0APPROVER2', ts, action_id: 'approve' });

  expect(mine).toMatchObject({ delivered: true });
  expect(stage.received[0]?.payload).toMatchObject({ container: { is_ephemeral: true } });
  expect(stage.received[0]?.payload).not.toHaveProperty('message');
  expect(theirs.error).toContain('sees no message');
});

it('chooses from menus, with what stands beside them', async () => {
  const stage = await openStage();
  const options = ['one', 'two'].map((value) => ({ text: plain(value), value }));
  const ts = await postButtons(stage, { type: 'static_select', action_id: 'pick', options }, button('go'));

  await stage.move('press', { ...anna, ts, action_id: 'pick', value: 'two' });
  await stage.move('press', { ...anna, ts, action_id: 'go', values: { decide: 'one' } });
  const unknown = await stage.move('press', { ...anna, ts, action_id: 'pick', value: 'three' });

  expect(stage.received.map(({ payload }) => payload)).toMatchObject([
    { actions: [{ type: 'static_select', selected_option: { value: 'two' } }] },
    {
      actions: [{ action_id: 'go' }],
      state: { values: { decide: { pick: { selected_option: { value: 'one' } } } } },
    },
  ]);
  expect(unknown.error).toContain('"three" is not on the list: one, two');
});

it('reaches into containers, cards and sections', async () => {
  const stage = await openStage();
  const blocks = [
    { ...section('x'), accessory: button('beside') },
    { type: 'container', title: plain('More'), child_blocks: [{ ...actions(button('inside')), block_id: 'inner' }] },
    { type: 'card', title: plain('Card'), actions: [button('on-card')] },
  ];
  const { ts } = await stage.api('chat.postMessage', { channel: 'C0ONCALL', text: 'x', blocks });

  for (const action_id of ['beside', 'inside', 'on-card']) {
    expect(await stage.move('press', { ...anna, ts, action_id })).toMatchObject({ delivered: true });
  }
  expect(stage.received[1]?.payload).toMatchObject({ actions: [{ block_id: 'inner' }] });
});

it('tells who from another company pressed', async () => {
  const stage = await openStage();
  const { ts } = await stage.api('chat.postMessage', {
    channel: 'C0SHARED',
    text: 'x',
    blocks: [actions(button('approve'))],
  });

  await stage.move('press', { user: 'U0FOREIGN', channel: 'C0SHARED', ts, action_id: 'approve' });

  expect(stage.received[0]?.payload).toMatchObject({
    user: { id: 'U0FOREIGN', team_id: 'T0OTHER' },
    team: { id: 'T0CAUSEWAY' },
  });
});
